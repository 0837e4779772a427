// The comments and empty lines of a source text, as the formatter meets them from its beginning to its end.
#pragma once

#include <cstdint>
#include <vector>

#include "authoring/format/document.hpp"
#include "grammar/syntax_tree.hpp"

namespace polc::authoring {

class Comments {
 public:
  /// Both must outlive this.
  Comments(const grammar::SyntaxTree& tree, Document& document) : tree_(tree), document_(document) {}

  /// What stands before the token at `offset` and was not taken yet. Empty lines between are kept where items stand below
  /// one another.
  Doc before(std::uint32_t offset, bool keep_blanks = false);

  /// The comment behind what was taken last, on its line; it goes before the next line end.
  Doc behind(std::uint32_t next);

  /// What stands before the closing bracket at `offset`, each on a line of its own; `first` if nothing else is inside.
  std::vector<Doc> before_end(std::uint32_t offset, bool first);

  /// Whether an empty line separates what was taken last from the token at `offset` or from its comments.
  bool gap_before(std::uint32_t offset) const;

  /// Whether there is an empty line anywhere between them.
  bool any_gap_before(std::uint32_t offset) const;

  bool any_before(std::uint32_t offset) const;

  /// Leaves out the comments inside of a text that is written as it is.
  void skip(std::uint32_t offset);

 private:
  const grammar::Comment& next() const { return tree_.comments()[next_]; }
  bool blank_before(std::uint32_t offset) const;
  bool on_own_line(const grammar::Comment& comment) const;
  Doc take(std::uint32_t offset, bool keep_blank);

  const grammar::SyntaxTree& tree_;
  Document& document_;
  std::size_t next_ = 0;
};

}  // namespace polc::authoring
