#include "authoring/language_server/position.hpp"

#include <string>

#include "tests/unit/catch.hpp"

using namespace polc::authoring;

namespace {

constexpr auto k16 = PositionEncoding::Utf16;
constexpr auto k8 = PositionEncoding::Utf8;

}  // namespace

TEST_CASE("characters are counted in units of UTF-16 or UTF-8") {
  const std::string text = "a\u00e4\u20ac\U0001F600b\nc";  // 1, 2, 3 and 4 bytes
  const LineIndex lines(text);
  CHECK(lines.position(0, k16) == Position{0, 0});
  CHECK(lines.position(3, k16) == Position{0, 2});
  CHECK(lines.position(6, k16) == Position{0, 3});
  CHECK(lines.position(10, k16) == Position{0, 5});
  CHECK(lines.position(10, k8) == Position{0, 10});
  CHECK(lines.position(12, k16) == Position{1, 0});
  for (const std::uint32_t offset : {0U, 1U, 3U, 6U, 10U, 11U, 12U, 13U}) {
    CHECK(lines.offset(lines.position(offset, k16), k16) == offset);
    CHECK(lines.offset(lines.position(offset, k8), k8) == offset);
  }
}

TEST_CASE("places that do not exist are the nearest one before") {
  const std::string text = "ab\r\ncd\rx\U0001F600";
  const LineIndex lines(text);
  CHECK(lines.offset({0, 99}, k16) == 2);
  CHECK(lines.offset({1, 99}, k16) == 6);
  CHECK(lines.offset({9, 0}, k16) == text.size());
  CHECK(lines.offset({2, 2}, k16) == 8);  // inside of a pair
  CHECK(lines.position(9, k16) == Position{2, 1});
  CHECK(lines.position(99, k16) == Position{2, 3});
  CHECK(LineIndex("").offset({0, 0}, k16) == 0);
}

TEST_CASE("bytes that are no UTF-8 count one each") {
  const LineIndex lines("\xff\xfe a");
  CHECK(lines.position(3, k16) == Position{0, 3});
  CHECK(lines.offset({0, 3}, k16) == 3);
}
