// Windows Firewall as the registry keeps it: [MS-GPFAS] 2.2.4 (policy store), and the same values in the local store,
// where the private profile is called StandardProfile.
#include <fmt/format.h>

#include <array>

#include "runtime/backends/hive/sections.hpp"
#include "runtime/formats/firewall_rule.hpp"

namespace polc::backends::hive {
namespace {

using value::FactStatus;
using value::FirewallProfile;
using value::FirewallProfileRow;
using value::FirewallRuleRow;
using value::FirewallStore;
using value::Reading;
using value::Section;
using value::Unknown;
using value::UnknownReason;

/// Exceptions as Windows XP kept them. Windows still applies those of a policy; their form is not read.
constexpr std::array<std::string_view, 5> kOldExceptions{"AuthorizedApplications", "GloballyOpenPorts",
                                                         "RemoteAdminSettings", "Services", "IcmpSettings"};

Reading<bool> equals_one(const NumberReading& number) {
  return converted(number, [](std::uint32_t n) { return n == 1; });
}

FirewallProfileRow profile_row(HiveReader& reader, const KeyReading& key, FirewallProfile profile,
                               FirewallStore store) {
  const KeyValues values(reader, key);
  FirewallProfileRow row;
  row.profile = profile;
  row.store = store;
  row.enabled = values.flag("EnableFirewall");
  row.block_inbound = equals_one(values.dword("DefaultInboundAction"));
  row.block_outbound = equals_one(values.dword("DefaultOutboundAction"));
  row.shields_up = values.flag("DoNotAllowExceptions");
  row.local_rules = values.flag("AllowLocalPolicyMerge");
  row.origin = key.origin;
  return row;
}

/// A policy in the form of Windows XP knows two profiles. What it says counts for the private profile where that has
/// nothing of its own; whether it counts for the public one is not certain.
void apply_old_form(const FirewallProfileRow& old, FirewallProfileRow& row) {
  const auto merge = [&](Reading<bool>& own, const Reading<bool>& standard) {
    if (own.status != FactStatus::Absent || standard.status == FactStatus::Absent) return;
    own = row.profile == FirewallProfile::Private
              ? standard
              : Reading<bool>::unreadable(
                    {UnknownReason::Unsupported, {}, "a policy for the standard profile of Windows XP"},
                    standard.origin);
  };
  merge(row.enabled, old.enabled);
  merge(row.shields_up, old.shields_up);
}

void read_profiles_of(HiveReader& reader, const KeyReading& store_key, FirewallStore store) {
  const bool policy = store == FirewallStore::Policy;
  const KeyReading standard = reader.key(store_key, "StandardProfile");
  const KeyReading domain = reader.key(store_key, "DomainProfile");
  const KeyReading own = policy ? reader.key(store_key, "PrivateProfile") : standard;
  const KeyReading open = reader.key(store_key, "PublicProfile");
  auto& rows = reader.evidence().firewall.profiles.rows;
  rows.push_back(profile_row(reader, domain, FirewallProfile::Domain, store));
  rows.push_back(profile_row(reader, own, FirewallProfile::Private, store));
  rows.push_back(profile_row(reader, open, FirewallProfile::Public, store));
  if (!policy) return;
  const FirewallProfileRow old = profile_row(reader, standard, FirewallProfile::Private, store);
  apply_old_form(old, rows[rows.size() - 2]);
  apply_old_form(old, rows[rows.size() - 1]);
}

/// The rules that are values of a key; what cannot be read leaves the section open.
void read_rules(HiveReader& reader, const KeyReading& key, FirewallStore store,
                Section<FirewallRuleRow>& section) {
  if (key.status == FactStatus::Absent) return;
  if (!key.present()) {
    section.unreadable = key.unknown;
    return;
  }
  const KeyValues values(reader, key);
  if (values.list().error) section.unreadable = reader.corrupt(*values.list().error);
  for (const formats::HiveValue& value : values.list().items) {
    const DataReading data = reader.data(value);
    const auto* text = data.present() ? std::get_if<std::string>(&data.value.data) : nullptr;
    auto row = text != nullptr ? formats::parse_firewall_rule(*text)
                               : formats::Parsed<FirewallRuleRow>(formats::parse_error(0, "not a text"));
    if (!row) {
      section.unreadable = {
          UnknownReason::Corrupt, {}, fmt::format("rule \"{}\": {}", value.name, row.error().what)};
      continue;
    }
    row->store = store;
    row->id = value.name;
    row->origin = data.origin;
    section.rows.push_back(std::move(*row));
  }
}

/// True when something is kept below the key.
bool holds_anything(HiveReader& reader, const KeyReading& key) {
  if (!key.present()) return key.status != FactStatus::Absent;
  if (!reader.subkeys(key).complete() || !KeyValues(reader, key).list().complete()) return true;
  if (!KeyValues(reader, key).list().items.empty()) return true;
  for (formats::HiveKey& child : reader.subkeys(key).items) {
    const KeyReading below = reader.reading_of(std::move(child));
    if (!below.present() || !KeyValues(reader, below).list().items.empty()) return true;
  }
  return false;
}

/// Rules in a form or a store that is not read: that there are any leaves the section open.
void note_other_rules(HiveReader& reader, const KeyReading& store_key, Section<FirewallRuleRow>& section) {
  for (const char* profile : {"DomainProfile", "StandardProfile", "PrivateProfile", "PublicProfile"}) {
    const KeyReading key = reader.key(store_key, profile);
    for (const std::string_view name : kOldExceptions) {
      if (section.unreadable || !holds_anything(reader, reader.key(key, name))) continue;
      section.unreadable = Unknown{UnknownReason::Unsupported, {}, "exceptions in the form of Windows XP"};
    }
  }
  if (!section.unreadable && holds_anything(reader, reader.key(store_key, "Mdm\\FirewallRules")))
    section.unreadable = Unknown{UnknownReason::Unsupported, {}, "rules of a device management (MDM) store"};
}

}  // namespace

void read_firewall_store(HiveReader& reader, const KeyReading& store_key, FirewallStore store) {
  value::FirewallEvidence& firewall = reader.evidence().firewall;
  auto& rules = store == FirewallStore::Policy ? firewall.policy_rules : firewall.local_rules;
  firewall.profiles.collected = true;
  rules.origin = store_key.origin;
  read_profiles_of(reader, store_key, store);
  read_rules(reader, reader.key(store_key, "FirewallRules"), store, rules);
  read_rules(reader, reader.key(store_key, "RestrictedServices\\AppIso\\FirewallRules"), store, rules);
  note_other_rules(reader, store_key, rules);
  close(rules, std::nullopt);
}

void read_local_firewall(HiveReader& reader) {
  const KeyReading key =
      reader.key(control_set(reader), "Services\\SharedAccess\\Parameters\\FirewallPolicy");
  if (key.present()) return read_firewall_store(reader, key, FirewallStore::Local);
  const Unknown missing{UnknownReason::Corrupt, {}, "the hive has no local firewall store"};
  const Unknown why = key.status == FactStatus::Absent ? missing : key.unknown;
  unreadable(reader.evidence().firewall.local_rules, why, key.origin);
  reader.evidence().firewall.profiles.collected = true;
  reader.evidence().firewall.profiles.unreadable = why;
}

void read_policy_firewall(HiveReader& reader) {
  const KeyReading key = reader.key(reader.root(), "Policies\\Microsoft\\WindowsFirewall");
  read_firewall_store(reader, key, FirewallStore::Policy);
}

}  // namespace polc::backends::hive
