#include "runtime/value/time.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "runtime/value/value.hpp"

namespace polc::value {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

/// Two digits at most `limit`.
std::optional<std::int64_t> two_digits(std::string_view text, std::int64_t limit) {
  if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
  const std::int64_t number = (text[0] - '0') * 10 + (text[1] - '0');
  return number <= limit ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_instant(std::string_view text) {
  const auto date = Date::parse(text.substr(0, 10));
  if (!date) return std::nullopt;
  const std::int64_t midnight = date->days * kSecondsPerDay;
  if (text.size() == 10) return midnight;
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z') {
    return std::nullopt;
  }
  const auto hour = two_digits(text.substr(11, 2), 23);
  const auto minute = two_digits(text.substr(14, 2), 59);
  const auto second = two_digits(text.substr(17, 2), 59);
  if (!hour || !minute || !second) return std::nullopt;
  return midnight + *hour * 3600 + *minute * 60 + *second;
}

std::int64_t day_of(std::int64_t seconds) {
  const std::int64_t day = seconds / kSecondsPerDay;
  return seconds % kSecondsPerDay < 0 ? day - 1 : day;
}

std::string instant_text(std::int64_t seconds) {
  const std::int64_t second_of_day = seconds - day_of(seconds) * kSecondsPerDay;
  const Date day{static_cast<std::int32_t>(day_of(seconds))};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", day.text(), second_of_day / 3600, second_of_day / 60 % 60,
                     second_of_day % 60);
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::int64_t seconds;
  };
  constexpr std::array<Unit, 4> kUnits{Unit{"s", 1}, Unit{"min", 60}, Unit{"h", 3600},
                                       Unit{"d", kSecondsPerDay}};
  std::int64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(rest - text.data()));
  for (const Unit& known : kUnits) {
    if (unit == known.name && number <= INT64_MAX / known.seconds) return number * known.seconds;
  }
  return std::nullopt;
}

}  // namespace polc::value
