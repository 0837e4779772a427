#include "runtime/formats/windows_text.hpp"

#include <array>
#include <optional>

#include "runtime/base/text.hpp"

namespace polc::formats {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16Mark = "\xFF\xFE";
constexpr std::string_view kSwappedMark = "\xFE\xFF";

/// 0x80..0x9F of Windows-1252 (Unicode's MAPPINGS/VENDORS/MICSFT/WindowsBestFit/bestfit1252.txt, which maps the five
/// unassigned bytes to the control of the same number). All other bytes are Latin-1.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

constexpr bool is_high_surrogate(char16_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
constexpr bool is_low_surrogate(char16_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

std::string utf8_from_windows1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    const bool special = byte >= 0x80 && byte < 0xA0;
    base::append_utf8(text, special ? kWindows1252[byte - 0x80U] : char16_t{byte});
  }
  return text;
}

/// A text file with a zero in it is damaged, or no text. `unit` is the size of a character's unit.
std::optional<ParseError> zero_character(std::string_view bytes, std::size_t begin, std::size_t unit) {
  for (std::size_t at = begin; at + unit <= bytes.size(); at += unit) {
    if (bytes[at] == '\0' && bytes[at + unit - 1] == '\0') {
      return ParseError{at, "a zero character in a text file"};
    }
  }
  return std::nullopt;
}

}  // namespace

Parsed<std::string> utf8_from_utf16(std::string_view bytes) {
  if (bytes.size() % 2 != 0) {
    return parse_error(bytes.size() - 1, "an odd number of bytes in UTF-16 text");
  }
  std::string text;
  text.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    const char16_t unit = utf16_unit(bytes, at);
    if (!is_high_surrogate(unit) && !is_low_surrogate(unit)) {
      base::append_utf8(text, unit);
      continue;
    }
    const bool paired = is_high_surrogate(unit) && at + 2 < bytes.size() &&
                        is_low_surrogate(utf16_unit(bytes, at + 2));
    if (!paired) return parse_error(at, "half a surrogate pair in UTF-16 text");
    const auto low = static_cast<char32_t>(utf16_unit(bytes, at + 2) - 0xDC00);
    base::append_utf8(text, 0x10000U + (static_cast<char32_t>(unit - 0xD800) << 10U) + low);
    at += 2;
  }
  return text;
}

Parsed<WindowsText> decode_windows_text(std::string_view bytes) {
  const bool first_zero = bytes.size() >= 2 && bytes[0] == '\0' && bytes[1] != '\0';
  const bool second_zero = bytes.size() >= 2 && bytes[0] != '\0' && bytes[1] == '\0';
  if (bytes.starts_with(kSwappedMark) || first_zero) {
    return parse_error(0, "UTF-16 with swapped bytes (big-endian), which Windows does not read here");
  }
  const bool wide = bytes.starts_with(kUtf16Mark) || second_zero;
  const bool marked_utf8 = bytes.starts_with(kUtf8Mark);
  const std::size_t begin = marked_utf8 ? kUtf8Mark.size() : bytes.starts_with(kUtf16Mark) ? kUtf16Mark.size() : 0;
  if (const auto zero = zero_character(bytes, begin, wide ? 2 : 1)) return tl::unexpected<ParseError>(*zero);
  const std::string_view body = bytes.substr(begin);
  if (wide) {
    auto text = utf8_from_utf16(body);
    if (!text) return parse_error(begin + text.error().offset, std::move(text.error().what));
    return WindowsText{TextEncoding::Utf16, std::move(*text)};
  }
  const auto invalid = base::find_invalid_utf8(body);
  if (!invalid) return WindowsText{TextEncoding::Utf8, std::string(body)};
  if (marked_utf8) return parse_error(begin + *invalid, "malformed UTF-8");
  return WindowsText{TextEncoding::Windows1252, utf8_from_windows1252(body)};
}

}  // namespace polc::formats
