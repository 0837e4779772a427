#include "runtime/formats/registry_data.hpp"

#include "tests/support/windows_bytes.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

using value::RegistryData;
using value::RegistryType;
using namespace std::string_literals;
using Texts = std::vector<std::string>;
using Bytes = std::vector<std::uint8_t>;

}  // namespace

TEST_CASE("registry data has the type its number says") {
  const std::string zero(2, '\0');
  const auto text = [](std::string_view ascii) { return test::utf16(ascii); };
  struct Case {
    std::uint32_t type;
    std::string bytes;
    RegistryData data;
  };
  const Case cases[] = {
      {kRegNone, "", {RegistryType::None, 0, Bytes{}}},
      {kRegSz, "", {RegistryType::Sz, 0, ""s}},
      {kRegSz, text("a") + zero, {RegistryType::Sz, 0, "a"s}},
      {kRegSz, text("a"), {RegistryType::Sz, 0, "a"s}},
      {kRegSz, text("a") + zero + text("b"), {RegistryType::Sz, 0, "a"s}},
      {kRegExpandSz, text("%x%") + zero, {RegistryType::ExpandSz, 0, "%x%"s}},
      {kRegBinary, "\x01\xFF"s, {RegistryType::Binary, 0, Bytes{1, 255}}},
      {kRegDword, "\x01\x02\x03\xFF"s, {RegistryType::Dword, 0, std::uint64_t{0xFF030201}}},
      {kRegQword, "\x01\0\0\0\0\0\0\x80"s, {RegistryType::Qword, 0, std::uint64_t{0x8000000000000001}}},
      {kRegMultiSz, "", {RegistryType::MultiSz, 0, Texts{}}},
      {kRegMultiSz, zero, {RegistryType::MultiSz, 0, Texts{}}},
      {kRegMultiSz, zero + zero, {RegistryType::MultiSz, 0, Texts{""}}},
      {kRegMultiSz, text("a") + zero + zero, {RegistryType::MultiSz, 0, Texts{"a"}}},
      {kRegMultiSz, text("a") + zero, {RegistryType::MultiSz, 0, Texts{"a"}}},
      {kRegMultiSz, text("a"), {RegistryType::MultiSz, 0, Texts{"a"}}},
      {kRegMultiSz,
       text("a") + zero + zero + text("b") + zero + zero,
       {RegistryType::MultiSz, 0, Texts{"a", "", "b"}}},
      {5, "\0\0\0\1"s, {RegistryType::Other, 5, Bytes{0, 0, 0, 1}}},
      {153, "x", {RegistryType::Other, 153, Bytes{'x'}}},
  };
  for (const Case& c : cases) {
    INFO(c.type << ' ' << c.bytes.size());
    const auto data = registry_data(c.type, c.bytes);
    REQUIRE(data);
    CHECK(*data == c.data);
  }
}

TEST_CASE("registry data that cannot be what its type says is refused") {
  CHECK(registry_data(kRegDword, "\1\0\0"s).error().what == "a REG_DWORD of 3 bytes");
  CHECK(registry_data(kRegDword, "").error().what == "a REG_DWORD of 0 bytes");
  CHECK(registry_data(kRegQword, "\1\0\0\0"s).error().what == "a REG_QWORD of 4 bytes");
  CHECK(registry_data(kRegSz, "a\0b"s).error() == ParseError{2, "an odd number of bytes in UTF-16 text"});
  CHECK(registry_data(kRegMultiSz, "a\0\0\xD8"s).error() ==
        ParseError{2, "half a surrogate pair in UTF-16 text"});
}

TEST_CASE("texts of old .reg files are one byte a character") {
  CHECK(*registry_data_windows1252(kRegExpandSz, "%x%\\\xFC\0"s) ==
        RegistryData{RegistryType::ExpandSz, 0, "%x%\\\xC3\xBC"s});
  CHECK(*registry_data_windows1252(kRegMultiSz, "a\0b\0\0"s) ==
        RegistryData{RegistryType::MultiSz, 0, Texts{"a", "b"}});
  CHECK(*registry_data_windows1252(kRegDword, "\1\0\0\0"s) ==
        RegistryData{RegistryType::Dword, 0, std::uint64_t{1}});
}

}  // namespace polc::formats
