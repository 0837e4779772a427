#include "runtime/backends/iis/configuration_files.hpp"

#include <algorithm>
#include <utility>

#include "runtime/backends/iis/configuration_tree.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace {

using value::Reading;
using value::Unknown;
using value::UnknownReason;

constexpr std::string_view kRedirectionFile = "redirection.config";
constexpr std::size_t kNamedFiles = 8;  ///< how many files the origin of them all names

std::string joined(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

Unknown not_copied() {
  return {UnknownReason::NotCollected, {}, "its folder is not in the copy"};
}

Unknown unread(os::ReadStatus status, std::string detail) {
  switch (status) {
    case os::ReadStatus::Denied:
      return {UnknownReason::AccessDenied, {}, std::move(detail)};
    case os::ReadStatus::TooLarge:
      return {UnknownReason::Unsupported, {}, std::move(detail)};
    default:
      return {UnknownReason::Corrupt, {}, std::move(detail)};
  }
}

}  // namespace

IisConfigurationFiles::IisConfigurationFiles(const IisDisk& disk, value::Evidence& evidence)
    : disk_(disk), evidence_(evidence) {
  evidence_.iis.files.collected = true;
}

bool IisConfigurationFiles::add_server(const std::string& folder, std::string_view server_file) {
  const auto root = add_file(std::string(kIisServerFile), joined(folder, server_file));
  if (evidence_.iis.files.origin == 0) {
    value::Origin origin = evidence_.origins[evidence_.iis.files.rows.back().origin];
    origin.line = 0;
    evidence_.origins.push_back(std::move(origin));
    evidence_.iis.files.origin = static_cast<value::OriginId>(evidence_.origins.size() - 1);
  }
  const bool has_server = evidence_.iis.files.rows.back().xml.status != value::FactStatus::Absent;
  add_file(std::string(kRedirectionFile), joined(folder, kRedirectionFile));
  if (root) {
    add_section_files(*root, {}, folder);
    directories_ = physical_paths(*root);
  }
  return has_server;
}

void IisConfigurationFiles::add_framework(const std::string& folder) {
  for (const std::string_view file : {std::string_view("machine.config"), kIisWebConfig})
    add_file(std::string(file), joined(folder, file));
}

void IisConfigurationFiles::add_directories() {
  if (!directories_) {
    leave_open(
        {UnknownReason::Corrupt, {}, "applicationHost.config, which names the sites, could not be read"});
    return;
  }
  bool complete = true;
  for (const std::string& written : *directories_) {
    const auto folder = folder_of(written);
    complete = folder && add_folder(*folder, 0) && complete;
  }
  evidence_.iis.files.complete = complete;
  name_files();
}

/// What is said of all files together names them: those that were found beside applicationHost.config.
void IisConfigurationFiles::name_files() {
  std::string names;
  std::size_t count = 0;
  for (const value::ConfigurationFileRow& row : evidence_.iis.files.rows) {
    if (!row.xml.present() || row.path == kIisServerFile || ++count > kNamedFiles) continue;
    names += (names.empty() ? "" : ", ") + row.path;
  }
  if (count > kNamedFiles) names += " and " + std::to_string(count - kNamedFiles) + " more";
  std::string& note = evidence_.origins[evidence_.iis.files.origin].note;
  if (!names.empty()) note += (note.empty() ? "with " : " with ") + names;
}

/// Whether a file that was not found in the folder does not exist: in a copy, only if the folder was copied.
bool IisConfigurationFiles::proves_absence_in(const std::string& folder) const {
  return disk_.is_whole() || disk_.list(folder == "." ? std::string() : folder).status == os::ReadStatus::Ok;
}

