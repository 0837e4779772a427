#include "grammar/literals.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "grammar/string_parts.hpp"
#include "runtime/base/text.hpp"

namespace polc::grammar {
namespace {

std::string decode_raw(std::string_view inside) {
  std::string value;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    value.push_back(inside[i]);
    if (inside[i] == '\'') ++i;  // the second of a pair
  }
  return value;
}

std::string decode_quoted(std::string_view inside) {
  std::string value;
  for (std::size_t i = 0; i < inside.size();) {
    if (inside[i] != '\\') {
      value.push_back(inside[i++]);
      continue;
    }
    const Escape escape = read_escape(inside, i);
    if (escape.value) base::append_utf8(value, *escape.value);
    i += escape.length;
  }
  return value;
}

std::string decode_block(std::string_view inside) {
  const TextLines block = split_text_block(inside);
  std::string value;
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    if (i > 0) value += '\n';
    const std::string_view line = block.lines[i];
    const std::size_t indented = i == 0 && block.first_is_inline ? 0 : block.indentation;
    value += line.substr(std::min(indented, line.size()));
  }
  return value;
}

std::optional<std::uint64_t> read_digits(std::string_view digits, unsigned base) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (c == '_') continue;
    const unsigned digit =
        c <= '9' ? static_cast<unsigned>(c - '0') : static_cast<unsigned>((c | 0x20) - 'a') + 10;
    if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / base) return std::nullopt;
    value = value * base + digit;
  }
  return value;
}

/// Days before a civil date, counted from 1970-01-01. Years begin in March here, so that the leap day is the last day
/// of its year and months follow one formula; 146097 days make 400 years.
std::int32_t days_from_civil(int year, int month, int day) {
  const int shifted = month <= 2 ? year - 1 : year;
  const int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const int year_of_era = shifted - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

int days_in_month(int year, int month) {
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == 2) return leap ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

bool is_string(NodeKind kind) {
  return kind == NodeKind::RawString || kind == NodeKind::String || kind == NodeKind::TextBlock;
}

std::string decode_string(const SyntaxTree& tree, NodeId id) {
  const std::string_view inside = inside_quotes(tree, id);
  switch (tree.kind(id)) {
    case NodeKind::RawString:
      return decode_raw(inside);
    case NodeKind::TextBlock:
      return decode_block(inside);
    default:
      return decode_quoted(inside);
  }
}

std::optional<std::uint64_t> decode_integer(const SyntaxTree& tree, NodeId id) {
  const std::string_view text = tree.text(id);
  return tree.kind(id) == NodeKind::HexInt ? read_digits(text.substr(2), 16) : read_digits(text, 10);
}

std::optional<std::int64_t> decode_duration(const SyntaxTree& tree, NodeId id) {
  const std::string_view text = tree.text(id);
  const std::size_t unit_at = text.find_first_not_of("0123456789_");
  const std::string_view unit = text.substr(unit_at);
  const std::uint64_t seconds = unit == "d" ? 86400 : unit == "h" ? 3600 : unit == "min" ? 60 : 1;
  const std::optional<std::uint64_t> count = read_digits(text.substr(0, unit_at), 10);
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!count || *count > kMost / seconds) return std::nullopt;
  return static_cast<std::int64_t>(*count * seconds);
}

std::optional<std::int32_t> decode_date(const SyntaxTree& tree, NodeId id) {
  const std::string_view text = tree.text(id);
  const int year = number(text.substr(0, 4));
  const int month = number(text.substr(5, 2));
  const int day = number(text.substr(8, 2));
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return days_from_civil(year, month, day);
}

}  // namespace polc::grammar
