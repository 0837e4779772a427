#include "grammar/scan.hpp"

#include <algorithm>
#include <array>

#include "runtime/base/text.hpp"

namespace polc::grammar {
namespace {

// Longest first. Operators of other languages are known so that an error can name them.
constexpr std::array<std::string_view, 23> kOperators{
    "<=>", "===", "!==", "==", "!=", "<=", ">=", "=>", "=~", "!~", "<>", "&&",
    "||",  "->",  "::",  ":=", "..", "**", "+=", "-=", "=<", "/*", "*/"};

constexpr std::array<std::string_view, 15> kReserved{"all",     "any",    "and",      "or",     "not",
                                                     "in",      "is",     "contains", "within", "like",
                                                     "present", "absent", "default",  "true",   "false"};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
std::uint32_t position(std::size_t n) {
  return static_cast<std::uint32_t>(n);
}

std::uint32_t symbol_length(std::string_view text) {
  constexpr std::string_view kSeconds = "=><&|~.*/:-";  // characters that continue an operator
  if (text.size() < 2 || kSeconds.find(text[1]) == std::string_view::npos) return 1;
  const auto* known = std::find_if(kOperators.begin(), kOperators.end(),
                                   [&](std::string_view op) { return text.substr(0, op.size()) == op; });
  return known != kOperators.end() ? position(known->size()) : 1;
}

std::size_t line_end(std::string_view text, std::size_t from) {
  std::size_t end = std::min(text.find('\n', from), text.size());
  if (end > from && text[end - 1] == '\r') --end;
  return end;
}

/// Behind the closing quote of a one-line string that opens at `begin`, or npos.
std::size_t string_end(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t i = begin + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\' && quote == '"' && i + 1 < text.size() && text[i + 1] != '\n') {
      ++i;
    } else if (text[i] == quote) {
      const bool doubled = quote == '\'' && i + 1 < text.size() && text[i + 1] == quote;
      if (!doubled) return i + 1;
      ++i;
    }
  }
  return std::string_view::npos;
}

}  // namespace

void Scanner::skip_trivia(std::vector<Comment>* comments) {
  while (at_ < text_.size()) {
    if (is_blank(text_[at_])) {
      ++at_;
    } else if (text_.compare(at_, 2, "//") == 0) {
      const std::uint32_t begin = at_;
      const std::uint32_t end = position(line_end(text_, begin));
      const bool doc = text_.compare(begin, 3, "///") == 0 && text_.compare(begin, 4, "////") != 0;
      if (comments != nullptr)
        comments->push_back({doc ? Comment::Kind::Doc : Comment::Kind::Line, begin, end});
      at_ = end;
    } else {
      return;
    }
  }
}

Token Scanner::string_token(std::uint32_t begin) {
  const bool block = text_.compare(begin, 3, R"(""")") == 0;
  if (block) {
    const std::size_t close = text_.find(R"(""")", begin + 3);
    at_ = position(std::min(close, text_.size() - 3) + 3);
    return {close == std::string_view::npos ? TokenKind::Unterminated : TokenKind::String, begin, at_};
  }
  const std::size_t end = string_end(text_, begin);
  at_ = position(end == std::string_view::npos ? line_end(text_, begin) : end);
  return {end == std::string_view::npos ? TokenKind::Unterminated : TokenKind::String, begin, at_};
}

Token Scanner::next() {
  skip_trivia();
  const std::uint32_t begin = at_;
  if (begin >= text_.size()) return {TokenKind::End, begin, begin};
  const char c = text_[begin];
  if (c == '"' || c == '\'') return string_token(begin);
  if (is_word_character(c)) {
    const auto fraction = [&] {
      return base::is_digit(c) && text_[at_] == '.' && at_ + 1 < text_.size() &&
             base::is_digit(text_[at_ + 1]);
    };
    while (at_ < text_.size() && (is_word_character(text_[at_]) || fraction())) ++at_;
    return {base::is_digit(c) ? TokenKind::Number : TokenKind::Word, begin, at_};
  }
  if (static_cast<unsigned char>(c) >= 0x80) {
    const auto decoded = base::decode_utf8(text_, begin);
    at_ += decoded ? position(decoded->length) : 1;
    return {TokenKind::Foreign, begin, at_};
  }
  at_ += symbol_length(text_.substr(begin));
  return {TokenKind::Symbol, begin, at_};
}

std::vector<Comment> collect_comments(std::string_view text) {
  std::vector<Comment> comments;
  Scanner scanner(text);
  do {
    scanner.skip_trivia(&comments);
  } while (scanner.next().kind != TokenKind::End);
  return comments;
}

std::optional<std::uint32_t> margin(std::string_view text, std::uint32_t offset) {
  std::size_t begin = offset;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
  const bool behind_mark = begin == kByteOrderMark.size() && text.substr(0, begin) == kByteOrderMark;
  if (begin > 0 && text[begin - 1] != '\n' && !behind_mark) return std::nullopt;
  return offset - position(begin);
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  if (text.size() <= kLongest) return std::string(text);
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;  // not inside a character
  return std::string(text.substr(0, end)) + "...";
}

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || base::is_digit(c) || c == '_';
}

std::span<const std::string_view> reserved_words() {
  return kReserved;
}

bool is_reserved(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

}  // namespace polc::grammar
