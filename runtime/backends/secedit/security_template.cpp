#include "runtime/backends/secedit/security_template.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "runtime/backends/origins.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace {

using formats::InfFile;
using formats::InfLine;
using formats::InfSection;
using value::EvidenceSection;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

constexpr std::string_view kSystemAccess = "System Access";
constexpr std::string_view kPrivilegeRights = "Privilege Rights";
constexpr std::string_view kEventAudit = "Event Audit";
constexpr std::string_view kServices = "Service General Setting";
constexpr std::string_view kGroups = "Group Membership";
constexpr std::string_view kRegistryKeys = "Registry Keys";
constexpr std::string_view kFiles = "File Security";

/// Sections that are read, and those that say nothing about a machine.
constexpr std::array<std::string_view, 11> kKnownSections{
    kSystemAccess,        kPrivilegeRights, kEventAudit,       kServices, kGroups,
    kRegistryKeys,        kFiles,           "Registry Values", "Unicode", "Version",
    "Profile Description"};

Unknown corrupt_line(std::string detail) {
  return {UnknownReason::Corrupt, {}, std::move(detail)};
}

void read_rights(const InfFile& file, const TemplateUse& use) {
  for (const TemplateLine& found : lines_of(file.find(kPrivilegeRights))) {
    if (found.line->key.empty()) continue;  // the file is not whole
    const value::PrivilegeInfo* known = value::find_privilege(found.line->key);
    if (known == nullptr) {
      use.evidence.user_rights.unreadable = unknown_template_name(use, kPrivilegeRights, *found.line);
      continue;
    }
    value::UserRightRow row;
    row.right = known->name;
    const value::OriginId origin = use.origin(found.line->line);
    std::vector<value::PrincipalEvidence> holders;
    for (const std::string& holder : found.line->fields) {
      if (!holder.empty()) holders.push_back(template_principal(holder));
    }
    using Holders = Reading<std::vector<value::PrincipalEvidence>>;
    row.holders =
        found.doubt ? Holders::unreadable(*found.doubt, origin) : Holders::of(std::move(holders), origin);
    use.evidence.user_rights.rows.push_back(std::move(row));
  }
}

/// Start modes as the service controller numbers them (winsvc.h).
std::optional<std::string_view> start_mode(std::string_view number) {
  constexpr std::array<std::string_view, 5> kModes{"boot", "system", "automatic", "manual", "disabled"};
  if (number.size() != 1 || number[0] < '0' || number[0] > '4') return std::nullopt;
  return kModes[static_cast<std::size_t>(number[0] - '0')];
}

void read_services(const InfFile& file, const TemplateUse& use) {
  for (const TemplateLine& found : lines_of(file.find(kServices))) {
    const std::vector<std::string>& fields = found.line->fields;
    value::ServiceRow row;
    row.origin = use.origin(found.line->line);
    row.name = fields.empty() ? std::string() : fields.front();
    if (row.name.empty()) continue;
    const auto mode = fields.size() > 1 ? start_mode(fields[1]) : std::nullopt;
    if (found.doubt) {
      row.start = Reading<std::string>::unreadable(*found.doubt, row.origin);
    } else if (mode) {
      row.start = Reading<std::string>::of(std::string(*mode), row.origin);
    } else {
      row.start = Reading<std::string>::unreadable(corrupt_line("not a start mode"), row.origin);
    }
    use.evidence.services.rows.push_back(std::move(row));
  }
}

/// `group__Members` lists who is in, exactly. `group__Memberof` puts the group into others, whose other members it does
/// not know.
void read_groups(const InfFile& file, const TemplateUse& use) {
  constexpr std::string_view kMembers = "__Members";
  constexpr std::string_view kMemberOf = "__Memberof";
  using Members = Reading<std::vector<value::PrincipalEvidence>>;
  std::vector<value::LocalGroupRow>& rows = use.evidence.local_groups.rows;
  for (const TemplateLine& found : lines_of(file.find(kGroups))) {
    const std::string& key = found.line->key;
    const value::OriginId origin = use.origin(found.line->line);
    const auto ends_with = [&](std::string_view suffix) {
      return key.size() > suffix.size() && base::equal_folded(key.substr(key.size() - suffix.size()), suffix);
    };
    if (ends_with(kMembers)) {
      std::vector<value::PrincipalEvidence> members;
      for (const std::string& member : found.line->fields) {
        if (!member.empty()) members.push_back(template_principal(member));
      }
      rows.push_back({template_principal(std::string_view(key).substr(0, key.size() - kMembers.size())),
                      found.doubt ? Members::unreadable(*found.doubt, origin)
                                  : Members::of(std::move(members), origin)});
    } else if (ends_with(kMemberOf)) {
      for (const std::string& group : found.line->fields) {
        if (group.empty()) continue;
        const Unknown adds{
            UnknownReason::Unsupported, {}, "the template adds a member; who else is one is left alone"};
        rows.push_back({template_principal(group), Members::unreadable(adds, origin)});
      }
    }
  }
}

