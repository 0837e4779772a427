#include "runtime/derive/iis_files.hpp"

#include <algorithm>
#include <array>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/iis_structure.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using formats::XmlElement;
using value::FactStatus;
using value::Unknown;
using value::UnknownReason;

constexpr std::array<std::string_view, 4> kServerFiles{"applicationHost.config", "redirection.config",
                                                       "machine.config", "web.config"};
constexpr std::string_view kWebConfig = "\\WEB.CONFIG";
constexpr std::string_view kConfiguration = "configuration";

/// '.' and '' are the level of the file itself; both separators are taken.
std::string location_path(std::string_view written) {
  if (written == ".") return {};
  return value::canonical_iis_path(written).value_or(std::string(written));
}

}  // namespace

std::vector<const XmlElement*> find_elements(const XmlElement& from, std::string_view path) {
  std::vector<const XmlElement*> found{&from};
  while (!found.empty() && !path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const auto name = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    std::vector<const XmlElement*> next;
    for (const XmlElement* element : found) {
      for (const XmlElement& child : element->children) {
        if (child.name == name) next.push_back(&child);
      }
    }
    found = std::move(next);
  }
  return found;
}

const XmlElement* find_element(const XmlElement& from, std::string_view path) {
  const auto found = find_elements(from, path);
  return found.empty() ? nullptr : found.front();
}

IisFiles::IisFiles(const value::Evidence& evidence) : evidence_(evidence) {
  for (const auto& row : evidence.iis.files.rows) add(row);
}

std::string IisFiles::folder_key(std::string_view path) const {
  const auto canonical = value::canonical_file_path(path);
  if (!canonical || canonical->compare(0, 2, "\\\\") == 0) return {};
  const auto expanded = value::expand_variables(*canonical, evidence_.host.variables);
  return expanded ? value::folded(*expanded) : std::string();
}

std::string IisFiles::key(std::string_view path) const {
  for (const std::string_view known : kServerFiles) {
    if (base::equal_folded(path, known)) return value::folded(path);
  }
  if (const auto relative = value::canonical_relative_path(path)) return value::folded(*relative);
  return folder_key(path);
}

void IisFiles::add(const value::ConfigurationFileRow& row) {
  const std::string path = key(row.path);
  if (path.empty()) {
    const auto canonical = value::canonical_file_path(row.path);
    unplaced_ = unplaced_ || !canonical || canonical->compare(0, 2, "\\\\") != 0;
    return;
  }
  add_folder(path, row);
  if (const auto before = entries_.find(path); before != entries_.end()) {
    const auto& first = before->second.row->xml;
    if (first.status == row.xml.status && first.value == row.xml.value) return;
    before->second.twice = true;
    return;
  }
  Entry& stored = entries_[path] = entry_of(row);
  if (!stored.file) return;
  IisFile& file = *stored.file;
  file.places.push_back({"", &file.root, false});
  for (const XmlElement& child : file.root.children) {
    if (child.name != "location") continue;
    const std::string* written = child.attribute("path");
    file.places.push_back({written == nullptr ? std::string() : location_path(*written), &child, true});
  }
}

/// A folder is a path of its own by its web.config, also where that could not be read: only an absent one is none.
void IisFiles::add_folder(const std::string& path, const value::ConfigurationFileRow& row) {
  if (!path.ends_with(kWebConfig) || row.xml.status == FactStatus::Absent) return;
  folders_.emplace(path.substr(0, path.size() - kWebConfig.size()),
                   row.path.substr(0, row.path.size() - kWebConfig.size()));
}

IisFiles::Entry IisFiles::entry_of(const value::ConfigurationFileRow& row) {
  Entry entry;
  entry.row = &row;
  if (!row.xml.present()) return entry;
  auto parsed = formats::parse_xml(row.xml.value);
  if (!parsed) {
    entry.error = ": " + parsed.error().what;
    return entry;
  }
  const bool is_configuration = parsed->name == kConfiguration;
  const auto offence =
      is_configuration ? structural_offence(*parsed) : structural_offence_in_section(*parsed);
  if (offence) {
    entry.error = ':' + std::to_string(offence->element->line) + ' ' + offence->what + ": IIS answers 500.19";
  } else {
    entry.file = IisFile{&row, std::move(*parsed), {}};
  }
  return entry;
}

IisFileState IisFiles::find(std::string_view path) const {
  IisFileState state = state_of(path);
  if (state.file == nullptr || state.file->root.name == kConfiguration) return state;
  return {FactStatus::Unknown,
          nullptr,
          {UnknownReason::Corrupt, {}, std::string(path) + ": the root element is not <configuration>"}};
}

IisFileState IisFiles::section_file(const IisFile& from, std::string_view source) const {
  const auto relative = value::canonical_relative_path(source);
  if (!relative) {
    return {FactStatus::Unknown,
            nullptr,
            {UnknownReason::Unsupported, {}, "configSource is no path below its own folder"}};
  }
  const std::string& path = from.row->path;
  const auto folder = path.find_last_of("\\/");
  return state_of(folder == std::string::npos ? *relative : path.substr(0, folder + 1) + *relative);
}

IisFileState IisFiles::state_of(std::string_view path) const {
  const auto found = entries_.find(key(path));
  if (found == entries_.end()) {
    if (complete()) return {FactStatus::Absent, nullptr, {}};
    Unknown why{UnknownReason::NotCollected, {}, std::string(path)};
    if (evidence_.iis.files.complete) {
      why = {UnknownReason::UnresolvedName, {}, "a recorded path has a variable that is not known"};
    }
    if (evidence_.iis.files.unreadable) why = *evidence_.iis.files.unreadable;
    return {FactStatus::Unknown, nullptr, std::move(why)};
  }
  const Entry& entry = found->second;
  if (entry.twice) {
    return {FactStatus::Unknown,
            nullptr,
            {UnknownReason::Conflict, {}, std::string(path) + " is recorded twice"}};
  }
  if (entry.row->xml.status == FactStatus::Absent) return {FactStatus::Absent, nullptr, {}};
  if (!entry.row->xml.present()) return {FactStatus::Unknown, nullptr, entry.row->xml.unknown};
  if (!entry.file) {
    return {FactStatus::Unknown, nullptr, {UnknownReason::Corrupt, {}, entry.row->path + entry.error}};
  }
  return {FactStatus::Present, &*entry.file, {}};
}

}  // namespace polc::derive
