// What literals mean.
#include "grammar/literals.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "tests/unit/catch.hpp"
#include "tests/unit/grammar/support.hpp"

using namespace polc::grammar;
using namespace polc::grammar::test;

namespace {

struct Literal {
  Parsed parsed;
  NodeId id;
};

Literal literal(const std::string& text) {
  Literal result{parse_text("let it = " + text), kNoNode};
  const SyntaxTree& tree = result.parsed.tree;
  result.id = tree.last_child(tree.child(tree.root(), 0));
  return result;
}

std::string string_value(const std::string& text) {
  const Literal it = literal(text);
  REQUIRE(it.parsed.report().empty());
  return decode_string(it.parsed.tree, it.id);
}

}  // namespace

TEST_CASE("raw strings keep everything but the doubled quote") {
  CHECK(string_value(R"('C:\LTShare\')") == R"(C:\LTShare\)");
  CHECK(string_value("'it''s'") == "it's");
  CHECK(string_value("''''") == "'");
  CHECK(string_value("''").empty());
  CHECK(string_value(R"('"')") == "\"");
}

TEST_CASE("escapes of quoted strings") {
  CHECK(string_value(R"("a\n\r\t\\\"")") == "a\n\r\t\\\"");
  CHECK(string_value(R"("\u{41}\u{e9}\u{20AC}\u{1F600}\u{202E}")") == "A\u00E9\u20AC\U0001F600\u202E");
  CHECK(string_value(R"("")").empty());
  CHECK(string_value("\"\u201Ctypographic\u201D\"") == "\u201Ctypographic\u201D");
}

TEST_CASE("text blocks lose their common indentation") {
  CHECK(string_value("\"\"\"inline\"\"\"") == "inline");
  CHECK(string_value("\"\"\"\n    one\n      two\n\n    three\n  \"\"\"") == "one\n  two\n\nthree");
  CHECK(string_value("\"\"\"\r\n  one\r\n  two\r\n\"\"\"") == "one\ntwo");
  CHECK(string_value("\"\"\"first\n    second\n    third\"\"\"") == "first\nsecond\nthird");
  CHECK(string_value("\"\"\"\n\ttabs\n\t\tdeeper\n\"\"\"") == "tabs\n\tdeeper");
  CHECK(string_value("\"\"\"\"\"\"").empty());
  CHECK(string_value("\"\"\"\n\"\"\"").empty());
  CHECK(string_value("\"\"\"\n  \\n 'q' \"q\"\n\"\"\"") == "\\n 'q' \"q\"");
}

TEST_CASE("integers") {
  const auto value = [](const std::string& text) {
    const Literal it = literal(text);
    return decode_integer(it.parsed.tree, it.id);
  };
  CHECK(value("0") == 0);
  CHECK(value("1_000") == 1000);
  CHECK(value("0xFF") == 255);
  CHECK(value("0xffff_ffff") == 4294967295);
  CHECK(value("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
  CHECK(value("0xFFFFFFFFFFFFFFFF") == std::numeric_limits<std::uint64_t>::max());
  CHECK(value("18446744073709551616") == std::nullopt);
  CHECK(value("0x10000000000000000") == std::nullopt);
}

TEST_CASE("durations are seconds") {
  const auto value = [](const std::string& text) {
    const Literal it = literal(text);
    return decode_duration(it.parsed.tree, it.id);
  };
  CHECK(value("0s") == 0);
  CHECK(value("30s") == 30);
  CHECK(value("15min") == 900);
  CHECK(value("24h") == 86400);
  CHECK(value("1_000d") == 86400000);
  CHECK(value("9223372036854775807s") == std::numeric_limits<std::int64_t>::max());
  CHECK(value("9223372036854775808s") == std::nullopt);
  CHECK(value("106751991167300d") == 106751991167300 * 86400);
  CHECK(value("106751991167301d") == std::nullopt);
}

TEST_CASE("dates are days since 1970") {
  const auto value = [](const std::string& text) {
    const Literal it = literal(text);
    return decode_date(it.parsed.tree, it.id);
  };
  CHECK(value("1970-01-01") == 0);
  CHECK(value("1969-12-31") == -1);
  CHECK(value("2000-02-29") == 11016);
  CHECK(value("2027-01-31") == 20849);
  CHECK(value("0001-01-01") == -719162);
  CHECK(value("9999-12-31") == 2932896);
  for (const std::string none :
       {"2027-02-29", "1900-02-29", "2027-13-01", "2027-00-01", "2027-04-31", "0000-01-01"}) {
    INFO(none);
    CHECK(value(none) == std::nullopt);
  }
}
