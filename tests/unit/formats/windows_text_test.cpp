#include "runtime/formats/windows_text.hpp"

#include "tests/support/windows_bytes.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

using test::utf16;
using test::utf16_file;
using namespace std::string_literals;

ParseError text_error(std::string_view bytes) {
  const auto decoded = decode_windows_text(bytes);
  REQUIRE_FALSE(decoded);
  return decoded.error();
}

}  // namespace

TEST_CASE("text files are decoded by mark, by zeros, and by being UTF-8") {
  struct Case {
    std::string bytes;
    TextEncoding encoding;
    std::string text;
  };
  const Case cases[] = {
      {"", TextEncoding::Utf8, ""},
      {"a\r\nb", TextEncoding::Utf8, "a\r\nb"},
      {"\xEF\xBB\xBF[x]", TextEncoding::Utf8, "[x]"},
      {"gr\xC3\xBC\xC3\x9F", TextEncoding::Utf8, "gr\xC3\xBC\xC3\x9F"},
      {utf16_file("[x]\r\ny"), TextEncoding::Utf16, "[x]\r\ny"},
      {utf16("[x]\r\ny"), TextEncoding::Utf16, "[x]\r\ny"},
      {"\xFF\xFE", TextEncoding::Utf16, ""},
      {"\xFF\xFE\x3D\xD8\x00\xDE"s, TextEncoding::Utf16, "\xF0\x9F\x98\x80"},
      {"gr\xFC\xDF \x80 \x81 \x9F", TextEncoding::Windows1252,
       "gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xC2\x81 \xC5\xB8"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const auto decoded = decode_windows_text(c.bytes);
    REQUIRE(decoded);
    CHECK(decoded->encoding == c.encoding);
    CHECK(decoded->text == c.text);
  }
}

TEST_CASE("damaged text is refused with its place") {
  CHECK(text_error(utf16_file("ab") + "c") == ParseError{6, "an odd number of bytes in UTF-16 text"});
  CHECK(text_error("\xFF\xFE\x61\x00\x00\xD8\x62\x00"s) ==
        ParseError{4, "half a surrogate pair in UTF-16 text"});
  CHECK(text_error("\xFF\xFE\x00\xDC"s) == ParseError{2, "half a surrogate pair in UTF-16 text"});
  CHECK(text_error("\xFF\xFE\x00\xD8"s) == ParseError{2, "half a surrogate pair in UTF-16 text"});
  CHECK(text_error("\xFE\xFF\x00\x61"s).what ==
        "UTF-16 with swapped bytes (big-endian), which Windows does not read here");
  CHECK(text_error("\x00\x61\x00\x62"s).offset == 0);
  CHECK(text_error("ab\0c"s) == ParseError{2, "a zero character in a text file"});
  CHECK(text_error(utf16_file("ab") + "\0\0"s) == ParseError{6, "a zero character in a text file"});
  CHECK(text_error("\xEF\xBB\xBFgr\xFC") == ParseError{5, "malformed UTF-8"});
}

TEST_CASE("lines keep their numbers whatever the encoding") {
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  // U+0A0D and U+0D0A hold the bytes of line ends and are none.
  const auto wide = decode_windows_text("\xFF\xFE\x0D\x0A\x0A\x0D\x0A\x00"s);
  REQUIRE(wide);
  CHECK(lines(wide->text) == 1);
}

}  // namespace polc::formats
