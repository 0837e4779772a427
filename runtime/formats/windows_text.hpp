// Text files as Windows programs leave them, turned into the UTF-8 that every reader, diagnostic and origin here
// works on. Line ends are kept, so that a line has the same number in both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/formats/parse_error.hpp"

namespace polc::formats {

enum class TextEncoding : std::uint8_t {
  Utf8,
  Utf16,        ///< little-endian, Windows' own
  Windows1252,  ///< what a file of bytes that are no UTF-8 is taken for
};

struct WindowsText {
  TextEncoding encoding = TextEncoding::Utf8;
  std::string text;  ///< UTF-8 without byte order mark
};

/// UTF-16 is told by its byte order mark, or by a zero in the second byte (all these formats begin with ASCII); UTF-8
/// by its mark or by being well-formed. Anything else is an "ANSI" file, which does not say in which code page it was
/// written: Windows-1252 is assumed, which keeps the ASCII part right in all of them. Errors, with the offset in
/// `bytes`: an odd number of bytes or a lone surrogate in UTF-16, UTF-16 with swapped bytes, a zero character,
/// malformed UTF-8 behind a UTF-8 mark.
Parsed<WindowsText> decode_windows_text(std::string_view bytes);

/// UTF-16LE as UTF-8; zero characters are kept. An error for an odd number of bytes and for a lone surrogate, with
/// its offset.
Parsed<std::string> utf8_from_utf16(std::string_view bytes);

/// One UTF-16LE unit. `offset` + 1 lies inside `bytes`.
inline char16_t utf16_unit(std::string_view bytes, std::size_t offset) {
  const auto low = static_cast<std::uint8_t>(bytes[offset]);
  const auto high = static_cast<std::uint8_t>(bytes[offset + 1]);
  return static_cast<char16_t>(low | (high << 8U));
}

}  // namespace polc::formats
