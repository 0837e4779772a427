// The canonical text of a policy file.
#pragma once

#include <cstddef>
#include <string>

#include "grammar/syntax_tree.hpp"

namespace polc::authoring {

/// Characters of a line; what cannot be broken (a long string, a comment, a line of a text block) may be longer.
inline constexpr std::size_t kLineWidth = 100;

/// The file of a tree in which the parser found no error: lines, indentation, blanks and commas behind the last item of a
/// list are chosen anew; comments, single empty lines and the words themselves stay. UTF-8 without byte order mark, lines
/// end with LF. The result parses to a tree with the same meaning, and formatting it again changes nothing. Time and
/// memory are linear in the size of the text.
std::string format(const grammar::SyntaxTree& tree);

/// Whether two texts differ in layout alone: the same nodes, values of texts, comments, and descriptions of controls.
bool same_meaning(const grammar::SyntaxTree& a, const grammar::SyntaxTree& b);

}  // namespace polc::authoring
