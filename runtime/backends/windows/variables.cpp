#include <array>

#include "runtime/backends/windows/host_parts.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::windows {
namespace {

using Variables = std::map<std::string, std::string>;

struct Source {
  const char* variable;
  const char* key;
  const char* value;
};

constexpr const char* kCurrentVersion = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion";
constexpr const char* kProfileList = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList";

// Where Windows itself takes them from. The plain ones are those of 64-bit programs.
constexpr std::array kSources{
    Source{"PROGRAMFILES", kCurrentVersion, "ProgramFilesDir"},
    Source{"PROGRAMW6432", kCurrentVersion, "ProgramFilesDir"},
    Source{"PROGRAMFILES(X86)", kCurrentVersion, "ProgramFilesDir (x86)"},
    Source{"COMMONPROGRAMFILES", kCurrentVersion, "CommonFilesDir"},
    Source{"COMMONPROGRAMW6432", kCurrentVersion, "CommonFilesDir"},
    Source{"COMMONPROGRAMFILES(X86)", kCurrentVersion, "CommonFilesDir (x86)"},
    Source{"PROGRAMDATA", kProfileList, "ProgramData"},
    Source{"ALLUSERSPROFILE", kProfileList, "ProgramData"},
    Source{"PUBLIC", kProfileList, "Public"},
};

void add_windows_folder(Variables& variables) {
  wchar_t folder[MAX_PATH];
  const UINT units = GetSystemWindowsDirectoryW(folder, MAX_PATH);
  const auto path = units < MAX_PATH ? exact_text({folder, units}) : std::nullopt;
  if (!path || path->size() < 2) return;
  variables["SYSTEMROOT"] = variables["WINDIR"] = *path;
  variables["SYSTEMDRIVE"] = path->substr(0, 2);
}

}  // namespace

std::map<std::string, std::string> machine_variables() {
  Variables variables;
  add_windows_folder(variables);
  for (const Source& source : kSources) {
    const auto data = stored_value(source.key, source.value);
    const auto* text = data.present() ? std::get_if<std::string>(&data.value.data) : nullptr;
    const auto canonical = text == nullptr ? std::nullopt : value::canonical_file_path(*text);
    const auto path = canonical ? value::expand_variables(*canonical, variables) : std::nullopt;
    if (path) variables[source.variable] = *path;
  }
  return variables;
}

}  // namespace polc::backends::windows