/// Adds a row for the file; its XML where there is any. A text that is no XML is kept: why it is none is said where it
/// is asked for.
std::optional<formats::XmlElement> IisConfigurationFiles::add_file(std::string name,
                                                                   const std::string& path) {
  os::ReadResult file = disk_.read(path, limits::kXmlBytes);
  value::ConfigurationFileRow row;
  row.path = std::move(name);
  evidence_.origins.push_back(disk_.origin(path));
  row.origin = static_cast<value::OriginId>(evidence_.origins.size() - 1);
  std::optional<formats::XmlElement> root;
  if (file.status == os::ReadStatus::Ok) {
    if (auto parsed = formats::parse_xml(file.text)) root = std::move(*parsed);
    row.xml = Reading<std::string>::of(std::move(file.text), row.origin);
  } else if (file.status != os::ReadStatus::NotFound) {
    row.xml = Reading<std::string>::unreadable(unread(file.status, file.detail), row.origin);
  } else if (proves_absence_in(os::parent_path(path))) {
    row.xml = Reading<std::string>::absent(row.origin);
  } else {
    row.xml = Reading<std::string>::unreadable(not_copied(), row.origin);
  }
  evidence_.iis.files.rows.push_back(std::move(row));
  return root;
}

/// `windows_folder` is what evidence calls the folder ("" for the server's), with a separator at its end.
void IisConfigurationFiles::add_section_files(const formats::XmlElement& root,
                                              const std::string& windows_folder, const std::string& folder) {
  for (const std::string& file : section_files(root)) {
    if (!seen_.insert(windows_folder + value::folded(file)).second) continue;
    std::string below = file;
    std::replace(below.begin(), below.end(), '\\', '/');
    add_file(windows_folder + file, joined(folder, below));
  }
}

/// The folder that a configured path means; nullopt for what is not on these disks.
std::optional<std::string> IisConfigurationFiles::folder_of(const std::string& written) {
  const auto canonical = value::canonical_file_path(written);
  const auto path = canonical ? value::expand_variables(*canonical, evidence_.host.variables) : std::nullopt;
  auto folder = path ? disk_.path_of(*path) : std::nullopt;
  if (!folder) leave_open({UnknownReason::Unsupported, {}, written + " is on no disk that is searched"});
  return folder;
}

/// False where the folder could not be searched to the end. A folder that does not exist has no web.config; one that a
/// copy lacks may have one.
bool IisConfigurationFiles::add_folder(const std::string& folder, std::size_t depth) {
  if (!seen_.insert("folder " + base::fold_case(folder)).second) return true;
  if (depth > limits::kFolderDepth || ++folders_ > limits::kTargetFolders) {
    return leave_open(
        {UnknownReason::Unsupported, {}, "the folders of the sites are too large to be searched"});
  }
  const IisFolder listed = disk_.list(folder);
  if (listed.status == os::ReadStatus::NotFound) return disk_.is_whole() || leave_open(not_copied());
  if (listed.status != os::ReadStatus::Ok) {
    return leave_open(unread(listed.status, disk_.windows_path_of(folder) + ": " + listed.detail));
  }
  bool complete = true;
  for (const TargetEntry& entry : listed.entries) {
    if (entry.kind == os::FileKind::Folder) {
      complete = add_folder(entry.path, depth + 1) && complete;
    } else if (base::equal_folded(os::file_name(entry.path), kIisWebConfig)) {
      add_web_config(entry.path);
    } else if (entry.kind == os::FileKind::Missing) {
      complete = leave_open({UnknownReason::NotCollected,
                             {},
                             disk_.windows_path_of(entry.path) + " is a link that leads nowhere"});
    }
  }
  return complete;
}

void IisConfigurationFiles::add_web_config(const std::string& path) {
  const std::string windows_path = disk_.windows_path_of(path);
  const std::string folder = windows_path.substr(0, windows_path.rfind('\\') + 1);
  if (const auto root = add_file(windows_path, path)) add_section_files(*root, folder, os::parent_path(path));
}

/// Says why the section is not complete; the first reason stays.
bool IisConfigurationFiles::leave_open(Unknown why) {
  if (!evidence_.iis.files.unreadable) evidence_.iis.files.unreadable = std::move(why);
  return false;
}

}  // namespace polc::backends
