// Registry keys of a hive as evidence, and their access lists.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/backends/hive/hive_reader.hpp"
#include "runtime/backends/plan_slice.hpp"

namespace polc::backends::hive {

struct RegistryPlace {
  std::string prefix;                     ///< canonical key that the hive's root is: "HKLM\SYSTEM"
  std::uint32_t current_control_set = 1;  ///< SYSTEM only: which ControlSet00n is CurrentControlSet
  std::string user;                       ///< of a user's hive: the SID, or "Default"
};

/// Brings the keys that `slice` names with what is above them, or all keys for nullptr: each key with its subkeys,
/// and the named ones with their values. A key below one that could not be read whole is Unknown(corrupt).
void read_registry(HiveReader& reader, const RegistryPlace& place, const PlanSlice* slice);

/// Every key of a hive whose place is not known for certain is Unknown, and why.
void refuse_registry(value::Evidence& evidence, const std::string& path, value::Unknown why);

}  // namespace polc::backends::hive
