#include "runtime/backends/windows/machine_key.hpp"

#include <windows.h>

#include <algorithm>
#include <cstring>

#include "runtime/backends/windows/handles.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"

namespace polc::backends::windows {
namespace {

using value::FactStatus;
using value::Reading;
using value::UnknownReason;

constexpr std::size_t kNameCharacters = 16384;  // of a value, with its zero; keys have fewer

/// One value, with room for what it holds now. What is too large for a rule of the firewall is left as ERROR_MORE_DATA.
LSTATUS read_value(HKEY key, DWORD index, MachineValue& out) {
  constexpr DWORD kMost = limits::kFirewallRuleBytes * sizeof(wchar_t);
  std::vector<wchar_t> name(kNameCharacters);
  DWORD room = 1024;
  DWORD units = 0;
  DWORD size = 0;
  const auto status = read_growing(ERROR_MORE_DATA, [&] {
    room = std::min(std::max(size, room), kMost);
    out.data.resize(room);
    units = static_cast<DWORD>(name.size());
    size = room;
    DWORD type = 0;
    const LSTATUS answer =
        RegEnumValueW(key, index, name.data(), &units, nullptr, &type, out.data.data(), &size);
    out.type = type;
    return static_cast<std::uint32_t>(answer);
  });
  if (status != ERROR_SUCCESS) return static_cast<LSTATUS>(status);
  out.name.assign(name.data(), units);
  out.data.resize(size);
  return ERROR_SUCCESS;
}

LSTATUS read_values(HKEY key, std::vector<MachineValue>& values) {
  for (DWORD index = 0; index < limits::kLiveRows; ++index) {
    MachineValue value;
    const LSTATUS status = read_value(key, index, value);
    if (status == ERROR_NO_MORE_ITEMS) return ERROR_SUCCESS;
    if (status != ERROR_SUCCESS) return status;
    values.push_back(std::move(value));
  }
  return ERROR_MORE_DATA;
}

LSTATUS read_subkeys(HKEY key, std::vector<std::wstring>& subkeys) {
  std::vector<wchar_t> name(kNameCharacters);
  for (DWORD index = 0; index < limits::kLiveRows; ++index) {
    DWORD units = static_cast<DWORD>(name.size());
    const LSTATUS status = RegEnumKeyExW(key, index, name.data(), &units, nullptr, nullptr, nullptr, nullptr);
    if (status == ERROR_NO_MORE_ITEMS) return ERROR_SUCCESS;
    if (status != ERROR_SUCCESS) return status;
    subkeys.emplace_back(name.data(), units);
  }
  return ERROR_MORE_DATA;
}

}  // namespace

Reading<std::uint32_t> MachineKey::dword(std::string_view name, value::OriginId origin) const {
  using Number = Reading<std::uint32_t>;
  if (status == FactStatus::Absent) return Number::absent(origin);
  if (!present()) return Number::unreadable(unknown, origin);
  const auto found = std::find_if(values.begin(), values.end(), [&](const MachineValue& value) {
    return base::equal_folded(os::utf8_text(value.name), name);
  });
  if (found == values.end()) return Number::absent(origin);
  std::uint32_t number = 0;
  if (found->type != REG_DWORD || found->data.size() != sizeof number)
    return Number::unreadable({UnknownReason::Corrupt, {}, std::string(name) + " is no DWORD"}, origin);
  std::memcpy(&number, found->data.data(), sizeof number);
  return Number::of(number, origin);
}

MachineKey read_machine_key(std::string_view path, KeyParts parts) {
  MachineKey key;
  key.path = "HKLM\\" + std::string(path);
  const auto wide = os::wide_text(path);
  HKEY handle = nullptr;
  const DWORD access =
      KEY_WOW64_64KEY | (parts == KeyParts::Values ? KEY_QUERY_VALUE : KEY_ENUMERATE_SUB_KEYS);
  LSTATUS status = wide ? RegOpenKeyExW(HKEY_LOCAL_MACHINE, wide->c_str(), 0, access, &handle)
                        : static_cast<LSTATUS>(ERROR_INVALID_NAME);
  if (status == ERROR_FILE_NOT_FOUND) {
    key.status = FactStatus::Absent;
    return key;
  }
  if (status != ERROR_SUCCESS) {
    key.unknown = failure("RegOpenKeyExW", static_cast<std::uint32_t>(status), kAdministrator);
    return key;
  }
  const KeyHandle owned(handle);
  status = parts == KeyParts::Values ? read_values(handle, key.values) : read_subkeys(handle, key.subkeys);
  if (status == ERROR_SUCCESS) {
    key.status = FactStatus::Present;
  } else {
    key.unknown = status == ERROR_MORE_DATA ? over_limit("can be read of " + key.path)
                                            : failure("enumerating " + key.path,
                                                      static_cast<std::uint32_t>(status), kAdministrator);
    key.values.clear();
    key.subkeys.clear();
  }
  return key;
}

std::optional<std::wstring> text_data(const MachineValue& value) {
  if ((value.type != REG_SZ && value.type != REG_EXPAND_SZ) || value.data.size() % sizeof(wchar_t) != 0)
    return std::nullopt;
  std::wstring text(value.data.size() / sizeof(wchar_t), L'\0');
  std::memcpy(text.data(), value.data.data(), value.data.size());
  if (!text.empty() && text.back() == L'\0') text.pop_back();
  return text;
}

}  // namespace polc::backends::windows
