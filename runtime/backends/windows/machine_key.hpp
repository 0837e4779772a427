// One key of HKEY_LOCAL_MACHINE, read whole for collectors that need some settings of Windows. Windows only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

struct MachineValue {
  std::wstring name;
  std::uint32_t type = 0;  ///< REG_SZ, ...
  std::vector<std::uint8_t> data;
};

enum class KeyParts : std::uint8_t { Values, Subkeys };

/// Present: all values or all subkeys (never some of them). Absent: there is no such key. Unknown: `unknown`.
struct MachineKey {
  value::FactStatus status = value::FactStatus::Unknown;
  value::Unknown unknown;
  std::string path;  ///< 'HKLM\...'
  std::vector<MachineValue> values;
  std::vector<std::wstring> subkeys;

  bool present() const { return status == value::FactStatus::Present; }

  /// A DWORD. Absent when the key or the value is.
  value::Reading<std::uint32_t> dword(std::string_view name, value::OriginId origin) const;
};

/// Reads a key by its path below HKEY_LOCAL_MACHINE, in the 64-bit view.
MachineKey read_machine_key(std::string_view path, KeyParts parts);

/// The characters of REG_SZ or REG_EXPAND_SZ data, without the zero at the end; nullopt for other types and odd sizes.
std::optional<std::wstring> text_data(const MachineValue& value);

}  // namespace polc::backends::windows
