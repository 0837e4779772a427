// Checked arithmetic of Integer, and how numbers and days are spelled.
#include <fmt/format.h>

#include <chrono>

#include "runtime/value/value.hpp"

namespace polc::value {
namespace {

constexpr std::uint64_t kLargestNegative = std::uint64_t{1} << 63U;

std::optional<Integer> signed_magnitude(bool negative, std::uint64_t magnitude) {
  if (!negative) return Integer::of_unsigned(magnitude);
  if (magnitude > kLargestNegative) return std::nullopt;
  return Integer::of(static_cast<std::int64_t>(std::uint64_t{0} - magnitude));
}

/// There is no -infinity and no "not a number": the few operations that would need one have no result.
std::optional<Integer> negate(Integer v) {
  if (v.is_infinite()) return std::nullopt;
  return signed_magnitude(!v.is_negative() && v.magnitude() != 0, v.magnitude());
}

std::optional<std::uint64_t> parse_digits(std::string_view digits, unsigned base) {
  if (digits.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : digits) {
    unsigned digit = 16;
    if (c >= '0' && c <= '9') digit = static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') digit = static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') digit = static_cast<unsigned>(c - 'A') + 10;
    if (digit >= base || value > (UINT64_MAX - digit) / base) return std::nullopt;
    value = value * base + digit;
  }
  return value;
}

}  // namespace

std::optional<Integer> add(Integer a, Integer b) {
  if (a.is_infinite() || b.is_infinite()) return Integer::infinity();
  if (a.is_negative() == b.is_negative()) {
    if (a.magnitude() > UINT64_MAX - b.magnitude()) return std::nullopt;
    return signed_magnitude(a.is_negative(), a.magnitude() + b.magnitude());
  }
  const Integer& larger = a.magnitude() >= b.magnitude() ? a : b;
  const Integer& smaller = a.magnitude() >= b.magnitude() ? b : a;
  const std::uint64_t difference = larger.magnitude() - smaller.magnitude();
  return signed_magnitude(larger.is_negative() && difference != 0, difference);
}

std::optional<Integer> subtract(Integer a, Integer b) {
  if (b.is_infinite()) return std::nullopt;
  if (a.is_infinite()) return a;
  if (const auto minus_b = negate(b)) return add(a, *minus_b);
  // -b is below -2^63, so b is positive: the result is in range only for a positive a.
  if (a.is_negative()) return std::nullopt;
  return a.magnitude() >= b.magnitude() ? signed_magnitude(false, a.magnitude() - b.magnitude())
                                        : signed_magnitude(true, b.magnitude() - a.magnitude());
}

std::optional<Integer> multiply(Integer a, Integer b) {
  if (a.is_infinite() || b.is_infinite()) {
    const bool positive = !a.is_negative() && !b.is_negative() && a != Integer() && b != Integer();
    return positive ? std::optional(Integer::infinity()) : std::nullopt;
  }
  if (a.magnitude() != 0 && b.magnitude() > UINT64_MAX / a.magnitude()) return std::nullopt;
  const std::uint64_t product = a.magnitude() * b.magnitude();
  return signed_magnitude(a.is_negative() != b.is_negative() && product != 0, product);
}

std::optional<Integer> Integer::parse(std::string_view text) {
  if (text.substr(0, 2) == "0x" || text.substr(0, 2) == "0X") {
    const auto value = parse_digits(text.substr(2), 16);
    return value ? std::optional(of_unsigned(*value)) : std::nullopt;
  }
  const bool negative = text.substr(0, 1) == "-";
  if (negative || text.substr(0, 1) == "+") text.remove_prefix(1);
  const auto value = parse_digits(text, 10);
  return value ? signed_magnitude(negative && *value != 0, *value) : std::nullopt;
}

std::string Integer::text() const {
  if (infinite_) return "never";
  return fmt::format("{}{}", negative_ ? "-" : "", magnitude_);
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = parse_digits(iso.substr(0, 4), 10);
  const auto month = parse_digits(iso.substr(5, 2), 10);
  const auto day = parse_digits(iso.substr(8, 2), 10);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day civil{std::chrono::year(static_cast<int>(*year)),
                                          std::chrono::month(static_cast<unsigned>(*month)),
                                          std::chrono::day(static_cast<unsigned>(*day))};
  if (!civil.ok()) return std::nullopt;
  const auto since_epoch = std::chrono::sys_days(civil).time_since_epoch().count();
  return Date{static_cast<std::int32_t>(since_epoch)};
}

std::string Date::text() const {
  const std::chrono::year_month_day civil{std::chrono::sys_days(std::chrono::days(days))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()),
                     static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

}  // namespace polc::value
