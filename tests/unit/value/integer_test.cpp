#include "runtime/value/operations.hpp"
#include "runtime/value/value.hpp"
#include "tests/unit/catch.hpp"

using namespace polc::value;

namespace {

Integer parsed(const char* text) {
  if (std::string_view(text) == "never") return Integer::infinity();
  return Integer::parse(text).value();
}

std::string shown(std::optional<Integer> v) {
  return v ? v->text() : "none";
}

}  // namespace

TEST_CASE("integers parse and print over their whole range") {
  struct Row {
    const char* text;
    const char* value;  // "none": no integer
  };
  const Row rows[] = {
      {"0", "0"},
      {"-0", "0"},
      {"+7", "7"},
      {"007", "7"},
      {"0xFF", "255"},
      {"0XfF", "255"},
      {"18446744073709551615", "18446744073709551615"},
      {"18446744073709551616", "none"},
      {"0xFFFFFFFFFFFFFFFF", "18446744073709551615"},
      {"0x10000000000000000", "none"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"-9223372036854775809", "none"},
      {"", "none"},
      {"-", "none"},
      {"+", "none"},
      {"0x", "none"},
      {"-0x1", "none"},
      {" 1", "none"},
      {"1 ", "none"},
      {"1_000", "none"},
      {"never", "none"},
      {"١", "none"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shown(Integer::parse(row.text)) == row.value);
  }
  CHECK(Integer::infinity().text() == "never");
}

TEST_CASE("integer arithmetic is checked") {
  struct Row {
    const char* a;
    char op;
    const char* b;
    const char* result;
  };
  const Row rows[] = {
      {"2", '+', "3", "5"},
      {"2", '+', "-3", "-1"},
      {"-2", '+', "3", "1"},
      {"-2", '+', "2", "0"},
      {"18446744073709551615", '+', "0", "18446744073709551615"},
      {"18446744073709551615", '+', "1", "none"},
      {"18446744073709551615", '+', "-1", "18446744073709551614"},
      {"-9223372036854775808", '+', "-1", "none"},
      {"-9223372036854775808", '+', "18446744073709551615", "9223372036854775807"},
      {"never", '+', "-5", "never"},
      {"2", '-', "3", "-1"},
      {"3", '-', "3", "0"},
      {"0", '-', "9223372036854775808", "-9223372036854775808"},
      {"0", '-', "9223372036854775809", "none"},
      {"5", '-', "18446744073709551615", "none"},
      {"18446744073709551615", '-', "18446744073709551615", "0"},
      {"18446744073709551615", '-', "9223372036854775809", "9223372036854775806"},
      {"-1", '-', "9223372036854775808", "none"},
      {"-1", '-', "9223372036854775807", "-9223372036854775808"},
      {"0", '-', "-9223372036854775808", "9223372036854775808"},
      {"never", '-', "5", "never"},
      {"5", '-', "never", "none"},
      {"never", '-', "never", "none"},
      {"4", '*', "25", "100"},
      {"-4", '*', "25", "-100"},
      {"-4", '*', "0", "0"},
      {"4294967296", '*', "4294967296", "none"},
      {"4294967295", '*', "4294967297", "18446744073709551615"},
      {"-4294967296", '*', "2147483648", "-9223372036854775808"},
      {"-4294967296", '*', "2147483649", "none"},
      {"never", '*', "2", "never"},
      {"never", '*', "0", "none"},
      {"never", '*', "-1", "none"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.a, row.op, row.b);
    const Integer a = parsed(row.a);
    const Integer b = parsed(row.b);
    const auto result = row.op == '+' ? add(a, b) : row.op == '-' ? subtract(a, b) : multiply(a, b);
    CHECK(shown(result) == row.result);
  }
}

TEST_CASE("integers are ordered, never above all") {
  const char* ascending[] = {"-9223372036854775808", "-1", "0", "1", "18446744073709551615", "never"};
  for (std::size_t i = 0; i < std::size(ascending); ++i) {
    for (std::size_t j = 0; j < std::size(ascending); ++j) {
      CAPTURE(ascending[i], ascending[j]);
      CHECK((parsed(ascending[i]) < parsed(ascending[j])) == (i < j));
      CHECK((parsed(ascending[i]) == parsed(ascending[j])) == (i == j));
    }
  }
}

TEST_CASE("intervals keep what is known") {
  const auto interval = [](int low, int high) { return Number{Integer::of(low), Integer::of(high), false}; };
  CHECK(add(interval(1, 2), interval(10, 20)) == interval(11, 22));
  CHECK(subtract(interval(1, 2), interval(10, 20)) == interval(-19, -8));
  CHECK(multiply(interval(-2, 3), interval(4, 5)) == interval(-10, 15));
  CHECK(add(Number::at_least(Integer::of(3)), interval(1, 1)) == Number::at_least(Integer::of(4)));
  CHECK(subtract(interval(1, 1), Number::at_least(Integer::of(3))) == std::nullopt);
  CHECK(multiply(Number::at_least(Integer::of(3)), interval(2, 2)) == Number::at_least(Integer::of(6)));
  CHECK(multiply(Number::exactly(Integer::infinity()), interval(2, 2)) ==
        Number::exactly(Integer::infinity()));
}

TEST_CASE("days parse and print") {
  struct Row {
    const char* text;
    std::optional<std::int32_t> days;
  };
  const Row rows[] = {
      {"1970-01-01", 0},     {"1969-12-31", -1}, {"2000-02-29", 11016},   {"1900-02-29", {}},
      {"2027-01-31", 20849}, {"2027-02-30", {}}, {"2027-13-01", {}},      {"2027-00-01", {}},
      {"2027-01-00", {}},    {"27-01-01", {}},   {"2027-1-1", {}},        {"2027-01-01 ", {}},
      {"2027/01/01", {}},    {"-027-01-01", {}}, {"9999-12-31", 2932896},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto date = Date::parse(row.text);
    REQUIRE(date.has_value() == row.days.has_value());
    if (!date) continue;
    CHECK(date->days == *row.days);
    CHECK(date->text() == row.text);
  }
}

TEST_CASE("text to integer, text to parts") {
  CHECK(to_integer("42") == Number::exactly(Integer::of(42)));
  CHECK(to_integer("forty-two") == std::nullopt);
  CHECK(to_integer("") == std::nullopt);

  struct Row {
    const char* text;
    const char* separator;
    const char* parts;
  };
  const Row rows[] = {
      {"a,b,c", ",", R"(["a", "b", "c"])"},
      {"", ",", R"([""])"},
      {",", ",", R"(["", ""])"},
      {"a", ",", R"(["a"])"},
      {"a::b", "::", R"(["a", "b"])"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(to_text(Value(split(row.text, row.separator).value())) == row.parts);
  }
  CHECK(split("a", "") == std::nullopt);
}
