#include "runtime/backends/gpo/manifest.hpp"

#include <algorithm>
#include <optional>

#include "runtime/backends/gpo/part_file.hpp"
#include "runtime/backends/gpo/preferences.hpp"
#include "runtime/backends/origins.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/windows_text.hpp"
#include "runtime/formats/xml.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/time.hpp"

namespace polc::backends::gpo {
namespace {

using formats::XmlElement;

std::optional<XmlElement> xml_part(const TargetFiles& files, const std::string& folder,
                                   std::string_view name) {
  const std::string path = folder.empty() ? std::string(name) : folder + '/' + std::string(name);
  const PartFile part = read_part(files, path, limits::kXmlBytes);
  if (!part.found || part.unreadable) return std::nullopt;
  const auto decoded = formats::decode_windows_text(part.bytes);
  if (!decoded) return std::nullopt;
  auto root = formats::parse_xml(decoded->text);
  return root ? std::optional(std::move(*root)) : std::nullopt;
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

}  // namespace

Manifest read_manifest(const TargetFiles& files, const std::string& folder, value::Evidence& evidence) {
  Manifest manifest;
  if (const auto root = xml_part(files, folder, "bkupInfo.xml")) read_information(*root, manifest, evidence);
  const auto root = xml_part(files, folder, "Backup.xml");
  if (!root) return manifest;
  manifest.lists_files = true;
  add_files(*root, manifest.files);
  const std::string name = files.display_name(folder.empty() ? "Backup.xml" : folder + "/Backup.xml");
  for (const XmlElement& object : root->children) {
    if (object.name != "GroupPolicyObject") continue;
    if (const XmlElement* groups = child_of(object, "SecurityGroups")) add_names(*groups, name, evidence);
    const XmlElement* settings = child_of(object, "GroupPolicyCoreSettings");
    if (manifest.name.empty() && settings != nullptr) manifest.name = text_of(*settings, "DisplayName");
  }
  return manifest;
}

}  // namespace polc::backends::gpo
