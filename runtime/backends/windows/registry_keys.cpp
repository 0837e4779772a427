#include "runtime/backends/windows/registry_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "runtime/backends/windows/text.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/registry_data.hpp"

namespace polc::backends::windows {
namespace {

using value::Reading;
using value::RegistryData;
using value::UnknownReason;

// Microsoft Learn, "Registry element size limits": without the zero at the end.
constexpr std::size_t kKeyNameUnits = 255;
constexpr std::size_t kValueNameUnits = 16383;

constexpr std::size_t kPathUnits = 32768;

/// How often a value may grow between asking for its size and reading it.
constexpr int kGrowthTries = 8;

/// "HKU\S-1-5-18\X" is asked for as ".DEFAULT\X": every Windows has that name.
std::string below_hive(std::string_view path) {
  constexpr std::string_view kSystemUser = "HKU\\S-1-5-18";
  const std::string_view rest = path.substr(std::min(path.size(), kSystemUser.size()));
  if (base::equal_folded(path.substr(0, kSystemUser.size()), kSystemUser) &&
      (rest.empty() || rest[0] == '\\')) {
    return ".DEFAULT" + std::string(rest);
  }
  const std::size_t cut = path.find('\\');
  return cut == std::string_view::npos ? std::string() : std::string(path.substr(cut + 1));
}

HKEY hive_of(std::string_view path) {
  const std::string_view hive = path.substr(0, path.find('\\'));
  if (base::equal_folded(hive, "HKLM")) return HKEY_LOCAL_MACHINE;
  return base::equal_folded(hive, "HKU") ? HKEY_USERS : nullptr;
}

/// From the last part on, as long as the two paths differ in case only: a link leads to a key with another beginning.
std::string with_spelling(std::string path, std::string_view own) {
  std::size_t end = path.size();
  for (;;) {
    const std::size_t part = path.rfind('\\', end - 1), own_part = own.rfind('\\');
    if (part == std::string::npos || own_part == std::string_view::npos) return path;
    const std::string_view spelled = own.substr(own_part + 1);
    if (!base::equal_folded(std::string_view(path).substr(part + 1, end - part - 1), spelled)) return path;
    path.replace(part + 1, end - part - 1, spelled);
    own = own.substr(0, own_part);
    end = part;
  }
}

/// A value at an index, its data in `data`. ERROR_MORE_DATA: longer than is read, `size` says how long.
struct ValueBuffer {
  std::vector<wchar_t> name = std::vector<wchar_t>(kValueNameUnits + 1);
  std::vector<std::uint8_t> data;
  DWORD units = 0, type = 0, size = 0;

  LSTATUS ask(HKEY key, DWORD index, std::uint8_t* bytes) {
    units = static_cast<DWORD>(name.size());
    return RegEnumValueW(key, index, name.data(), &units, nullptr, &type, bytes, &size);
  }

