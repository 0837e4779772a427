#include "runtime/backends/gpo/object.hpp"

#include <algorithm>
#include <array>

#include "runtime/backends/auditpol/audit_table.hpp"
#include "runtime/backends/gpo/firewall_policy.hpp"
#include "runtime/backends/gpo/object_parts.hpp"
#include "runtime/backends/gpo/part_file.hpp"
#include "runtime/backends/gpo/preferences.hpp"
#include "runtime/backends/gpo/registry_policy.hpp"
#include "runtime/backends/origins.hpp"
#include "runtime/backends/secedit/security_template.hpp"
#include "runtime/backends/secedit/template_form.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/csv.hpp"
#include "runtime/formats/inf.hpp"
#include "runtime/formats/windows_text.hpp"

namespace polc::backends::gpo {
namespace {

using value::EvidenceSection;
using value::Unknown;
using value::UnknownReason;

constexpr std::string_view kRegistryPol = "Registry.pol";
constexpr std::string_view kTemplate = "Machine/Microsoft/Windows NT/SecEdit/GptTmpl.inf";
constexpr std::string_view kAudit = "Machine/Microsoft/Windows NT/Audit/audit.csv";
constexpr std::string_view kRegistryPreferences = "Preferences/Registry/Registry.xml";
constexpr std::string_view kGroupPreferences = "Preferences/Groups/Groups.xml";
constexpr std::string_view kServicePreferences = "Preferences/Services/Services.xml";

/// The keys that the firewall's policy consists of are read like all others.
PlanSlice with_keys_of_firewall(const PlanSlice& slice) {
  PlanSlice all = slice;
  if (slice.needs(EvidenceSection::Firewall)) all.add_registry_tree(firewall_store_key());
  return all;
}

class ObjectReader {
 public:
  ObjectReader(const TargetFiles& files, const ObjectPlace& place, const PlanSlice* slice,
               base::DiagnosticSink& sink)
      : parts_(files, place, sink),
        asked_(slice),
        all_keys_(slice == nullptr ? PlanSlice() : with_keys_of_firewall(*slice)),
        slice_(slice == nullptr ? nullptr : &all_keys_),
        sink_(sink),
        registry_(evidence_, slice_) {}

  value::Evidence read(const ObjectPlace& place) {
    evidence_.layer = value::Layer::Policy;
    evidence_.backend = "gpo";
    const std::string name = parts_.read_manifest(evidence_);
    if (!needs(EvidenceSection::Names)) evidence_.names = {};
    evidence_.target = parts_.display_name(place.folder);
    origin_ = add_origin(evidence_, {"gpo", evidence_.target, 0, 0, {}});
    if (!name.empty()) evidence_.target += " \"" + name + '"';
    read_template_part();
    read_audit_part();
    for (const Half half : {Half::Machine, Half::User}) {
      if (needs(EvidenceSection::Registry) || needs(EvidenceSection::KeySecurity))
        read_registry_policy_part(half);
      if (needs(EvidenceSection::Registry)) read_registry_preferences_part(half);
      if (needs(EvidenceSection::LocalGroups)) {
        read_preferences_part(half, kGroupPreferences, evidence_.local_groups, read_group_preferences);
      }
      if (needs(EvidenceSection::Services)) {
        read_preferences_part(half, kServicePreferences, evidence_.services, read_service_preferences);
      }
    }
    close_registry();
    doubt_rows(evidence_.services, &value::ServiceRow::start);
    doubt_rows(evidence_.local_groups, &value::LocalGroupRow::members);
    if (needs(EvidenceSection::Firewall)) read_firewall_policy(evidence_);
    drop_keys_of_firewall();
    add_users();
    return std::move(evidence_);
  }

 private:
  bool needs(EvidenceSection section) const { return slice_ == nullptr || slice_->needs(section); }

  /// Whether anything is asked for where the registry policy of a half goes.
  bool needs_hive_of(Half half) const {
    return slice_ == nullptr || needs(EvidenceSection::KeySecurity) ||
           slice_->needs_registry_key(half == Half::Machine ? "HKLM" : "HKU");
  }

