// How a path of ours becomes one that Windows takes literally. Pure text, so it is tested on every system.
#pragma once

#include <string>
#include <string_view>

namespace polc::os {

/// Exactly one of the two is set.
struct WindowsPath {
  std::string verbatim;  ///< UTF-8, `\\?\C:\folder\file` or `\\?\UNC\server\share\file`
  std::string refusal;   ///< why no file can have that name: "it names a device"
};

/// Windows reads meaning into ordinary paths: NUL and COM1 are devices in every folder, `a:b` is a stream of `a`,
/// final dots and spaces vanish, 260 characters are the limit. The verbatim form knows none of that, and what would
/// have meant something else is refused. `path` is UTF-8 with either separator, relative to `working_folder`, which
/// is absolute; `C:name` is `C:\name`. What begins with `\\?\` is passed on as typed (a shadow copy is reached that
/// way), with `\\.\` refused.
/// Source: "Naming Files, Paths, and Namespaces", learn.microsoft.com/windows/win32/fileio/naming-a-file.
WindowsPath windows_path(std::string_view path, std::string_view working_folder);

/// The opposite: `\\?\UNC\server\share` -> "//server/share", `\\?\C:\a` -> "C:/a".
std::string portable_path(std::string_view windows);

}  // namespace polc::os
