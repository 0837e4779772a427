#include "runtime/formats/reg_file.hpp"

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

using value::RegistryData;
using value::RegistryType;
using namespace std::string_literals;
using Texts = std::vector<std::string>;
using Bytes = std::vector<std::uint8_t>;

constexpr std::string_view kVersion5 = "Windows Registry Editor Version 5.00\r\n\r\n";

RegFile reg(std::string_view text) {
  auto parsed = parse_reg_file(text);
  if (!parsed) FAIL(parsed.error().what);
  return *std::move(parsed);
}

/// The only value of a file with one key.
RegFileValue only_value(std::string_view line, std::string_view header = kVersion5) {
  const RegFile file = reg(std::string(header) + "[HKEY_LOCAL_MACHINE\\A]\r\n" + std::string(line) + "\r\n");
  REQUIRE(file.keys.size() == 1);
  REQUIRE(file.keys[0].values.size() == 1);
  return file.keys[0].values[0];
}

std::string reg_error(std::string_view body) {
  const auto parsed = parse_reg_file(std::string(kVersion5) + std::string(body));
  REQUIRE_FALSE(parsed);
  return parsed.error().what;
}

}  // namespace

TEST_CASE("keys and values of a .reg file, with their lines") {
  const RegFile file =
      reg("Windows Registry Editor Version 5.00\r\n\r\n; "
          "comment\r\n[HKEY_LOCAL_MACHINE\\A]\r\n\"x\"=dword:00000001\r\n"
          "@=\"default\" ; comment\r\n\r\n[-HKEY_LOCAL_MACHINE\\A\\B]\r\n  "
          "[HKEY_LOCAL_MACHINE\\A[1]]\r\n\"y\"=-\r\n");
  REQUIRE(file.keys.size() == 3);
  CHECK_FALSE(file.windows1252);
  CHECK(file.keys[0].path == "HKEY_LOCAL_MACHINE\\A");
  CHECK(file.keys[0].line == 4);
  REQUIRE(file.keys[0].values.size() == 2);
  CHECK(file.keys[0].values[0].line == 5);
  CHECK(file.keys[0].values[1].name.empty());
  CHECK(file.keys[0].values[1].data == RegistryData{RegistryType::Sz, 0, "default"s});
  CHECK(file.keys[1].deleted);
  CHECK(file.keys[1].path == "HKEY_LOCAL_MACHINE\\A\\B");
  CHECK(file.keys[2].path == "HKEY_LOCAL_MACHINE\\A[1]");
  CHECK(file.keys[2].values[0].deleted);
  CHECK(file.keys[2].values[0].line == 10);
}

TEST_CASE("data of a .reg file") {
  struct Case {
    std::string text;
    RegistryData data;
  };
  const Case cases[] = {
      {"\"\"", {RegistryType::Sz, 0, ""s}},
      {R"("C:\\a \"b\"")", {RegistryType::Sz, 0, "C:\\a \"b\""s}},
      {"\"two\r\nlines\"", {RegistryType::Sz, 0, "two\r\nlines"s}},
      {"dword:ffFFffff", {RegistryType::Dword, 0, std::uint64_t{0xFFFFFFFF}}},
      {"DWORD:1", {RegistryType::Dword, 0, std::uint64_t{1}}},
      {"hex:", {RegistryType::Binary, 0, Bytes{}}},
      {"hex:01,ff", {RegistryType::Binary, 0, Bytes{1, 255}}},
      {"hex:01,\\\r\n  ff", {RegistryType::Binary, 0, Bytes{1, 255}}},
      {"hex:01,ff,", {RegistryType::Binary, 0, Bytes{1, 255}}},
      {"hex(0):", {RegistryType::None, 0, Bytes{}}},
      {"hex(1):61,00,00,00", {RegistryType::Sz, 0, "a"s}},
      {"hex(2):61,00,00,00", {RegistryType::ExpandSz, 0, "a"s}},
      {"hex(3):61", {RegistryType::Binary, 0, Bytes{0x61}}},
      {"hex(4):01,00,00,80", {RegistryType::Dword, 0, std::uint64_t{0x80000001}}},
      {"hex(5):00,00,00,01", {RegistryType::Other, 5, Bytes{0, 0, 0, 1}}},
      {"hex(6):61", {RegistryType::Other, 6, Bytes{0x61}}},
      {"hex(7):61,00,00,00,62,00,00,00,00,00", {RegistryType::MultiSz, 0, Texts{"a", "b"}}},
      {"hex(8):61", {RegistryType::Other, 8, Bytes{0x61}}},
      {"hex(9):61", {RegistryType::Other, 9, Bytes{0x61}}},
      {"hex(a):61", {RegistryType::Other, 10, Bytes{0x61}}},
      {"hex(b):01,00,00,00,00,00,00,00", {RegistryType::Qword, 0, std::uint64_t{1}}},
      {"hex(1f):61", {RegistryType::Other, 0x1f, Bytes{0x61}}},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const RegFileValue value = only_value("\"x\"=" + c.text);
    CHECK(value.broken.empty());
    CHECK(value.data == c.data);
  }
  CHECK(only_value(R"("C:\\a\"b"=dword:1)").name == "C:\\a\"b");
}