  void read_template_part() {
    constexpr std::array kSections{EvidenceSection::AccountPolicy, EvidenceSection::UserRights,
                                   EvidenceSection::Services,      EvidenceSection::LocalGroups,
                                   EvidenceSection::KeySecurity,   EvidenceSection::FileSecurity,
                                   EvidenceSection::Registry,      EvidenceSection::AuditPolicy};
    if (std::none_of(kSections.begin(), kSections.end(), [&](EvidenceSection s) { return needs(s); })) return;
    std::optional<Unknown> damage;
    const auto text = parts_.read_text(kTemplate, limits::kInfBytes * 2, damage);
    formats::InfFile file;
    TargetText place{base::kNoFile, parts_.display_name(parts_.path_of(kTemplate)), {}};
    if (text) {
      place = *text;
      auto parsed = formats::parse_inf(text->text);
      if (parsed) {
        file = std::move(*parsed);
        if (const auto why = why_not_whole(file)) damage = parts_.damaged(parts_.path_of(kTemplate), *why);
      } else {
        damage = parts_.damaged_text(*text, kTemplate, parsed.error());
      }
    }
    registry_.begin_part();
    const TemplateUse use{evidence_, registry_, slice_, "gpo", place, sink_};
    read_template(file, use, damage);
    if (damage) machine_damage_ = user_damage_ = damage;  // its registry values may be anywhere
  }

  void read_audit_part() {
    if (!needs(EvidenceSection::AuditPolicy)) return;
    std::optional<Unknown> damage;
    if (const auto text = parts_.read_text(kAudit, limits::kCsvBytes * 2, damage)) {
      const auto records = formats::parse_csv(text->text);
      if (!records) {
        damage = parts_.damaged_text(*text, kAudit, records.error());
      } else if (!is_audit_table(*records)) {
        damage = parts_.damaged(parts_.path_of(kAudit),
                                {UnknownReason::Corrupt, {}, "no table of audit subcategories"});
      } else if (auto cut_off =
                     read_audit_table(*records, AuditTableKind::Policy, "gpo", text->name, evidence_)) {
        damage = parts_.damaged(parts_.path_of(kAudit), *cut_off);
      }
    }
    if (!damage) return;
    evidence_.audit_policy.complete = false;
    evidence_.audit_policy.unreadable = damage;
  }

  void read_registry_policy_part(Half half) {
    std::optional<Unknown> damage;
    const std::string policy = std::string(folder_of(half)) + '/' + std::string(kRegistryPol);
    const auto file =
        needs_hive_of(half) ? parts_.read(policy, limits::kRegistryPolBytes, damage) : std::nullopt;
    if (file) {
      registry_.begin_part();
      auto why =
          read_registry_policy(file->bytes, half, parts_.display_name(file->path), evidence_, registry_);
      if (why) damage = parts_.damaged(file->path, *why);
    }
    if (!damage) return;
    (half == Half::Machine ? machine_damage_ : user_damage_) = damage;
    if (evidence_.key_security.collected) leave_open(evidence_.key_security, *damage);  // **SecureKey
  }

  /// Those of either half may write anywhere.
  void read_registry_preferences_part(Half half) {
    std::optional<Unknown> damage;
    const std::string preferences = std::string(folder_of(half)) + '/' + std::string(kRegistryPreferences);
    with_xml(preferences, damage, [&](const formats::XmlElement& root, const std::string& name) {
      registry_.begin_part();
      return read_registry_preferences(root, half, name, evidence_, registry_);
    });
    if (damage) machine_damage_ = user_damage_ = damage;
  }

  /// Preferences that add rows to one table.
  template <class Row, class Read>
  void read_preferences_part(Half half, std::string_view part, value::Section<Row>& table, Read read) {
    std::optional<Unknown> damage;
    const std::string path = std::string(folder_of(half)) + '/' + std::string(part);
    with_xml(path, damage, [&](const formats::XmlElement& root, const std::string& name) {
      return read(root, name, evidence_);
    });
    if (damage) leave_open(table, *damage);
  }

  /// A part that could not be read may say otherwise than the one that a row is from.
  template <class Row, class Reading>
  static void doubt_rows(value::Section<Row>& table, Reading Row::*reading) {
    if (!table.unreadable) return;
    for (Row& row : table.rows) {
      if ((row.*reading).status != value::FactStatus::Unknown)
        row.*reading = Reading::unreadable(*table.unreadable, (row.*reading).origin);
    }
  }

  template <class Row>
  static void leave_open(value::Section<Row>& table, const Unknown& why) {
    table.complete = false;
    table.unreadable = why;
  }

