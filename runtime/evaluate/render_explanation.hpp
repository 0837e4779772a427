// Explanations as lines of plain text: the expression as written, the value of each part under it, evidence,
// the elements that decided, and what would pass (docs/language.md §8).
#pragma once

#include <cstddef>
#include <string>

#include "runtime/evaluate/result.hpp"

namespace polc::evaluate {

struct ExplanationStyle {
  bool color = false;
  std::size_t width = 100;  ///< columns, the indentation included
  std::size_t indent = 6;   ///< blanks before every line
  bool label = true;        ///< begin with the label of the require, if it has one
};

/// Every line ends with a line feed. Texts of policy and host are escaped, columns are those of a terminal.
std::string render_explanation(const Explanation& explanation, const value::FactTable& facts,
                               const ExplanationStyle& style = {});

/// "snapshot automate01.yaml:88, rule "MySQL" (profiles: all)": where evidence was read. Not escaped.
std::string origin_text(const value::Origin& origin);

}  // namespace polc::evaluate
