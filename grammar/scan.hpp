// A small scanner for text that the rules do not (yet) accept: it describes what stands at an error, finds the place
// to go on after one, and collects comments. It never fails: whatever is no token of the language is one character.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/syntax_tree.hpp"

namespace polc::grammar {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

enum class TokenKind : std::uint8_t {
  End,           ///< end of the text
  Word,          ///< identifier or keyword
  Number,        ///< a digit and the letters, digits and fractions that run into it
  String,        ///< any of the three forms, closed
  Unterminated,  ///< a string that does not end on its line, or a text block that never ends
  Symbol,        ///< punctuation, the longest known operator at this place
  Foreign,       ///< one character outside ASCII
};

struct Token {
  TokenKind kind = TokenKind::End;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text, std::uint32_t offset = 0) : text_(text), at_(offset) {}

  /// The next token behind blanks and comments; End again and again at the end of the text.
  Token next();

  std::string_view text(Token token) const { return text_.substr(token.begin, token.end - token.begin); }

  /// Where next() goes on.
  std::uint32_t offset() const { return at_; }

  /// Moves behind blanks and comments; comments are appended to `comments` unless it is null.
  void skip_trivia(std::vector<Comment>* comments = nullptr);

 private:
  Token string_token(std::uint32_t begin);

  std::string_view text_;
  std::uint32_t at_;
};

/// Every comment of a text.
std::vector<Comment> collect_comments(std::string_view text);

/// The number of blanks before the offset if nothing else stands before it on its line.
std::optional<std::uint32_t> margin(std::string_view text, std::uint32_t offset);

inline bool first_on_line(std::string_view text, std::uint32_t offset) {
  return margin(text, offset).has_value();
}

/// A text as messages quote it: whole if it is short, else its beginning and `...`.
std::string excerpt(std::string_view text);

/// ASCII letter, digit or `_`.
bool is_word_character(char c);

/// `all any and or not in is contains within like present absent default true false`.
std::span<const std::string_view> reserved_words();
bool is_reserved(std::string_view word);

}  // namespace polc::grammar