  std::uint32_t read(HKEY key, DWORD index) {
    for (int i = 0; i < kGrowthTries; ++i) {
      size = 0;
      LSTATUS error = ask(key, index, nullptr);
      if (error != ERROR_SUCCESS && error != ERROR_MORE_DATA) return static_cast<std::uint32_t>(error);
      if (size > limits::kLiveValueBytes) return ERROR_MORE_DATA;
      data.resize(std::max<std::size_t>(size, 1));
      size = static_cast<DWORD>(data.size());
      error = ask(key, index, data.data());
      if (error != ERROR_MORE_DATA) return static_cast<std::uint32_t>(error);
    }
    return ERROR_RETRY;
  }
};

}  // namespace

OpenedKey open_key(std::string_view canonical_path, std::uint32_t access) {
  const HKEY hive = hive_of(canonical_path);
  const auto path = os::wide_text(below_hive(canonical_path));
  if (hive == nullptr || !path) return {{}, ERROR_INVALID_NAME};
  HKEY key = nullptr;
  const LSTATUS error = RegOpenKeyExW(hive, path->c_str(), 0, access | KEY_WOW64_64KEY, &key);
  return {KeyHandle(error == ERROR_SUCCESS ? key : nullptr), static_cast<std::uint32_t>(error)};
}

// Documented for drivers as ZwQueryKey: "KEY_NAME_INFORMATION structure" on Microsoft Learn. Without it names stay as
// they were asked for.
std::string spelled_path(HKEY key, std::string_view canonical_path) {
  using QueryKey = LONG(NTAPI*)(HANDLE, int, void*, ULONG, ULONG*);
  constexpr int kNameInformation = 3;
  static const auto query = reinterpret_cast<QueryKey>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQueryKey")));
  std::vector<ULONG> buffer(kPathUnits);  // a length in bytes, then the name
  ULONG used = 0;
  std::string path(canonical_path);
  if (query == nullptr ||
      query(key, kNameInformation, buffer.data(), static_cast<ULONG>(buffer.size() * sizeof(ULONG)), &used) !=
          0 ||
      buffer[0] > (buffer.size() - 1) * sizeof(ULONG)) {
    return path;
  }
  const auto* name = reinterpret_cast<const wchar_t*>(buffer.data() + 1);
  const auto own = exact_text({name, buffer[0] / sizeof(wchar_t)});
  return own ? with_spelling(std::move(path), *own) : path;
}

std::uint32_t list_values(HKEY key, const std::function<bool(const ListedValue&)>& use, std::size_t most) {
  ValueBuffer buffer;
  for (DWORD index = 0;; ++index) {
    const std::uint32_t error = buffer.read(key, index);
    if (error != ERROR_SUCCESS && error != ERROR_MORE_DATA) return error;
    if (index == most) return ERROR_TOO_MANY_NAMES;
    ListedValue value{{buffer.name.data(), buffer.units}, buffer.type, {}, buffer.size};
    if (error == ERROR_SUCCESS)
      value.bytes = {reinterpret_cast<const char*>(buffer.data.data()), buffer.size};
    if (!use(value)) return ERROR_SUCCESS;
  }
}

std::uint32_t list_subkeys(HKEY key, const std::function<bool(std::wstring_view)>& use, std::size_t most) {
  wchar_t name[kKeyNameUnits + 1];
  for (DWORD index = 0;; ++index) {
    DWORD units = kKeyNameUnits + 1;
    const LSTATUS error = RegEnumKeyExW(key, index, name, &units, nullptr, nullptr, nullptr, nullptr);
    if (error != ERROR_SUCCESS) return static_cast<std::uint32_t>(error);
    if (index == most) return ERROR_TOO_MANY_NAMES;
    if (!use({name, units})) return ERROR_SUCCESS;
  }
}

Reading<RegistryData> data_of(const ListedValue& value, value::OriginId origin) {
  if (value.size > limits::kLiveValueBytes) {
    const auto limit =
        fmt::format("{} bytes, of which a value may have {}", value.size, limits::kLiveValueBytes);
    return Reading<RegistryData>::unreadable({UnknownReason::Budget, {}, limit}, origin);
  }
  auto data = formats::registry_data(value.type, value.bytes);
  if (data) return Reading<RegistryData>::of(std::move(*data), origin);
  return Reading<RegistryData>::unreadable({UnknownReason::Corrupt, {}, data.error().what}, origin);
}

Reading<RegistryData> stored_value(std::string_view canonical_path, std::string_view name) {
  const OpenedKey opened = open_key(canonical_path, KEY_QUERY_VALUE);
  if (opened.error == ERROR_FILE_NOT_FOUND) return Reading<RegistryData>::absent();
  if (opened.error != ERROR_SUCCESS) {
    return Reading<RegistryData>::unreadable(
        failure("RegOpenKeyEx", opened.error, privilege_for_key(canonical_path)));
  }
  const auto wide_name = os::wide_text(name).value_or(std::wstring());
  DWORD type = 0, size = 0;
  std::vector<std::uint8_t> bytes;
  LSTATUS error = ERROR_MORE_DATA;
  for (int i = 0; i < kGrowthTries && error == ERROR_MORE_DATA && size <= limits::kLiveValueBytes; ++i) {
    bytes.resize(std::max<std::size_t>(size, 64));
    size = static_cast<DWORD>(bytes.size());
    error = RegQueryValueExW(opened.key.get(), wide_name.c_str(), nullptr, &type, bytes.data(), &size);
  }
  if (error == ERROR_FILE_NOT_FOUND) return Reading<RegistryData>::absent();
  if (error != ERROR_SUCCESS) {
    return Reading<RegistryData>::unreadable(failure("RegQueryValueEx", static_cast<std::uint32_t>(error)));
  }
  return data_of({wide_name, type, {reinterpret_cast<const char*>(bytes.data()), size}, size}, 0);
}

bool hive_is_loaded(std::string_view canonical_path) {
  const std::size_t first = canonical_path.find('\\');
  if (first == std::string_view::npos) return true;
  return open_key(canonical_path.substr(0, canonical_path.find('\\', first + 1)), KEY_QUERY_VALUE).error ==
         ERROR_SUCCESS;
}

std::string_view privilege_for_key(std::string_view canonical_path) {
  for (const std::string_view hive : {"HKLM\\SAM", "HKLM\\SECURITY"}) {
    if (base::equal_folded(canonical_path.substr(0, hive.size()), hive)) return "LocalSystem";
  }
  return "administrator";
}

}  // namespace polc::backends::windows
