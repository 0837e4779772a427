// Access masks: generic mapping, names, text.
// Sources: [MS-DTYP] 2.4.3 (ACCESS_MASK), MicrosoftDocs/win32 "File Access Rights Constants", "Registry Key Security
// and Access Rights", .NET FileSystemRights and RegistryRights (names).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/resource.hpp"
#include "runtime/value/value.hpp"

namespace polc::value {

inline constexpr std::uint32_t kSynchronize = 0x00100000;

/// The mask in the form facts and constants have: generic bits (GENERIC_READ, ...) replaced by what they mean for
/// the class, SYNCHRONIZE removed. MAXIMUM_ALLOWED and ACCESS_SYSTEM_SECURITY stay.
std::uint32_t mapped_mask(std::uint32_t mask, ObjectClass object_class);

/// The same mask for the object itself, subfolders and files.
constexpr Rights rights_everywhere(std::uint32_t mask) {
  return Rights{mask, mask, mask};
}

/// Mask of a named right, ignoring case.
std::optional<std::uint32_t> find_right(ObjectClass object_class, std::string_view name);

/// "Modify", "Read | Write", "0x100000": the fewest names that make the mask exactly, else hexadecimal for the rest;
/// "0x0" for none.
std::string mask_text(std::uint32_t mask, ObjectClass object_class);

/// "Modify", "Modify on {self}", "FullControl on {self} | Read on {subfolders, files}".
std::string to_text(const Rights& rights, ObjectClass object_class);

}  // namespace polc::value
