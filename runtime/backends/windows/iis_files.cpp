// Configuration files of IIS on the fixed disks of the machine.
#include <windows.h>

#include <array>

#include "runtime/backends/iis/configuration_files.hpp"
#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/iis_disk.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/machine_key.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

using value::Reading;

Reading<std::string> iis_version(value::Evidence& evidence) {
  const MachineKey key = read_machine_key("SOFTWARE\\Microsoft\\InetStp", KeyParts::Values);
  const value::OriginId origin = add_origin(evidence, key.path + "\\MajorVersion");
  const auto major = key.dword("MajorVersion", origin);
  const auto minor = key.dword("MinorVersion", origin);
  for (const auto* part : {&major, &minor}) {
    if (!part->present()) return {part->status, {}, part->unknown, origin};
  }
  return Reading<std::string>::of(std::to_string(major.value) + '.' + std::to_string(minor.value), origin);
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