TEST_CASE("REGEDIT4 has one byte a character in its hexadecimal texts") {
  const std::string_view header = "REGEDIT4\n\n";
  CHECK(only_value("\"x\"=hex(2):25,78,25,00", header).data ==
        RegistryData{RegistryType::ExpandSz, 0, "%x%"s});
  CHECK(only_value("\"x\"=hex(7):61,00,62,00,00", header).data ==
        RegistryData{RegistryType::MultiSz, 0, Texts{"a", "b"}});
}

TEST_CASE("data that cannot be what its type says is broken, and only that") {
  CHECK(only_value("\"x\"=hex(4):01,00").broken == "a REG_DWORD of 2 bytes");
  CHECK(only_value("\"x\"=hex(7):61").broken == "an odd number of bytes in UTF-16 text");
  CHECK(only_value("\"x\"=\"C:\\Windows\"").broken ==
        "a backslash that stands before neither a backslash nor a quote");
}

TEST_CASE("what is no .reg file is refused with its place") {
  CHECK(parse_reg_file("").error().offset == 0);
  CHECK(parse_reg_file("REGEDIT\n").error().offset == 0);
  CHECK_FALSE(is_reg_file("\nREGEDIT4\n"));
  CHECK(is_reg_file("REGEDIT4 \r\n"));
  CHECK(reg_error("x\n") == "neither a key nor a value");
  CHECK(reg_error("\"x\"=dword:1\n") == "a value before the first key");
  CHECK(reg_error("[-HKLM\\A]\n\"x\"=dword:1\n") == "a value below a key that is deleted");
  CHECK(reg_error("[HKLM\\A\n") == "the key is not closed with ']'");
  CHECK(reg_error("[HKLM\\A] x\n") == "text that belongs to nothing");
  CHECK(reg_error("[HKLM\\A]\n\"x\n") == "a quote that is not closed");
  CHECK(reg_error("[HKLM\\A]\n\"x\" 1\n") == "'=' is missing behind the name");
  CHECK(reg_error("[HKLM\\A]\n\"x\"=1\n") == "the data is neither quoted nor dword:, hex: or hex(type):");
  CHECK(reg_error("[HKLM\\A]\n\"x\"=dword:\n") == "'dword:' without hexadecimal digits");
  CHECK(reg_error("[HKLM\\A]\n\"x\"=dword:123456789\n") == "more than 8 digits behind 'dword:'");
  CHECK(reg_error("[HKLM\\A]\n\"x\"=dword:1g\n") == "text that belongs to nothing");
  CHECK(reg_error("[HKLM\\A]\n\"x\"=hex(:01\n") == "'hex(' without a type");
  CHECK(reg_error("[HKLM\\A]\n\"x\"=hex(7:01\n") == "the type behind 'hex(' is not closed with ')'");
  CHECK(reg_error("[HKLM\\A]\n\"x\"=hex 01\n") == "':' is missing behind 'hex'");
  CHECK(reg_error("[HKLM\\A]\n\"x\"=hex:01,\\ 02\n") == "text behind the '\\' that continues a line");
  CHECK(reg_error("[HKLM\\A]\n\"x\"=hex:01,\\") == "the file ends inside of a value");
  CHECK(reg_error("[HKLM\\A]\n\"x\"=hex:012\n") == "text that belongs to nothing");
  CHECK(reg_error("[HKLM\\A]\n\"a\\b\"=dword:1\n") ==
        "a backslash that stands before neither a backslash nor a quote");
}

TEST_CASE("a .reg file cut off anywhere shows only data that was written") {
  const std::string text =
      std::string(kVersion5) +
      "[HKEY_LOCAL_MACHINE\\A]\r\n\"n\"=dword:00000010\r\n\"t\"=\"text\"\r\n\"h\"=hex(b):01,\\\r\n"
      "  00,00,00,00,00,00,00\r\n\"b\"=hex:01,02,03\r\n[-HKEY_LOCAL_MACHINE\\B]\r\n";
  const RegFile whole = reg(text);
  for (std::size_t size = 0; size < text.size(); ++size) {
    INFO(size);
    const auto parsed = parse_reg_file(std::string_view(text).substr(0, size));
    if (!parsed) {
      CHECK(parsed.error().offset <= size);
      continue;
    }
    for (std::size_t k = 0; k < parsed->keys.size(); ++k) {
      CHECK(parsed->keys[k].path == whole.keys[k].path);
      for (std::size_t v = 0; v < parsed->keys[k].values.size(); ++v) {
        const RegFileValue& value = parsed->keys[k].values[v];
        if (value.broken.empty()) CHECK(value.data == whole.keys[k].values[v].data);
      }
    }
  }
}

TEST_CASE(".reg files are bounded") {
  std::string text = std::string(kVersion5) + ';';
  text.resize(limits::kRegFileBytes, 'x');
  CHECK(parse_reg_file(text));
  text.push_back('x');
  CHECK(parse_reg_file(text).error().what == "a .reg file of more than 67108864 bytes");

  std::string keys(kVersion5);
  for (std::size_t i = 0; i < limits::kRegFileEntries; ++i) keys += "[A]\n";
  CHECK(parse_reg_file(keys));
  CHECK(parse_reg_file(keys + "[A]\n").error().what == "more than 1048576 keys and values");
}

}  // namespace polc::formats
