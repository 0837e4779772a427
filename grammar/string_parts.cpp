#include "grammar/string_parts.hpp"

#include <algorithm>

namespace polc::grammar {
namespace {

constexpr std::string_view kBlanks = " \t";

bool is_blank_line(std::string_view line) {
  return line.find_first_not_of(kBlanks) == std::string_view::npos;
}

bool is_scalar_value(char32_t value) {
  return value != 0 && value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF);
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const char lower = static_cast<char>(c | 0x20);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a') + 10;
  return std::nullopt;
}

/// \u{1F600}: one to six hexadecimal digits.
Escape read_unicode_escape(std::string_view inside, std::size_t offset) {
  constexpr std::size_t kDigits = 6;
  Escape escape{2, true, std::nullopt};
  std::size_t i = offset + 2;
  if (i >= inside.size() || inside[i] != '{') return escape;
  const std::size_t first = ++i;
  char32_t value = 0;
  while (i < inside.size() && i - first < kDigits && hex_digit(inside[i]))
    value = value * 16 + *hex_digit(inside[i++]);
  const bool closed = i < inside.size() && inside[i] == '}';
  escape.length = i - offset + (closed ? 1 : 0);
  if (closed && i > first && is_scalar_value(value)) escape.value = value;
  return escape;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', begin)) {
    const std::size_t length = end > begin && text[end - 1] == '\r' ? end - 1 - begin : end - begin;
    lines.push_back(text.substr(begin, length));
    begin = end + 1;
  }
  lines.push_back(text.substr(begin));
  return lines;
}

}  // namespace

std::string_view inside_quotes(const SyntaxTree& tree, NodeId id) {
  const std::string_view text = tree.text(id);
  const std::size_t quotes = tree.kind(id) == NodeKind::TextBlock ? 3 : 1;
  return text.substr(quotes, text.size() - 2 * quotes);
}

Escape read_escape(std::string_view inside, std::size_t offset) {
  const char letter = offset + 1 < inside.size() ? inside[offset + 1] : '\0';
  switch (letter) {
    case 'n':
      return {2, false, U'\n'};
    case 'r':
      return {2, false, U'\r'};
    case 't':
      return {2, false, U'\t'};
    case '\\':
      return {2, false, U'\\'};
    case '"':
      return {2, false, U'"'};
    case 'u':
      return read_unicode_escape(inside, offset);
    default:
      return {letter == '\0' ? 1U : 2U, false, std::nullopt};
  }
}

std::size_t find_bad_escape(std::string_view inside) {
  std::size_t at = inside.find('\\');
  while (at != std::string_view::npos) {
    const Escape escape = read_escape(inside, at);
    if (!escape.value) return at;
    at = inside.find('\\', at + escape.length);
  }
  return at;
}

TextLines split_text_block(std::string_view inside) {
  TextLines block;
  block.lines = split_lines(inside);
  block.first_is_inline = !is_blank_line(block.lines.front());
  if (!block.first_is_inline) block.lines.erase(block.lines.begin());
  if (!block.lines.empty() && is_blank_line(block.lines.back())) block.lines.pop_back();

  std::size_t shared = std::string_view::npos;
  bool tabs = false;
  bool spaces = false;
  for (std::size_t i = block.first_is_inline ? 1 : 0; i < block.lines.size(); ++i) {
    const std::string_view line = block.lines[i];
    if (is_blank_line(line)) continue;
    const std::string_view blanks = line.substr(0, line.find_first_not_of(kBlanks));
    shared = std::min(shared, blanks.size());
    tabs = tabs || blanks.find('\t') != std::string_view::npos;
    spaces = spaces || blanks.find(' ') != std::string_view::npos;
  }
  block.indentation = shared == std::string_view::npos ? 0 : shared;
  block.mixed = tabs && spaces;
  return block;
}

}  // namespace polc::grammar
