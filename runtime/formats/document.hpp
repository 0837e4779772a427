// A data file as one bounded tree: what YAML and JSON have in common, with the place of everything kept.
// Readers are in yaml.hpp and json.hpp; nothing here knows what the tree means.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "runtime/base/span.hpp"

namespace polc::formats {

enum class NodeKind : std::uint8_t {
  Null,      // `null`, `~`, or nothing at all behind a YAML key
  Boolean,   // `true`, `false`; `yes` and `on` are words
  Integer,   // decimal or 0x, any size; `text` is the number as written
  Fraction,  // JSON numbers with a point or an exponent (YAML: a word)
  Text,      // quoted, or a YAML block
  Word,      // unquoted YAML text
  Sequence,
  Mapping,
};

class Document;

/// One node: a cheap handle, valid as long as its Document.
class Node {
 public:
  NodeKind kind() const;
  bool is_text() const { return kind() == NodeKind::Text || kind() == NodeKind::Word; }
  bool is_mapping() const { return kind() == NodeKind::Mapping; }
  bool is_sequence() const { return kind() == NodeKind::Sequence; }
  bool is_true() const;  ///< of a Boolean

  /// Content of a text, or a number, boolean as written; empty for Null, Sequence and Mapping.
  std::string_view text() const;

  /// Where it stands; of a container the opening.
  base::Span span() const;

  /// Items of a sequence or members of a mapping, in the order of the file.
  std::uint32_t size() const;

  class Items;
  class Members;
  Items items() const;      ///< of a Sequence: a range of Node; of anything else empty
  Members members() const;  ///< of a Mapping: a range of Member; of anything else empty

 private:
  friend class Document;
  Node(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
  const Document* document_;
  std::uint32_t index_;
};

struct Member {
  Node key;  ///< a scalar, never Null; keys of one mapping differ
  Node value;
};

/// Owns the nodes and their texts. Movable; handles stay valid when the Document itself stays in place.
class Document {
 public:
  Node root() const { return Node(this, 0); }
  base::FileId file() const { return file_; }
  std::size_t node_count() const { return nodes_.size(); }

 private:
  friend class Node;
  friend class DocumentBuilder;

  struct Data {
    NodeKind kind = NodeKind::Null;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t first_child = 0;  // index 0 is the root, hence "none"
    std::uint32_t next = 0;         // sibling; a member's key is followed by its value
    std::uint32_t size = 0;
    std::string_view text;
  };

  base::FileId file_ = base::kNoFile;
  std::vector<Data> nodes_;
  std::shared_ptr<const void> storage_;  // what the texts point into
};

/// Forward ranges over the children of a node.
class Node::Items {
 public:
  class Iterator {
   public:
    Node operator*() const { return Node(document_, index_); }
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    friend class Items;
    Iterator(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
    const Document* document_;
    std::uint32_t index_;
  };
  Iterator begin() const { return {document_, first_}; }
  Iterator end() const { return {document_, 0}; }

 private:
  friend class Node;
  Items(const Document* document, std::uint32_t first) : document_(document), first_(first) {}
  const Document* document_;
  std::uint32_t first_;
};

class Node::Members {
 public:
  class Iterator {
   public:
    Member operator*() const;
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    friend class Members;
    Iterator(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
    const Document* document_;
    std::uint32_t index_;
  };
  Iterator begin() const { return {document_, first_}; }
  Iterator end() const { return {document_, 0}; }

 private:
  friend class Node;
  Members(const Document* document, std::uint32_t first) : document_(document), first_(first) {}
  const Document* document_;
  std::uint32_t first_;
};

}  // namespace polc::formats
