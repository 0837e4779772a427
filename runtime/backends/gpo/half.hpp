// Where the two halves of a Group Policy object go: Machine to HKLM, User to the hive of everybody it applies to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polc::backends::gpo {

enum class Half : std::uint8_t { Machine, User };

/// The folder of a half.
constexpr std::string_view folder_of(Half half) {
  return half == Half::Machine ? "Machine" : "User";
}

/// The pseudo user that stands for everybody a policy applies to.
inline constexpr std::string_view kEverybody = "Default";

/// Canonical key of a path without hive in a Registry.pol; nullopt for what can be no key.
std::optional<std::string> key_in_half(Half half, std::string_view path);

/// Canonical key of 'HKEY_CURRENT_USER\...' and its kin; in the machine's half the current user is LocalSystem.
std::optional<std::string> key_in_hive(Half half, std::string_view hive, std::string_view path);

}  // namespace polc::backends::gpo
