// Bytes of Windows files, put together by hand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/base/text.hpp"

namespace polc::test {

/// UTF-8 as UTF-16LE, without a mark.
inline std::string utf16(std::string_view text) {
  std::string bytes;
  const auto unit = [&](std::uint32_t u) {
    bytes += static_cast<char>(u & 0xFFU);
    bytes += static_cast<char>(u >> 8U & 0xFFU);
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto point = base::decode_utf8(text, i).value();
    i += point.length;
    if (point.value < 0x10000) {
      unit(point.value);
    } else {
      unit(0xD800 + ((point.value - 0x10000) >> 10U));
      unit(0xDC00 + ((point.value - 0x10000) & 0x3FFU));
    }
  }
  return bytes;
}

/// The same as a file, with its byte order mark.
inline std::string utf16_file(std::string_view ascii) {
  return "\xFF\xFE" + utf16(ascii);
}

/// A number of four bytes, lowest first.
inline std::string dword(std::uint32_t number) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(number >> (8 * i) & 0xFFU));
  return bytes;
}

inline constexpr std::string_view kPolHeader{"PReg\1\0\0\0", 8};

/// [key;value;type;size;data] of a Registry.pol; `data` are bytes.
inline std::string pol_entry(std::string_view key, std::string_view value, std::uint32_t type,
                             std::string_view data) {
  const std::string zero(2, '\0');
  return utf16("[") + utf16(key) + zero + utf16(";") + utf16(value) + zero + utf16(";") + dword(type) +
         utf16(";") + dword(static_cast<std::uint32_t>(data.size())) + utf16(";") + std::string(data) +
         utf16("]");
}

/// A DWORD value.
inline std::string pol_entry(std::string_view key, std::string_view value, std::uint32_t number) {
  return pol_entry(key, value, 4, dword(number));
}

/// A whole file.
inline std::string pol_file(std::string_view entries) {
  return std::string(kPolHeader).append(entries);
}

}  // namespace polc::test
