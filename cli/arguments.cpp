#include "cli/arguments.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "runtime/value/value.hpp"

namespace polc::cli {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

std::optional<unsigned> two_digits(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 2 || !digit(text[0]) || !digit(text[1])) return std::nullopt;
  return static_cast<unsigned>((text[0] - '0') * 10 + (text[1] - '0'));
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::optional<std::int64_t> parse_instant(std::string_view text) {
  const auto date = value::Date::parse(text.substr(0, 10));
  if (!date) return std::nullopt;
  const std::int64_t midnight = date->days * kSecondsPerDay;
  if (text.size() == 10) return midnight;
  // "T08:00:00Z"
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
    return std::nullopt;
  const auto hour = two_digits(text.substr(11, 2));
  const auto minute = two_digits(text.substr(14, 2));
  const auto second = two_digits(text.substr(17, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return midnight + *hour * 3600 + *minute * 60 + *second;
}

std::optional<std::uint64_t> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::int64_t seconds;
  };
  constexpr std::array<Unit, 4> kUnits{Unit{"min", 60}, Unit{"s", 1}, Unit{"h", 3600},
                                       Unit{"d", kSecondsPerDay}};
  std::int64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(rest - text.data()));
  for (const Unit& known : kUnits) {
    if (unit == known.name && number <= INT64_MAX / known.seconds) {
      return static_cast<std::uint64_t>(number * known.seconds);
    }
  }
  return std::nullopt;
}

std::optional<ir::Severity> parse_severity(std::string_view text) {
  using ir::Severity;
  for (const Severity s :
       {Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
    if (ir::severity_name(s) == text) return s;
  }
  return std::nullopt;
}

std::optional<std::pair<std::string, std::string>> split_assignment(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  return std::pair(std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)));
}

bool same_id(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool matches_glob(std::string_view pattern, std::string_view text) {
  // One retry point, at the latest star: earlier stars never need to take more.
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == lower(text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace polc::cli