/// `"path",mode,"SDDL"`. Mode 2 leaves the object alone.
void read_descriptors(const InfSection* section, bool is_registry, const TemplateUse& use) {
  auto& table = is_registry ? use.evidence.key_security : use.evidence.file_security;
  for (const TemplateLine& found : lines_of(section)) {
    const std::vector<std::string>& fields = found.line->fields;
    if (fields.size() > 1 && fields[1] == "2") continue;
    const value::OriginId origin = use.origin(found.line->line);
    auto path = fields.size() < 3 ? std::nullopt
                : is_registry     ? template_key(fields[0])
                                  : value::canonical_file_path(fields[0]);
    if (!path) {
      table.unreadable = corrupt_line("line " + std::to_string(found.line->line) + " names no object");
      continue;
    }
    value::SecurityRow row;
    row.path = std::move(*path);
    row.sddl = found.doubt ? Reading<std::string>::unreadable(*found.doubt, origin)
                           : Reading<std::string>::of(fields[2], origin);
    table.rows.push_back(std::move(row));
  }
}

void report_other_sections(const InfFile& file, const TemplateUse& use) {
  for (const InfSection& section : file.sections) {
    const bool known = std::any_of(kKnownSections.begin(), kKnownSections.end(), [&](std::string_view name) {
      return base::equal_folded(name, section.name);
    });
    if (known || section.lines.empty()) continue;
    use.sink.add(diag::SkippedSection{.section = section.name}.at(use.place(section.line)));
  }
}

/// Marks a table as looked at: complete, or not all there for a reason, which may have been seen on the way.
template <class Row>
void claim(value::Section<Row>& section, value::OriginId origin, const std::optional<Unknown>& damage) {
  section.collected = true;
  section.origin = origin;
  if (damage) section.unreadable = damage;
  section.complete = !section.unreadable;
}

/// The nine categories of before Windows Vista say what the subcategories are only where no subcategory is configured,
/// and a policy can switch them off: nothing is concluded from them.
std::optional<Unknown> legacy_audit(const InfFile& file) {
  const InfSection* section = file.find(kEventAudit);
  if (section == nullptr || section->lines.empty()) return std::nullopt;
  return Unknown{
      UnknownReason::Unsupported, {}, "audit categories of [Event Audit] are not read as subcategories"};
}

void read_rows(const InfFile& file, const TemplateUse& use) {
  if (use.needs(EvidenceSection::UserRights)) read_rights(file, use);
  if (use.needs(EvidenceSection::Services)) read_services(file, use);
  if (use.needs(EvidenceSection::LocalGroups)) read_groups(file, use);
  if (use.needs(EvidenceSection::KeySecurity)) read_descriptors(file.find(kRegistryKeys), true, use);
  if (use.needs(EvidenceSection::FileSecurity)) read_descriptors(file.find(kFiles), false, use);
  if (use.needs(EvidenceSection::Registry)) read_registry_values(file, use);
  report_other_sections(file, use);
}

}  // namespace

value::OriginId TemplateUse::origin(std::uint32_t line) const {
  return add_origin(evidence, {std::string(backend), text.name, line, 0, {}});
}

base::Span TemplateUse::place(std::uint32_t line) const {
  const auto begin = static_cast<std::uint32_t>(line_offset(text.text, line));
  return {text.file, begin, begin};
}

Unknown unknown_template_name(const TemplateUse& use, std::string_view section, const InfLine& line) {
  use.sink.add(
      diag::UnknownTemplateName{.section = std::string(section), .name = line.key}.at(use.place(line.line)));
  return corrupt_line("line " + std::to_string(line.line) + ": [" + std::string(section) + "] has no " +
                      line.key);
}

std::vector<TemplateLine> lines_of(const InfSection* section) {
  std::vector<TemplateLine> lines;
  if (section == nullptr) return lines;
  std::map<std::string, std::size_t> seen;
  for (const InfLine& line : section->lines) {
    const std::string name = line.has_key          ? line.key
                             : line.fields.empty() ? std::string()
                                                   : line.fields.front();
    const auto [first, is_new] = seen.emplace(base::fold_case(name), lines.size());
    if (is_new) {
      lines.push_back({&line, std::nullopt});
    } else if (TemplateLine& other = lines[first->second]; other.line->fields != line.fields) {
      other.doubt = Unknown{
          UnknownReason::Conflict,
          {},
          "lines " + std::to_string(other.line->line) + " and " + std::to_string(line.line) + " differ"};
    }
    TemplateLine& kept = lines[first->second];
    if (line.cut_off) kept.doubt = corrupt_line("the file ends inside of line " + std::to_string(line.line));
  }
  return lines;
}

