// Patterns of host names, seen from their text: which one is inside another one, and what they match.
#include <string>
#include <vector>

#include "authoring/diff/claims.hpp"
#include "runtime/base/casefold.hpp"

namespace polc::diff {
namespace {

struct Token {
  enum class Kind : std::uint8_t { Character, Any, Star };
  Kind kind = Kind::Character;
  char32_t character = 0;
};

std::vector<Token> tokens_of(std::string_view pattern) {
  const std::u32string text = base::folded_characters(pattern);
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'`' && i + 1 < text.size())
      tokens.push_back({Token::Kind::Character, text[++i]});
    else if (text[i] == U'*')
      tokens.push_back({Token::Kind::Star, 0});
    else
      tokens.push_back({text[i] == U'?' ? Token::Kind::Any : Token::Kind::Character, text[i]});
  }
  return tokens;
}

/// One token against one: whatever the inner one stands for, the outer one accepts.
bool accepts(const Token& outer, const Token& inner) {
  if (inner.kind == Token::Kind::Star || outer.kind == Token::Kind::Star) return false;
  return outer.kind == Token::Kind::Any ||
         (inner.kind == Token::Kind::Character && inner.character == outer.character);
}

}  // namespace

bool pattern_within(std::string_view inner_pattern, std::string_view outer_pattern) {
  const std::vector<Token> inner = tokens_of(inner_pattern);
  const std::vector<Token> outer = tokens_of(outer_pattern);
  // within[j]: the rest of the outer pattern accepts all that the inner one from j on stands for. Rows from the end.
  std::vector<char> within(inner.size() + 1, 0);
  within[inner.size()] = 1;
  for (std::size_t i = outer.size(); i-- > 0;) {
    std::vector<char> row(inner.size() + 1, 0);
    for (std::size_t j = inner.size() + 1; j-- > 0;) {
      const bool more = j < inner.size();
      if (outer[i].kind == Token::Kind::Star)
        row[j] = within[j] != 0 || (more && row[j + 1] != 0);
      else
        row[j] = more && accepts(outer[i], inner[j]) && within[j + 1] != 0;
    }
    within = std::move(row);
  }
  return within[0] != 0;
}

std::vector<std::string> names_like(std::string_view pattern) {
  std::vector<std::string> names;
  for (const std::string_view star : {"01", "", "q7", "-some-other-host-0815"}) {
    std::string name;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] == '`' && i + 1 < pattern.size())
        name += pattern[++i];
      else if (pattern[i] == '*')
        name += star;
      else
        name += pattern[i] == '?' ? 'x' : pattern[i];
    }
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace polc::diff
