// Numbers in the byte order of every Windows file. The caller has checked that the bytes are there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace polc::formats {

template <class Number>
constexpr Number little_endian(std::string_view bytes, std::size_t offset) {
  Number number = 0;
  for (std::size_t i = sizeof(Number); i > 0; --i) {
    number = static_cast<Number>(static_cast<std::uint64_t>(number) << 8U |
                                 static_cast<std::uint8_t>(bytes[offset + i - 1]));
  }
  return number;
}

inline std::uint16_t le16(std::string_view bytes, std::size_t offset) {
  return little_endian<std::uint16_t>(bytes, offset);
}
inline std::uint32_t le32(std::string_view bytes, std::size_t offset) {
  return little_endian<std::uint32_t>(bytes, offset);
}
inline std::uint64_t le64(std::string_view bytes, std::size_t offset) {
  return little_endian<std::uint64_t>(bytes, offset);
}

}  // namespace polc::formats
