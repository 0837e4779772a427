// What the rules cannot say: the text as a whole before it is parsed, and literals and combinations after it.
#pragma once

#include <string>
#include <string_view>

#include "grammar/report.hpp"
#include "grammar/syntax_tree.hpp"

namespace polc::grammar {

struct TextCheck {
  bool parsable = false;
  std::uint32_t begin = 0;  ///< behind a byte order mark
  std::string
      blanked;  ///< the text with spaces in place of each deceptive character, so that parsing does not
                ///< stumble over what is already reported; empty if there was none
};

/// Reports size, encoding and deceptive characters.
TextCheck check_text(std::string_view text, base::FileId file, base::DiagnosticSink& sink);

/// Reports literals that have no value, and nodes that may not stand together.
void check_nodes(const SyntaxTree& tree, Reporter& reporter);

}  // namespace polc::grammar
