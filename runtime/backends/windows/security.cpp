// Security descriptors of the files, folders and registry keys that are asked for.
#include <aclapi.h>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/descriptors.hpp"
#include "runtime/backends/windows/registry_keys.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/os/windows/handle.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::windows {
namespace {

using value::EvidenceSection;
using value::Reading;
using value::SecurityRow;
using value::Unknown;
using value::UnknownReason;

constexpr std::string_view kFileRight = "READ_CONTROL on it, as an administrator has";

bool is_not_there(std::uint32_t error) {
  return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND;
}

void read_descriptor(HANDLE handle, SE_OBJECT_TYPE type, SecurityRow& row, value::OriginId origin) {
  PSECURITY_DESCRIPTOR raw = nullptr;
  const DWORD error =
      GetSecurityInfo(handle, type, kDescriptorParts, nullptr, nullptr, nullptr, nullptr, &raw);
  if (error != ERROR_SUCCESS) {
    row.sddl =
        Reading<std::string>::unreadable(failure("GetSecurityInfo", error, "READ_CONTROL on it"), origin);
    return;
  }
  const LocalMemory<void> descriptor(raw);
  row.sddl = sddl_of(raw, origin);
  row.names = names_in(raw);
}

/// Why a path is not opened: it leaves the machine.
std::optional<Unknown> not_local(const std::string& path) {
  if (path.starts_with("\\\\")) {
    return Unknown{UnknownReason::NetworkDenied, {}, "a path on the network is not read"};
  }
  const std::wstring root = os::wide_text(path.substr(0, 3)).value_or(std::wstring());
  if (GetDriveTypeW(root.c_str()) != DRIVE_REMOTE) return std::nullopt;
  return Unknown{UnknownReason::NetworkDenied, {}, "a network drive is not read"};
}

void read_file(const std::string& path, SecurityRow& row, value::OriginId origin) {
  const auto verbatim = os::wide_text("\\\\?\\" + path);
  if (!verbatim) {
    row.sddl = Reading<std::string>::unreadable(no_text("the path"), origin);
    return;
  }
  const os::WindowsHandle file(CreateFileW(verbatim->c_str(), READ_CONTROL,
                                           FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                           OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
  if (file) return read_descriptor(file.get(), SE_FILE_OBJECT, row, origin);
  const DWORD error = GetLastError();
  row.sddl = is_not_there(error)
                 ? Reading<std::string>::absent(origin)
                 : Reading<std::string>::unreadable(failure("CreateFile", error, kFileRight), origin);
}

void file_row(value::Evidence& evidence, const std::string& written) {
  SecurityRow row;
  row.path = written;
  const auto canonical = value::canonical_file_path(written);
  const auto path = canonical ? value::expand_variables(*canonical, evidence.host.variables) : std::nullopt;
  const auto origin = add_origin(evidence, path.value_or(written));
  if (!path) {
    row.sddl = Reading<std::string>::unreadable({UnknownReason::UnresolvedName, {}, written}, origin);
  } else if (auto why = not_local(*path)) {
    row.sddl = Reading<std::string>::unreadable(std::move(*why), origin);
  } else {
    read_file(*path, row, origin);
  }
  evidence.file_security.rows.push_back(std::move(row));
}

void key_row(value::Evidence& evidence, const std::string& path) {
  SecurityRow row;
  row.path = path;
  const auto origin = add_origin(evidence, path);
  const OpenedKey opened = open_key(path, READ_CONTROL);
  if (opened.error == ERROR_SUCCESS) {
    read_descriptor(opened.key.get(), SE_REGISTRY_KEY, row, origin);
  } else if (opened.error == ERROR_FILE_NOT_FOUND && hive_is_loaded(path)) {
    // A hive that is not loaded looks as if what is in it were not there.
    row.sddl = Reading<std::string>::absent(origin);
  } else {
    row.sddl = Reading<std::string>::unreadable(
        failure("RegOpenKeyEx", opened.error, privilege_for_key(path)), origin);
  }
  evidence.key_security.rows.push_back(std::move(row));
}

using AddRow = void (*)(value::Evidence&, const std::string&);

void collect_objects(value::Evidence& evidence, const PlanSlice* slice, EvidenceSection which,
                     value::Section<SecurityRow>& section, AddRow add_object) {
  if (slice != nullptr && !slice->needs(which)) return;
  section.collected = true;
  const auto* objects = slice == nullptr ? nullptr : slice->objects(which);
  if (objects == nullptr) {
    section.unreadable =
        Unknown{UnknownReason::Unsupported, {}, "only objects that the policy names are read"};
    return;
  }
  for (const std::string& object : *objects) add_object(evidence, object);
}

}  // namespace

void collect_file_security(value::Evidence& evidence, const PlanSlice* slice) {
  collect_objects(evidence, slice, EvidenceSection::FileSecurity, evidence.file_security, file_row);
}

void collect_key_security(value::Evidence& evidence, const PlanSlice* slice) {
  collect_objects(evidence, slice, EvidenceSection::KeySecurity, evidence.key_security, key_row);
}

}  // namespace polc::backends::windows
