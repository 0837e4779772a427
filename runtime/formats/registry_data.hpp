// The data of registry values: from the type number and the bytes that the registry, Registry.pol and hexadecimal
// .reg lines hold (https://learn.microsoft.com/windows/win32/sysinfo/registry-value-types).
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/formats/parse_error.hpp"
#include "runtime/value/value.hpp"

namespace polc::formats {

/// Type numbers of winnt.h that have a RegistryType of their own.
inline constexpr std::uint32_t kRegNone = 0;
inline constexpr std::uint32_t kRegSz = 1;
inline constexpr std::uint32_t kRegExpandSz = 2;
inline constexpr std::uint32_t kRegBinary = 3;
inline constexpr std::uint32_t kRegDword = 4;
inline constexpr std::uint32_t kRegMultiSz = 7;
inline constexpr std::uint32_t kRegQword = 11;

/// Texts are UTF-16LE and end at their first zero or with the data, as programs read them; of a list, an empty text
/// at its end is the list's own end ("\0\0" is [""], "\0" and nothing are []). Any other type number is kept with its
/// bytes. An error, with the offset in `bytes`, for numbers of another size than their type has and for text that is
/// no UTF-16.
Parsed<value::RegistryData> registry_data(std::uint32_t type, std::string_view bytes);

}  // namespace polc::formats
