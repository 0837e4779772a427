#include "runtime/formats/csv.hpp"

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

using Fields = std::vector<std::string>;

std::string csv_error(std::string_view text) {
  const auto parsed = parse_csv(text);
  REQUIRE_FALSE(parsed);
  return std::to_string(parsed.error().offset) + ": " + parsed.error().what;
}

}  // namespace

TEST_CASE("records and fields of a table") {
  const auto parsed = parse_csv("Name,Value\r\n\r\n\"a,b\",\"say \"\"no\"\"\"\n\"two\nlines\",\n,x\n");
  REQUIRE(parsed);
  REQUIRE(parsed->size() == 4);
  CHECK(parsed->at(0).fields == Fields{"Name", "Value"});
  CHECK(parsed->at(1).fields == Fields{"a,b", "say \"no\""});
  CHECK(parsed->at(1).line == 3);
  CHECK(parsed->at(2).fields == Fields{"two\nlines", ""});
  CHECK(parsed->at(3).fields == Fields{"", "x"});
  CHECK(parsed->at(3).line == 6);
  CHECK(parse_csv("")->empty());
}

TEST_CASE("a table that is damaged is refused with its place") {
  CHECK(csv_error("a,\"b\n") == "2: a quote that is not closed");
  CHECK(csv_error("a,\"b\"c\n") == "5: a character that belongs to no field");
  CHECK(csv_error("a,b\"c\n") == "3: a quote inside of a field");
  CHECK(csv_error("a\rb\n") == "2: a character that belongs to no field");
}

TEST_CASE("a table that is cut off anywhere marks its last record") {
  const std::string text = "a,b\r\n\"c\",3\r\n";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    INFO(size);
    const auto parsed = parse_csv(std::string_view(text).substr(0, size));
    if (!parsed || parsed->empty()) continue;
    const bool at_line_end = text[size - 1] == '\n';
    CHECK(parsed->back().cut_off != at_line_end);
  }
  CHECK_FALSE(parse_csv("a,b\nc,d")->front().cut_off);
}

TEST_CASE("tables are bounded") {
  std::string text(limits::kCsvBytes, 'x');
  CHECK(parse_csv(text));
  text.push_back('x');
  CHECK(csv_error(text) == "0: a table of more than 4194304 bytes");
  CHECK(parse_csv(std::string(limits::kCsvFields - 1, ',')));
  CHECK(csv_error(std::string(limits::kCsvFields, ',')) == "256: more than 256 fields in one record");
}

}  // namespace polc::formats
