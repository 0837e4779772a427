// Git's objects and their ids, and what commits, tags and trees say. Pure text to values.
// Source: git's Documentation/gitformat-*.txt and "Git Internals - Git Objects", git-scm.com/book.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/git/result.hpp"

namespace polc::git {

/// A repository has ids of one kind.
enum class HashKind : std::uint8_t { Sha1, Sha256 };

/// Bytes of an id: 20 or 32.
std::size_t id_bytes(HashKind kind);

struct ObjectId {
  std::string bytes;  ///< id_bytes of them

  std::string hex() const;  ///< lower case
  friend auto operator<=>(const ObjectId&, const ObjectId&) = default;
};

/// A whole id in hexadecimal, in either case.
std::optional<ObjectId> parse_id(HashKind kind, std::string_view hex);

/// The numbers are those of pack files.
enum class ObjectType : std::uint8_t { Commit = 1, Tree = 2, Blob = 3, Tag = 4 };

std::string_view type_name(ObjectType type);  ///< "commit"
std::optional<ObjectType> parse_type(std::string_view name);

struct Object {
  ObjectType type = ObjectType::Blob;
  std::string bytes;
};

/// The id that an object has.
ObjectId hash_object(HashKind kind, const Object& object);

struct Commit {
  ObjectId tree;
  std::vector<ObjectId> parents;
};

/// An annotated tag.
struct Tag {
  ObjectId target;
  ObjectType type = ObjectType::Commit;  ///< of the target
};

enum class EntryKind : std::uint8_t { File, Folder, Link, Submodule };

struct TreeEntry {
  EntryKind kind = EntryKind::File;
  ObjectId id;
};

using Tree = std::map<std::string, TreeEntry, std::less<>>;

Result<Commit> parse_commit(HashKind kind, std::string_view bytes);
Result<Tag> parse_tag(HashKind kind, std::string_view bytes);

/// Refuses what could mean different things to different readers: a name twice, `..`, a separator in a name.
Result<Tree> parse_tree(HashKind kind, std::string_view bytes, std::size_t max_entries);

}  // namespace polc::git
