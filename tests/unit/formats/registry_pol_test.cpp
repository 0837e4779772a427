#include "runtime/formats/registry_pol.hpp"

#include "runtime/base/limits.hpp"
#include "tests/support/windows_bytes.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

using test::dword;
using test::pol_entry;
using test::pol_file;
using test::utf16;
using namespace std::string_literals;

const std::string kZero(2, '\0');

std::string pol_error(std::string_view bytes) {
  const auto parsed = parse_registry_pol(bytes);
  REQUIRE_FALSE(parsed);
  return std::to_string(parsed.error().offset) + ": " + parsed.error().what;
}

}  // namespace

TEST_CASE("Registry.pol is a list of entries with key, value, type and data") {
  const std::string file =
      pol_file(pol_entry("Software\\A", "X", 1) +
               pol_entry("Software\\A;B]", "**del.Y", 1, utf16(" ") + kZero) + pol_entry("", "", 153, "odd"));
  const auto parsed = parse_registry_pol(file);
  REQUIRE(parsed);
  REQUIRE(parsed->size() == 3);
  CHECK(parsed->at(0).offset == 8);
  CHECK(parsed->at(0).key == "Software\\A");
  CHECK(parsed->at(0).value == "X");
  CHECK(parsed->at(0).type == 4);
  CHECK(parsed->at(0).data == dword(1));
  CHECK(parsed->at(1).key == "Software\\A;B]");
  CHECK(parsed->at(1).value == "**del.Y");
  CHECK(parsed->at(2).type == 153);
  CHECK(parsed->at(2).data == "odd");
}

TEST_CASE("a Registry.pol without entries is whole") {
  const auto parsed = parse_registry_pol(pol_file(""));
  REQUIRE(parsed);
  CHECK(parsed->empty());
}

TEST_CASE("the size field says where data ends, whatever is in it") {
  const std::string tricky = utf16("];[Software\\B") + kZero + utf16(";");
  const std::string file = pol_file(pol_entry("Software\\A", "X", 3, tricky) + pol_entry("C", "Y", 2));
  const auto parsed = parse_registry_pol(file);
  REQUIRE(parsed);
  REQUIRE(parsed->size() == 2);
  CHECK(parsed->at(0).data == tricky);
  CHECK(parsed->at(1).key == "C");
}

TEST_CASE("sizes and types that look like separators are numbers") {
  const std::string as_long_as_a_semicolon(0x3B, 'x');
  const std::string as_long_as_a_bracket(0x5D, 'x');
  const std::string file = pol_file(pol_entry("A", "X", 0x3B, as_long_as_a_semicolon) +
                                    pol_entry("A", "Y", 0x5D, as_long_as_a_bracket));
  const auto parsed = parse_registry_pol(file);
  REQUIRE(parsed);
  REQUIRE(parsed->size() == 2);
  CHECK(parsed->at(0).type == 0x3B);
  CHECK(parsed->at(0).data == as_long_as_a_semicolon);
  CHECK(parsed->at(1).type == 0x5D);
  CHECK(parsed->at(1).data == as_long_as_a_bracket);
}

TEST_CASE("what stands behind the key may be left out") {
  const std::string key = utf16("[Software\\A") + kZero;
  const std::string name = utf16(";X") + kZero;
  const std::string type = utf16(";") + dword(1);
  const std::string size = utf16(";") + dword(0);
  for (const std::string& entry :
       {key + utf16("]"), key + utf16(";]"), key + utf16(";;;;]"), key + utf16(";;]"),
        key + name + utf16("]"), key + name + utf16(";]"), key + name + utf16(";;;]"),
        key + name + type + utf16("]"), key + name + type + utf16(";]"),
        key + name + type + size + utf16("]"), key + name + type + size + utf16(";]")}) {
    INFO(entry);
    const std::string file = pol_file(entry + pol_entry("B", "Y", 7));
    const auto parsed = parse_registry_pol(file);
    REQUIRE(parsed);
    REQUIRE(parsed->size() == 2);
    CHECK(parsed->at(0).key == "Software\\A");
    CHECK(parsed->at(0).data.empty());
    CHECK(parsed->at(1).value == "Y");
    CHECK(parse_registry_pol(pol_file(entry)));
  }
}

