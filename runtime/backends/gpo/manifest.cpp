#include "runtime/backends/gpo/manifest.hpp"

#include <algorithm>
#include <optional>

#include "runtime/backends/gpo/part_file.hpp"
#include "runtime/backends/gpo/preferences.hpp"
#include "runtime/backends/origins.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/inf.hpp"
#include "runtime/formats/windows_text.hpp"
#include "runtime/formats/xml.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/time.hpp"

namespace polc::backends::gpo {
namespace {

using formats::XmlElement;
using value::Unknown;
using value::UnknownReason;

Unknown damaged_manifest(std::string what) {
  return {UnknownReason::Corrupt, {}, std::move(what)};
}

std::string path_in(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + '/' + std::string(name);
}

/// The text of a file; nothing, and no reason, if it is not there.
std::optional<std::string> manifest_text(const TargetFiles& files, const std::string& path,
                                         std::size_t max_bytes, std::optional<Unknown>& why) {
  const PartFile part = read_part(files, path, max_bytes);
  why = part.unreadable;
  if (!part.found || why) return std::nullopt;
  auto decoded = formats::decode_windows_text(part.bytes);
  if (decoded) return std::move(decoded->text);
  why = damaged_manifest(decoded.error().what);
  return std::nullopt;
}

std::optional<XmlElement> manifest_xml(const TargetFiles& files, const std::string& path,
                                       std::optional<Unknown>& why) {
  const auto text = manifest_text(files, path, limits::kXmlBytes, why);
  if (!text) return std::nullopt;
  auto root = formats::parse_xml(*text);
  if (root) return std::move(*root);
  why = damaged_manifest(root.error().what);
  return std::nullopt;
}

/// 0 to 3.
std::optional<unsigned> options_of(std::string_view text) {
  if (text.size() != 1 || text[0] < '0' || text[0] > '3') return std::nullopt;
  return static_cast<unsigned>(text[0] - '0');
}

std::string text_of(const XmlElement& element, std::string_view child) {
  const XmlElement* found = child_of(element, child);
  return found == nullptr ? std::string() : found->text;
}

/// "2020-09-28T11:54:01" is UTC: reports made at the same moment say so.
void read_information(const XmlElement& root, Manifest& manifest, value::Evidence& evidence) {
  manifest.name = text_of(root, "GPODisplayName");
  evidence.collected_at = value::parse_instant(text_of(root, "BackupTime") + 'Z');
}

/// `Group` elements pair a SID with the name it had.
void add_names(const XmlElement& groups, std::string_view file, value::Evidence& evidence) {
  for (const XmlElement& group : groups.children) {
    const auto sid = value::canonical_sid(text_of(group, "Sid"));
    const std::string domain = text_of(group, "NetBIOSDomainName");
    const std::string account = text_of(group, "SamAccountName");
    if (!sid || domain.empty() || account.empty()) continue;
    evidence.names.collected = true;
    evidence.names.rows.push_back({domain + '\\' + account, *sid});
  }
  if (evidence.names.collected && evidence.names.origin == 0) {
    evidence.names.origin = add_origin(evidence, {"gpo", std::string(file), 0, 0, {}});
  }
}

/// Places of the files in the backup, wherever in the manifest they stand.
void add_files(const XmlElement& element, std::vector<std::string>& files) {
  if (element.name == "FSObjectFile") {
    std::string location = attribute_of(element, "bkp:Location");
    std::replace(location.begin(), location.end(), '\\', '/');
    if (!location.empty()) files.push_back(std::move(location));
  }
  for (const XmlElement& child : element.children) add_files(child, files);
}

void read_settings(const XmlElement& root, std::string_view file, Manifest& manifest,
                   value::Evidence& evidence) {
  std::optional<unsigned> options;
  for (const XmlElement& object : root.children) {
    if (object.name != "GroupPolicyObject") continue;
    if (const XmlElement* groups = child_of(object, "SecurityGroups")) add_names(*groups, file, evidence);
    const XmlElement* settings = child_of(object, "GroupPolicyCoreSettings");
    if (settings == nullptr) continue;
    if (manifest.name.empty()) manifest.name = text_of(*settings, "DisplayName");
    options = options_of(text_of(*settings, "Options"));
    manifest.filtered = !text_of(*settings, "WMIFilter").empty();
  }
  manifest.options = options.value_or(0);
  if (!options)
    manifest.unreadable = damaged_manifest("it does not say with <Options> which half is applied");
}

}  // namespace

Manifest read_backup_manifest(const TargetFiles& files, const std::string& folder,
                              value::Evidence& evidence) {
  Manifest manifest;
  std::optional<Unknown> not_needed;
  if (const auto root = manifest_xml(files, path_in(folder, "bkupInfo.xml"), not_needed))
    read_information(*root, manifest, evidence);
  manifest.path = path_in(folder, "Backup.xml");
  const auto root = manifest_xml(files, manifest.path, manifest.unreadable);
  if (!root) return manifest;
  manifest.lists_files = true;
  add_files(*root, manifest.files);
  read_settings(*root, files.display_name(manifest.path), manifest, evidence);
  return manifest;
}

Manifest read_gpt_ini(const TargetFiles& files, const std::string& folder) {
  Manifest manifest;
  manifest.path = path_in(folder, "gpt.ini");
  const auto text = manifest_text(files, manifest.path, limits::kInfBytes, manifest.unreadable);
  if (!text) return manifest;
  const auto file = formats::parse_inf(*text);
  if (!file) {
    manifest.unreadable = damaged_manifest(file.error().what);
    return manifest;
  }
  const formats::InfSection* general = file->find("General");
  for (const formats::InfLine& line : general == nullptr ? std::vector<formats::InfLine>() : general->lines) {
    if (!base::equal_folded(line.key, "Options")) continue;
    const auto options = options_of(line.fields.size() == 1 ? line.fields.front() : std::string());
    if (!options) manifest.unreadable = damaged_manifest("Options is none of 0 to 3");
    manifest.options |= options.value_or(0);
  }
  return manifest;
}

}  // namespace polc::backends::gpo
