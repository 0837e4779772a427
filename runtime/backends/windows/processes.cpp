#include "runtime/backends/windows/processes.hpp"

// After windows.h, which it needs.
#include <tlhelp32.h>

#include <algorithm>

#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/principals.hpp"
#include "runtime/backends/windows/services.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/os/windows/handle.hpp"

namespace polc::backends::windows {
namespace {

using Text = value::Reading<std::string>;
using value::Unknown;
using value::UnknownReason;

constexpr DWORD kNobody = 0;
constexpr DWORD kSystemProcess = 4;
constexpr DWORD kPathCharacters = 32768;
/// SIDs of services; S-1-5-80-0 stands for all of them.
constexpr std::string_view kServiceSids = "S-1-5-80-";

std::map<DWORD, std::wstring> running_programs() {
  std::map<DWORD, std::wstring> names;
  const os::WindowsHandle snapshot(CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
  if (!snapshot) return names;
  PROCESSENTRY32W entry{};
  entry.dwSize = sizeof entry;
  for (BOOL more = Process32FirstW(snapshot.get(), &entry); more != 0;
       more = Process32NextW(snapshot.get(), &entry)) {
    names.emplace(entry.th32ProcessID, entry.szExeFile);
  }
  return names;
}

/// Whether the token of a process carries the SID of a service; nullopt, and the error, when it cannot be read.
std::optional<bool> acts_for_service(HANDLE process, DWORD& error) {
  HANDLE handle = nullptr;
  error = OpenProcessToken(process, TOKEN_QUERY, &handle) != 0 ? ERROR_SUCCESS : GetLastError();
  if (error != ERROR_SUCCESS) return std::nullopt;
  const os::WindowsHandle token(handle);
  DWORD size = 0;
  GetTokenInformation(handle, TokenGroups, nullptr, 0, &size);
  std::vector<BYTE> buffer(std::max<std::size_t>(size, sizeof(TOKEN_GROUPS)));
  if (GetTokenInformation(handle, TokenGroups, buffer.data(), static_cast<DWORD>(buffer.size()), &size) ==
      0) {
    error = GetLastError();
    return std::nullopt;
  }
  const auto* groups = reinterpret_cast<const TOKEN_GROUPS*>(buffer.data());
  return std::any_of(
      groups->Groups, groups->Groups + groups->GroupCount,
      [](const SID_AND_ATTRIBUTES& group) { return sid_text(group.Sid).starts_with(kServiceSids); });
}

}  // namespace

Processes::Processes() : services_(services_by_process()), file_names_(running_programs()) {}

Text Processes::program(DWORD process_id, value::OriginId origin) {
  Text text = owner(process_id).program;
  text.origin = origin;
  return text;
}

Text Processes::service(DWORD process_id, value::OriginId origin) {
  Text text = owner(process_id).service;
  text.origin = origin;
  return text;
}

const Processes::Owner& Processes::owner(DWORD process_id) {
  const auto found = known_.find(process_id);
  if (found != known_.end()) return found->second;
  if (process_id == kSystemProcess) return known_[process_id] = {Text::of("System"), Text::absent()};
  if (process_id == kNobody) {
    const Unknown why{UnknownReason::Unsupported, {}, "the system does not tell the owner of the socket"};
    return known_[process_id] = {Text::unreadable(why), Text::unreadable(why)};
  }
  const os::WindowsHandle process(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process_id));
  const DWORD error = process ? ERROR_SUCCESS : GetLastError();
  return known_[process_id] = {find_program(process_id, process.get(), error),
                               find_service(process_id, process.get(), error)};
}

Text Processes::find_program(DWORD process_id, HANDLE process, DWORD error) const {
  std::wstring path(kPathCharacters, L'\0');
  DWORD units = kPathCharacters;
  if (error == ERROR_SUCCESS && QueryFullProcessImageNameW(process, 0, path.data(), &units) != 0)
    return text_reading(std::wstring_view(path).substr(0, units), 0);
  const auto name = file_names_.find(process_id);
  if (name != file_names_.end()) return text_reading(name->second, 0);
  return Text::unreadable(failure("OpenProcess", error, kAdministrator));
}

Text Processes::find_service(DWORD process_id, HANDLE process, DWORD error) const {
  const auto hosted = services_.find(process_id);
  if (hosted != services_.end() && hosted->second.size() == 1) return text_reading(hosted->second.front(), 0);
  if (hosted != services_.end()) {
    std::string names;
    for (const std::wstring& name : hosted->second)
      names += (names.empty() ? "" : ", ") + os::utf8_text(name);
    return Text::unreadable({UnknownReason::Unsupported, {}, "one process hosts several services: " + names});
  }
  if (error != ERROR_SUCCESS) return Text::unreadable(failure("OpenProcess", error, kAdministrator));
  const auto acts = acts_for_service(process, error);
  if (!acts) return Text::unreadable(failure("OpenProcessToken", error, kAdministrator));
  if (!*acts) return Text::absent();
  return Text::unreadable(
      {UnknownReason::Unsupported, {}, "the process acts for a service that it does not host"});
}

}  // namespace polc::backends::windows
