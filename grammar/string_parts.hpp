// How string literals are made up, for decoding them and for checking them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "grammar/syntax_tree.hpp"

namespace polc::grammar {

/// The text between the quotes of a RawString, String or TextBlock.
std::string_view inside_quotes(const SyntaxTree& tree, NodeId id);

/// One escape of a "..." string.
struct Escape {
  std::size_t length = 0;         ///< from the backslash on
  bool unicode = false;           ///< a \u escape
  std::optional<char32_t> value;  ///< nullopt: not an escape, or not a character
};

/// The escape whose backslash stands at `offset`.
Escape read_escape(std::string_view inside, std::size_t offset);

/// Where the first backslash stands that begins no escape; npos if there is none.
std::size_t find_bad_escape(std::string_view inside);

/// A text block by lines, line endings removed. The line of the opening quotes is left out if it is blank, and so is
/// the line of the closing quotes.
struct TextLines {
  std::vector<std::string_view> lines;
  bool first_is_inline = false;  ///< the first line stands behind the opening quotes and has no indentation
  std::size_t indentation = 0;   ///< blanks that all other lines share; blank lines do not count
  bool mixed = false;            ///< indented with tabs and with spaces
};

TextLines split_text_block(std::string_view inside);

}  // namespace polc::grammar
