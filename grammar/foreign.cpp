#include "grammar/foreign.hpp"

#include <algorithm>
#include <array>

namespace polc::grammar {
namespace {

struct Translation {
  std::string_view foreign;
  std::string_view ours;
};

constexpr std::array kInfix{
    Translation{"=", "=="},         Translation{"===", "=="},     Translation{"&&", "and"},
    Translation{"||", "or"},        Translation{"!==", "!="},     Translation{"<>", "!="},
    Translation{"=<", "<="},        Translation{"=~", "like"},    Translation{"->", "=>"},
    Translation{":=", "=="},        Translation{"AND", "and"},    Translation{"OR", "or"},
    Translation{"NOT", "not"},      Translation{"IN", "in"},      Translation{"IS", "is"},
    Translation{"LIKE", "like"},    Translation{"And", "and"},    Translation{"Or", "or"},
    Translation{"eq", "=="},        Translation{"equals", "=="},  Translation{"ne", "!="},
    Translation{"matches", "like"}, Translation{"implies", "=>"},
};

constexpr std::array kPrefix{Translation{"!", "not"}};

constexpr std::array kPowerShell{
    Translation{"eq", "=="},     Translation{"ne", "!="},        Translation{"lt", "<"},
    Translation{"le", "<="},     Translation{"gt", ">"},         Translation{"ge", ">="},
    Translation{"and", "and"},   Translation{"or", "or"},        Translation{"not", "not"},
    Translation{"like", "like"}, Translation{"match", "like"},   Translation{"contains", "contains"},
    Translation{"in", "in"},     Translation{"notin", "not in"},
};

constexpr std::array kClauseWords{
    Translation{"if", "when"},
    Translation{"only_if", "when"},
    Translation{"assert", "require"},
    Translation{"check", "require"},
    Translation{"expect", "require"},
    Translation{"must", "require"},
    Translation{"description", "because"},
    Translation{"rationale", "because"},
    Translation{"remediation", "fix"},
    Translation{"impact", "severity"},
    Translation{"level", "severity"},
};

constexpr std::array kTypeWords{
    Translation{"integer", "int"}, Translation{"number", "int"},   Translation{"string", "text"},
    Translation{"str", "text"},    Translation{"boolean", "bool"}, Translation{"user", "principal"},
};

// UTF-8 of U+2018..U+201B, U+201C..U+201F, U+00AB and U+00BB.
constexpr std::array kQuotes{
    Translation{"\xE2\x80\x98", "'"},  Translation{"\xE2\x80\x99", "'"},  Translation{"\xE2\x80\x9A", "'"},
    Translation{"\xE2\x80\x9B", "'"},  Translation{"\xE2\x80\x9C", "\""}, Translation{"\xE2\x80\x9D", "\""},
    Translation{"\xE2\x80\x9E", "\""}, Translation{"\xE2\x80\x9F", "\""}, Translation{"\xC2\xAB", "\""},
    Translation{"\xC2\xBB", "\""},
};

template <std::size_t N>
std::string_view translate(const std::array<Translation, N>& table, std::string_view foreign) {
  const auto* found =
      std::find_if(table.begin(), table.end(), [&](const auto& t) { return t.foreign == foreign; });
  return found != table.end() ? found->ours : std::string_view();
}

}  // namespace

std::string_view infix_operator(std::string_view foreign) {
  return translate(kInfix, foreign);
}
std::string_view prefix_operator(std::string_view foreign) {
  return translate(kPrefix, foreign);
}
std::string_view powershell_operator(std::string_view word) {
  return translate(kPowerShell, word);
}
std::string_view clause_word(std::string_view foreign) {
  return translate(kClauseWords, foreign);
}
std::string_view type_word(std::string_view foreign) {
  return translate(kTypeWords, foreign);
}
std::string_view straight_quote(std::string_view typographic) {
  return translate(kQuotes, typographic);
}

}  // namespace polc::grammar