  template <class F>
  void with_xml(const std::string& path, std::optional<Unknown>& damage, F read) {
    bool password = false;
    const auto text = parts_.read_text(path, limits::kXmlBytes * 2, damage,
                                       [&](std::string& xml) { password = erase_passwords(xml); });
    if (!text) return;
    if (password) sink_.add(diag::StoredPassword{.part = text->name}.at());
    const auto root = formats::parse_xml(text->text);
    if (!root) {
      damage = parts_.damaged_text(*text, path, root.error());
    } else if (auto why = read(*root, text->name)) {
      damage = parts_.damaged(parts_.path_of(path), *why);
    }
  }

  void close_registry() {
    if (!needs(EvidenceSection::Registry)) return;
    close_hive(Half::Machine, "HKLM", machine_damage_);
    registry_.create_key("HKU\\Default", origin_);
    close_hive(Half::User, "HKU", user_damage_);
  }

  void close_hive(Half half, std::string_view hive, const std::optional<Unknown>& damage) {
    if (!needs_hive_of(half)) return;
    if (damage) {
      registry_.doubt(hive, *damage, origin_);
    } else {
      registry_.close(hive, origin_);
    }
  }

  /// Keys that nobody asked for themselves.
  void drop_keys_of_firewall() {
    if (asked_ == nullptr || !asked_->needs(EvidenceSection::Firewall)) return;
    evidence_.registry_collected = asked_->needs(EvidenceSection::Registry);
    std::erase_if(evidence_.registry, [&](const auto& row) {
      return !evidence_.registry_collected || !asked_->needs_registry_key(row.first);
    });
  }

  /// The users a policy applies to are not in it: one stands for all of them.
  void add_users() {
    if (!needs(EvidenceSection::Users)) return;
    value::UserProfileEvidence row;
    row.sid = kEverybody;
    row.origin = origin_;
    evidence_.users.rows.push_back(std::move(row));
    evidence_.users.collected = evidence_.users.complete = true;
    evidence_.users.origin = origin_;
  }

  ObjectParts parts_;
  const PlanSlice* asked_;
  PlanSlice all_keys_;      ///< what is asked, and what answers it
  const PlanSlice* slice_;  ///< of them; nullptr for everything
  base::DiagnosticSink& sink_;
  value::Evidence evidence_;
  RegistryBuilder registry_;
  value::OriginId origin_ = 0;
  std::optional<Unknown> machine_damage_;
  std::optional<Unknown> user_damage_;
};

}  // namespace

std::optional<ObjectPlace> object_in(const TargetFiles& files, const std::string& folder,
                                     const std::vector<TargetEntry>& entries, std::optional<Unknown>& why) {
  const auto entry = [&](std::string_view name) {
    return std::find_if(entries.begin(), entries.end(),
                        [&](const TargetEntry& e) { return base::equal_folded(last_segment(e.path), name); });
  };
  const auto has = [&](std::string_view name) { return entry(name) != entries.end(); };
  const std::string inside = folder.empty() ? std::string() : folder + '/';
  if (has("DomainSysvol") || has("bkupInfo.xml") || has("Backup.xml")) {
    return ObjectPlace{folder, inside + "DomainSysvol/GPO"};
  }
  if (has("gpt.ini")) return ObjectPlace{folder, folder};
  for (const Half half : {Half::Machine, Half::User}) {
    const auto found = entry(folder_of(half));
    if (found == entries.end() || found->kind != os::FileKind::Folder) continue;
    std::vector<TargetEntry> parts;
    why = list_folder(files, found->path, parts);
    if (why) return std::nullopt;
    constexpr std::array<std::string_view, 3> kParts{kRegistryPol, "Microsoft", "Preferences"};
    const bool policies = std::any_of(parts.begin(), parts.end(), [&](const TargetEntry& e) {
      return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view name) {
        return base::equal_folded(last_segment(e.path), name);
      });
    });
    if (policies) return ObjectPlace{folder, folder};
  }
  return std::nullopt;
}

value::Evidence read_object(const TargetFiles& files, const ObjectPlace& place, const PlanSlice* slice,
                            base::DiagnosticSink& sink) {
  return ObjectReader(files, place, slice, sink).read(place);
}

}  // namespace polc::backends::gpo