TEST_CASE("a damaged Registry.pol is refused with the entry and the offset") {
  const std::string good = pol_entry("A", "X", 1);
  CHECK(pol_error("") == "0: no Registry.pol: it does not begin with \"PReg\"");
  CHECK(pol_error("PReg") == "4: only version 1 of Registry.pol is known");
  CHECK(pol_error("PReg\2\0\0\0"s) == "4: only version 1 of Registry.pol is known");
  CHECK(pol_error("gerP\1\0\0\0"s + good) == "0: no Registry.pol: it does not begin with \"PReg\"");
  CHECK(pol_error(pol_file("x")) == "8: entry 1: '[' is missing at its beginning");
  CHECK(pol_error(pol_file(good + utf16("x"))) == "40: entry 2: '[' is missing at its beginning");
  CHECK(pol_error(pol_file(utf16("[A"))) == "10: entry 1: the key has no end");
  CHECK(pol_error(pol_file(utf16("[A\x01"))) == "12: entry 1: a control character in the key");
  CHECK(pol_error(pol_file(utf16("[") + "\x00\xD8"s + kZero)) ==
        "10: entry 1: half a surrogate pair in UTF-16 text");
  CHECK(pol_error(pol_file(utf16("[A") + kZero + utf16("x"))) ==
        "14: entry 1: ';' or ']' is missing behind the key");
  const std::string begin = utf16("[A") + kZero + utf16(";X") + kZero;
  CHECK(pol_error(pol_file(begin)) == "20: entry 1: ';' or ']' is missing behind the value name");
  CHECK(pol_error(pol_file(begin + utf16(";") + "\4\0"s)) == "22: entry 1: the file ends inside of a number");
  CHECK(pol_error(pol_file(begin + utf16(";") + dword(4))) ==
        "26: entry 1: ';' or ']' is missing behind the type");
  const std::string with_type = begin + utf16(";") + dword(4) + utf16(";");
  CHECK(pol_error(pol_file(with_type + dword(4))) == "32: entry 1: ';' is missing behind the size");
  CHECK(pol_error(pol_file(with_type + dword(0xFFFFFFFF) + utf16(";") + "abcd")) ==
        "34: entry 1: its 4294967295 bytes of data go beyond the end of the file");
  CHECK(pol_error(pol_file(with_type + dword(2) + utf16(";") + "abcd" + utf16("]"))) ==
        "36: entry 1: ']' is missing behind the data");
}

TEST_CASE("a Registry.pol cut off anywhere is refused, or ends with a whole entry") {
  const std::string first = pol_entry("Software\\A", "X", 1);
  const std::string file = pol_file(first + pol_entry("Software\\A", "**del.Y", 1, utf16(" ") + kZero));
  for (std::size_t size = 0; size < file.size(); ++size) {
    INFO(size);
    const auto parsed = parse_registry_pol(std::string_view(file).substr(0, size));
    const bool at_boundary = size == 8 || size == 8 + first.size();
    CHECK(parsed.has_value() == at_boundary);
    if (!parsed) CHECK(parsed.error().offset <= size);
  }
}

TEST_CASE("Registry.pol is bounded in size and entries") {
  std::string file(limits::kRegistryPolBytes, '\0');
  file.replace(0, 8, pol_file(""));
  CHECK(pol_error(file) == "8: entry 1: '[' is missing at its beginning");
  file.push_back('\0');
  CHECK(pol_error(file) == "0: a Registry.pol of more than 33554432 bytes");

  std::string many = pol_file("");
  for (std::size_t i = 0; i < limits::kRegistryPolEntries; ++i) many += utf16("[") + kZero + utf16("]");
  REQUIRE(parse_registry_pol(many));
  many += utf16("[") + kZero + utf16("]");
  CHECK(pol_error(many) == "1572872: more than 262144 entries");
}

}  // namespace polc::formats
