// Reading single keys of the machine's registry: 64-bit view, never for writing, bounded. Windows only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "runtime/backends/windows/handles.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

/// A key, or why there is none: a number of winerror.h.
struct OpenedKey {
  KeyHandle key;
  std::uint32_t error = 0;
};

/// Opens a canonical key below HKLM or HKU (value::canonical_registry_key), with the right to list it; `access` for
/// another right. WOW6432Node is read where it is written; links are followed by Windows.
OpenedKey open_key(std::string_view canonical_path,
                   std::uint32_t access = KEY_QUERY_VALUE | KEY_ENUMERATE_SUB_KEYS);

/// The canonical path with its parts spelled as the open key's own name has them.
std::string spelled_path(HKEY key, std::string_view canonical_path);

/// One value while a key is listed. `bytes` is empty when there are more than `limits::kLiveValueBytes` of them.
struct ListedValue {
  std::wstring_view name;
  std::uint32_t type = 0;
  std::string_view bytes;
  std::uint64_t size = 0;  ///< bytes that there are
};

/// Calls `use` with every value until it gives false. Gives ERROR_NO_MORE_ITEMS when it came to the end, ERROR_SUCCESS
/// when `use` stopped it, ERROR_TOO_MANY_NAMES after `most` values, else the error that stopped it.
std::uint32_t list_values(HKEY key, const std::function<bool(const ListedValue&)>& use,
                          std::size_t most = limits::kLiveValuesPerKey);

/// The same for the names of subkeys.
std::uint32_t list_subkeys(HKEY key, const std::function<bool(std::wstring_view)>& use,
                           std::size_t most = limits::kLiveSubkeysPerKey);

/// The data of a listed value: too long and damaged ones are Unknown.
value::Reading<value::RegistryData> data_of(const ListedValue& value, value::OriginId origin);

/// One value of a key. Absent when the key or the value is not there.
value::Reading<value::RegistryData> stored_value(std::string_view canonical_path, std::string_view name);

/// Whether what stands first below HKLM or HKU can be opened: without it nothing below is known to be missing.
bool hive_is_loaded(std::string_view canonical_path);

/// What would help to read a key that is denied: "administrator", "LocalSystem".
std::string_view privilege_for_key(std::string_view canonical_path);

}  // namespace polc::backends::windows
