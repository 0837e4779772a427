// Text utilities that the parser relies on.
#include "runtime/base/text.hpp"

#include <string>
#include <vector>

#include "tests/unit/catch.hpp"

using namespace polc::base;

TEST_CASE("UTF-8 is decoded as Unicode table 3-7 has it") {
  struct Case {
    std::string bytes;
    char32_t value;
  };
  for (const Case& c : std::vector<Case>{{"A", U'A'},
                                         {"\xC2\x80", 0x80},
                                         {"\xDF\xBF", 0x7FF},
                                         {"\xE0\xA0\x80", 0x800},
                                         {"\xED\x9F\xBF", 0xD7FF},
                                         {"\xEE\x80\x80", 0xE000},
                                         {"\xEF\xBF\xBF", 0xFFFF},
                                         {"\xF0\x90\x80\x80", 0x10000},
                                         {"\xF4\x8F\xBF\xBF", 0x10FFFF}}) {
    const auto decoded = decode_utf8(c.bytes, 0);
    REQUIRE(decoded);
    CHECK(decoded->value == c.value);
    CHECK(decoded->length == c.bytes.size());
    std::string back;
    append_utf8(back, c.value);
    CHECK(back == c.bytes);
  }
  for (const std::string bad :
       {"\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE2\x82",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", ""}) {
    CHECK_FALSE(decode_utf8(bad, 0));
  }
}

TEST_CASE("the first invalid byte is found") {
  CHECK_FALSE(find_invalid_utf8("plain"));
  CHECK_FALSE(find_invalid_utf8("\u20AC\U0001F600"));
  CHECK(find_invalid_utf8("ab\xE9"
                          "cd") == 2);
  CHECK(find_invalid_utf8("ab\xE2\x82") == 2);
}

TEST_CASE("plain ASCII is skipped") {
  CHECK(skip_plain_ascii("a\tb\nc", 0) == 5);
  CHECK(skip_plain_ascii("ab\r", 0) == 2);
  CHECK(skip_plain_ascii("ab\x7F", 1) == 2);
  CHECK(skip_plain_ascii("\u00E9", 0) == 0);
}

TEST_CASE("characters that deceive") {
  for (const char32_t c : {U'\x00', U'\x1B', char32_t{0x7F}, char32_t{0x85}}) {
    CHECK(deception_of(c) == Deception::Control);
  }
  for (const char32_t c : {0x061CU, 0x200EU, 0x200FU, 0x202AU, 0x202EU, 0x2066U, 0x2069U}) {
    CHECK(deception_of(c) == Deception::Bidi);
  }
  for (const char32_t c :
       {0x00ADU, 0x200BU, 0x200DU, 0x2060U, 0xFE0FU, 0xFEFFU, 0x3164U, 0xE0041U, 0xE0FFFU}) {
    CHECK(deception_of(c) == Deception::Invisible);
  }
  for (const char32_t c : {0x00A0U, 0x2007U, 0x2028U, 0x202FU, 0x3000U})
    CHECK(deception_of(c) == Deception::Space);
  for (const char32_t c :
       {0x09U, 0x0AU, 0x0DU, 0x20U, 0x41U, 0xA1U, 0xE9U, 0x2010U, 0x201CU, 0x2070U, 0x1F600U, 0xE1000U}) {
    CHECK(deception_of(c) == Deception::None);
    CHECK_FALSE(is_bidi_or_invisible(c));
  }
}

TEST_CASE("near misses of words") {
  const std::vector<std::string_view> words{"registry", "registry_key", "require", "refs", "tags", "fix"};
  CHECK(nearest("regsitry", words) == "registry");
  CHECK(nearest("Registry", words) == "registry");
  CHECK(nearest("registrykey", words) == "registry_key");
  CHECK(nearest("requires", words) == "require");
  CHECK(nearest("tag", words) == "tags");
  CHECK(nearest("fx", words) == "fix");
  CHECK(nearest("severity", words).empty());
  CHECK(nearest("x", words).empty());
  CHECK(nearest("", words).empty());
  CHECK(nearest("a", {"b"}).empty());
  CHECK(nearest("word", {}).empty());
  CHECK(nearest(std::string(1000, 'a'), {std::string_view("aaaa")}).empty());
}
