#include "runtime/backends/windows/iis_disk.hpp"

#include <windows.h>

#include <algorithm>

#include "runtime/backends/backend.hpp"
#include "runtime/backends/windows/handles.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/base/limits.hpp"

namespace polc::backends::windows {
namespace {

constexpr std::size_t kRootLength = 3;  // "C:/"

bool is_fixed_drive(const std::string& windows_path) {
  const auto root = os::wide_text(windows_path.substr(0, kRootLength));
  return windows_path.size() >= kRootLength && windows_path[1] == ':' && windows_path[2] == '\\' && root &&
         GetDriveTypeW(root->c_str()) == DRIVE_FIXED;
}

/// True when a part of the path is such a link.
bool passes_link(const std::string& path) {
  for (std::size_t end = path.find('/', kRootLength);; end = path.find('/', end + 1)) {
    const auto part = os::wide_text(path.substr(0, end));
    WIN32_FIND_DATAW found{};
    const HANDLE search = part ? FindFirstFileW(part->c_str(), &found) : INVALID_HANDLE_VALUE;
    if (search != INVALID_HANDLE_VALUE) {
      FindClose(search);
      if (may_leave_machine(found.dwFileAttributes, found.dwReserved0)) return true;
    }
    if (end == std::string::npos) return false;
  }
}

std::string joined(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + '/' + name;
}

IisFolder not_listed(DWORD error) {
  const bool missing = error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND;
  const bool denied = error == ERROR_ACCESS_DENIED;
  const auto status = missing  ? os::ReadStatus::NotFound
                      : denied ? os::ReadStatus::Denied
                               : os::ReadStatus::Failed;
  return {status, {}, os::error_text(error)};
}

using FileSearch = OwnedHandle<HANDLE, &FindClose>;

constexpr const char* kLink = "a symbolic link, which is not followed, is in the path";

}  // namespace

bool may_leave_machine(std::uint32_t attributes, std::uint32_t reparse_tag) {
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) return false;
  if (reparse_tag == 0) return true;
  return IsReparseTagNameSurrogate(reparse_tag) != 0 && reparse_tag != IO_REPARSE_TAG_MOUNT_POINT;
}

FixedDisks::FixedDisks() : files_(os::real_file_system()) {}

std::optional<std::string> FixedDisks::path_of(const std::string& windows_path) const {
  if (!is_fixed_drive(windows_path)) return std::nullopt;
  std::string path = windows_path;
  std::replace(path.begin(), path.end(), '\\', '/');
  if (path.size() > kRootLength && path.ends_with('/')) path.pop_back();
  return path;
}

std::string FixedDisks::windows_path_of(const std::string& path) const {
  std::string windows_path = path;
  std::replace(windows_path.begin(), windows_path.end(), '/', '\\');
  return windows_path;
}

os::ReadResult FixedDisks::read(const std::string& path, std::size_t max_bytes) const {
  if (passes_link(path)) return {os::ReadStatus::NotAFile, {}, kLink};
  return files_->read(path, max_bytes);
}

IisFolder FixedDisks::list(const std::string& path) const {
  if (passes_link(path)) return {os::ReadStatus::NotAFile, {}, kLink};
  const auto pattern = os::wide_text(path + "/*");
  if (!pattern) return {os::ReadStatus::Failed, {}, "the path is not UTF-8"};
  WIN32_FIND_DATAW found{};
  const HANDLE first = FindFirstFileExW(pattern->c_str(), FindExInfoBasic, &found, FindExSearchNameMatch,
                                        nullptr, FIND_FIRST_EX_LARGE_FETCH);
  if (first == INVALID_HANDLE_VALUE) return not_listed(GetLastError());
  const FileSearch search(first);
  IisFolder folder{os::ReadStatus::Ok, {}, {}};
  do {
    const std::string name = os::utf8_text(found.cFileName);
    if (name == "." || name == "..") continue;
    if (folder.entries.size() == limits::kFolderEntries)
      return {os::ReadStatus::TooLarge, {}, "too many entries"};
    // Links keep the kind that they say they are: nothing behind one is touched to find out.
    const bool is_folder = (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    folder.entries.push_back({joined(path, name), is_folder ? os::FileKind::Folder : os::FileKind::File});
  } while (FindNextFileW(search.get(), &found) != 0);
  const DWORD error = GetLastError();
  if (error != ERROR_NO_MORE_FILES) return not_listed(error);
  std::sort(folder.entries.begin(), folder.entries.end(),
            [](const TargetEntry& a, const TargetEntry& b) { return a.path < b.path; });
  return folder;
}

value::Origin FixedDisks::origin(const std::string& path) const {
  return {std::string(kLive), {}, 0, 0, windows_path_of(path)};
}

}  // namespace polc::backends::windows