value::PrincipalEvidence template_principal(std::string_view text) {
  const bool marked = text.starts_with('*');
  if (auto sid = value::canonical_sid(marked ? text.substr(1) : text))
    return {.sid = std::move(*sid), .name = {}};
  return {.sid = {}, .name = std::string(text)};
}

std::optional<std::string> template_key(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kRoots{
      {{"MACHINE", "HKLM"}, {"USERS", "HKU"}, {"CLASSES_ROOT", "HKCR"}}};
  const std::string_view root = path.substr(0, path.find('\\'));
  for (const auto& [word, hive] : kRoots) {
    if (!base::equal_folded(root, word)) continue;
    return value::canonical_registry_key(std::string(hive).append(path.substr(root.size())));
  }
  return std::nullopt;
}

bool is_export(const InfFile& file) {
  const auto has = [&](std::string_view section, std::string_view key) {
    const auto lines = lines_of(file.find(section));
    return std::any_of(lines.begin(), lines.end(),
                       [&](const TemplateLine& l) { return base::equal_folded(l.line->key, key); });
  };
  return has(kSystemAccess, "NewAdministratorName") && has(kSystemAccess, "NewGuestName") &&
         has(kSystemAccess, "MinimumPasswordLength") && has(kEventAudit, "AuditSystemEvents");
}

void read_template(const InfFile& file, const TemplateUse& use, const std::optional<Unknown>& damage) {
  const value::OriginId origin = use.origin(0);
  if (use.needs(EvidenceSection::AccountPolicy)) read_template_access(file, use, damage);
  read_rows(file, use);
  value::Evidence& evidence = use.evidence;
  if (use.needs(EvidenceSection::UserRights)) claim(evidence.user_rights, origin, damage);
  if (use.needs(EvidenceSection::Services)) claim(evidence.services, origin, damage);
  if (use.needs(EvidenceSection::LocalGroups)) claim(evidence.local_groups, origin, damage);
  if (use.needs(EvidenceSection::KeySecurity)) claim(evidence.key_security, origin, damage);
  if (use.needs(EvidenceSection::FileSecurity)) claim(evidence.file_security, origin, damage);
  if (use.needs(EvidenceSection::AuditPolicy)) {
    const auto legacy = damage ? damage : legacy_audit(file);
    claim(evidence.audit_policy, origin, legacy);
  }
}

/// An export that was cut off between two lines looks whole, and every right behind the cut like nobody's. Windows writes
/// the rights in a fixed order: the list ran to its end if a section follows, or if one of its last rights is in it, which
/// administrators hold unless it was taken from them.
std::optional<Unknown> unfinished_rights(const InfFile& file) {
  const InfSection* rights = file.find(kPrivilegeRights);
  const auto is_last = [](const InfLine& line) {
    return base::equal_folded(line.key, "SeCreateSymbolicLinkPrivilege");
  };
  const bool whole =
      rights != &file.sections.back() || std::any_of(rights->lines.begin(), rights->lines.end(), is_last);
  if (whole) return std::nullopt;
  return corrupt_line("the list of rights may have been cut off: nothing follows it");
}

void read_export(const InfFile& file, const TemplateUse& use, const std::optional<Unknown>& damage) {
  read_rows(file, use);
  value::Evidence& evidence = use.evidence;
  const value::OriginId origin = use.origin(0);
  const auto look = [&](auto& section) {
    section.collected = section.collected || !section.rows.empty();
    if (section.collected) section.origin = origin;
  };
  look(evidence.services);
  look(evidence.local_groups);
  look(evidence.key_security);
  look(evidence.file_security);
  if (use.needs(EvidenceSection::UserRights) && file.find(kPrivilegeRights) != nullptr) {
    claim(evidence.user_rights, origin, damage ? damage : unfinished_rights(file));
  }
  if (use.needs(EvidenceSection::AccountPolicy)) read_export_access(file, use, damage);
  if (const auto legacy = legacy_audit(file); legacy && use.needs(EvidenceSection::AuditPolicy)) {
    claim(evidence.audit_policy, origin, legacy);
  }
}

}  // namespace polc::backends
