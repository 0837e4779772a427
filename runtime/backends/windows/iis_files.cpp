// Configuration files of IIS on the fixed disks of the machine.
#include <windows.h>

#include <array>

#include "runtime/backends/iis/configuration_files.hpp"
#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/iis_disk.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/registry_keys.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

using value::Reading;

/// "10.0" of its two numbers.
Reading<std::string> iis_version(value::Evidence& evidence) {
  constexpr std::string_view kKey = "HKLM\\SOFTWARE\\Microsoft\\InetStp";
  const value::OriginId origin = add_origin(evidence, std::string(kKey) + "\\MajorVersion");
  std::string version;
  for (const char* name : {"MajorVersion", "MinorVersion"}) {
    const auto part = stored_value(kKey, name);
    if (!part.present()) return {part.status, {}, part.unknown, origin};
    if (part.value.type != value::RegistryType::Dword)
      return Reading<std::string>::unreadable(
          {value::UnknownReason::Corrupt, {}, std::string(name) + " is no DWORD"}, origin);
    version += (version.empty() ? "" : ".") + std::to_string(std::get<std::uint64_t>(part.value.data));
  }
  return Reading<std::string>::of(std::move(version), origin);
}

}  // namespace

void read_iis(value::Evidence& evidence, const IisDisk& disk, const std::string& windows_folder) {
  auto& section = evidence.iis.files;
  section.origin = add_origin(evidence, "IIS configuration");
  IisConfigurationFiles files(disk, evidence);
  if (!files.add_server(windows_folder + "/System32/inetsrv/config", kIisServerFile)) {
    section.object_missing = true;
    section.rows.clear();
    return;
  }
  files.add_framework(windows_folder + "/Microsoft.NET/Framework64/v4.0.30319/CONFIG");
  files.add_directories();
}

void collect_iis(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::Iis)) return;
  std::array<wchar_t, MAX_PATH> folder{};
  if (GetSystemWindowsDirectoryW(folder.data(), static_cast<UINT>(folder.size())) == 0) {
    evidence.iis.files.collected = true;
    leave_open(evidence.iis.files, failure("GetSystemWindowsDirectoryW", GetLastError()));
    return;
  }
  const FixedDisks disks;
  const auto windows_folder = disks.path_of(os::utf8_text(folder.data()));
  if (!windows_folder) {
    evidence.iis.files.collected = true;
    leave_open(evidence.iis.files, {value::UnknownReason::Unsupported, {}, "Windows is on no fixed drive"});
    return;
  }
  read_iis(evidence, disks, *windows_folder);
  evidence.iis.version = iis_version(evidence);
}

}  // namespace polc::backends::windows
