#include "runtime/value/time.hpp"

#include "tests/unit/catch.hpp"

using namespace polc::value;

TEST_CASE("instants read and print in UTC only") {
  struct Row {
    const char* text;
    std::optional<std::int64_t> seconds;
  };
  const Row rows[] = {
      {"1970-01-01", 0},
      {"1970-01-01T00:00:00Z", 0},
      {"1969-12-31T23:59:59Z", -1},
      {"2026-11-22T08:00:00Z", 1795334400},
      {"2026-11-22T08:00:00", {}},
      {"2026-11-22T08:00:00+01:00", {}},
      {"2026-11-22T08:00:00.5Z", {}},
      {"2026-11-22 08:00:00Z", {}},
      {"2026-11-22T24:00:00Z", {}},
      {"2026-11-22T08:60:00Z", {}},
      {"2026-11-22T08:00:60Z", {}},
      {"2026-02-30T08:00:00Z", {}},
      {"", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto seconds = parse_instant(row.text);
    CHECK(seconds == row.seconds);
    if (seconds) CHECK(parse_instant(instant_text(*seconds)) == seconds);
  }
  CHECK(instant_text(1795334400) == "2026-11-22T08:00:00Z");
  CHECK(instant_text(-1) == "1969-12-31T23:59:59Z");
}

TEST_CASE("durations always have a unit") {
  struct Row {
    const char* text;
    std::optional<std::int64_t> seconds;
  };
  const Row rows[] = {
      {"30s", 30},
      {"15min", 900},
      {"24h", 86400},
      {"90d", 7776000},
      {"0d", 0},
      {"90", {}},
      {"d", {}},
      {"", {}},
      {"-1d", {}},
      {"1.5h", {}},
      {"1 d", {}},
      {"1w", {}},
      {"1D", {}},
      {"9223372036854775807s", INT64_MAX},
      {"9223372036854775807d", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(parse_duration(row.text) == row.seconds);
  }
}

TEST_CASE("the day of an instant, also before 1970") {
  CHECK(day_of(0) == 0);
  CHECK(day_of(86'399) == 0);
  CHECK(day_of(86'400) == 1);
  CHECK(day_of(-1) == -1);
  CHECK(day_of(-86'400) == -1);
  CHECK(day_of(-86'401) == -2);
}
