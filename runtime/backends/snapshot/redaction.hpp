// What a snapshot must not hold: passwords, keys and what stands for them. The tables are in redaction.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/evidence.hpp"

namespace polc::backends::snapshot {

/// Why a value is not in a snapshot that was there on the host: Unknown(not collected), and the words.
value::Unknown withheld();

/// The secrets of one registry key: those that Windows and known products keep there, and everywhere texts and binary
/// data under a name that says so, and texts with a password inside (connection strings).
class SecretValues {
 public:
  /// `key_path` is canonical.
  explicit SecretValues(std::string_view key_path);

  bool holds(const value::RegistryValueEvidence& row) const;

 private:
  std::vector<std::string_view> names_;  ///< globs of value names
};

/// An IIS or .NET configuration file with value::kWithheld in the place of secrets, encrypted ones too: attributes
/// called password, values of settings whose name says so, connection strings with a password, machine keys and
/// enciphered sections. Lines stay where they are, and end in line feeds. nullopt for what is not well-formed XML, in
/// which secrets cannot be told.
std::optional<std::string> without_secrets(std::string_view xml);

}  // namespace polc::backends::snapshot
