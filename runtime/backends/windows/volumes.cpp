// Fixed volumes that have a place where files can be found.
#include <array>
#include <string>
#include <vector>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/handles.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

constexpr DWORD kVolumeNameCharacters = MAX_PATH;

using VolumeSearch = OwnedHandle<HANDLE, &FindVolumeClose>;

/// The first drive or folder where a volume is mounted; "" when there is none, as for the partition Windows starts from.
std::wstring mount_point(const wchar_t* volume, DWORD& error) {
  std::vector<wchar_t> names;
  DWORD units = kVolumeNameCharacters;
  error = read_growing(ERROR_MORE_DATA, [&] {
    names.resize(units);
    const auto room = static_cast<DWORD>(names.size());
    return GetVolumePathNamesForVolumeNameW(volume, names.data(), room, &units) != 0 ? ERROR_SUCCESS
                                                                                     : GetLastError();
  });
  return error == ERROR_SUCCESS ? std::wstring(names.data()) : std::wstring();
}

/// 'C:' of 'C:\'; 'C:\Data' of 'C:\Data\'.
std::string volume_name(std::wstring mounted) {
  if (mounted.ends_with(L'\\')) mounted.pop_back();
  return os::utf8_text(mounted);
}

bool add_volume(value::Evidence& evidence, const std::wstring& mounted) {
  std::array<wchar_t, MAX_PATH + 1> filesystem{};
  value::VolumeRow row;
  row.name = volume_name(mounted);
  row.origin = add_origin(evidence, "volume " + row.name);
  if (GetVolumeInformationW(mounted.c_str(), nullptr, 0, nullptr, nullptr, nullptr, filesystem.data(),
                            static_cast<DWORD>(filesystem.size())) == 0) {
    leave_open(evidence.volumes, failure("GetVolumeInformationW of " + row.name, GetLastError()));
    return true;
  }
  row.filesystem = os::utf8_text(filesystem.data());
  row.encrypted = value::Reading<bool>::unreadable(
      {value::UnknownReason::Unsupported, {}, "Windows tells the state of BitLocker through WMI alone"},
      row.origin);
  return add_row(evidence.volumes, std::move(row));
}

/// False when the table is full.
bool look_at(value::Evidence& evidence, const wchar_t* volume) {
  DWORD error = ERROR_SUCCESS;
  const std::wstring mounted = mount_point(volume, error);
  if (error != ERROR_SUCCESS)
    leave_open(evidence.volumes, failure("GetVolumePathNamesForVolumeNameW", error));
  if (mounted.empty() || GetDriveTypeW(mounted.c_str()) != DRIVE_FIXED) return true;
  return add_volume(evidence, mounted);
}

}  // namespace

void collect_volumes(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::Volumes)) return;
  auto& section = evidence.volumes;
  section.collected = true;
  section.origin = add_origin(evidence, "volumes");
  std::array<wchar_t, kVolumeNameCharacters> name{};
  const HANDLE first = FindFirstVolumeW(name.data(), kVolumeNameCharacters);
  if (first == INVALID_HANDLE_VALUE) return leave_open(section, failure("FindFirstVolumeW", GetLastError()));
  const VolumeSearch search(first);
  do {
    if (!look_at(evidence, name.data())) return;
  } while (FindNextVolumeW(search.get(), name.data(), kVolumeNameCharacters) != 0);
  const DWORD error = GetLastError();
  if (error != ERROR_NO_MORE_FILES) leave_open(section, failure("FindNextVolumeW", error));
  close(section);
}

}  // namespace polc::backends::windows
