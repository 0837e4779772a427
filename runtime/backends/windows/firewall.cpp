// Windows Firewall: profiles and rules of the policy store and the local store from the registry, as [MS-GPFAS] 2.2
// describes the former; what is in force now from INetFwPolicy2.
#include <fmt/format.h>

#include <array>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/conversions.hpp"
#include "runtime/backends/windows/firewall_state.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/machine_key.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/formats/firewall_rule.hpp"

namespace polc::backends::windows {
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

constexpr std::string_view kPolicyStore = "SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";
constexpr std::string_view kLocalStore =
    "SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy";
constexpr std::array kProfiles{FirewallProfile::Domain, FirewallProfile::Private, FirewallProfile::Public};
constexpr std::array<std::string_view, 2> kRuleKeys{"FirewallRules",
                                                    "RestrictedServices\\AppIso\\FirewallRules"};
/// Exceptions as Windows XP kept them. Windows still applies those of a policy; their form is not read.
constexpr std::array<std::string_view, 5> kOldExceptions{"AuthorizedApplications", "GloballyOpenPorts",
                                                         "RemoteAdminSettings", "Services", "IcmpSettings"};

std::string below(std::string_view key, std::string_view name) {
  return std::string(key) + '\\' + std::string(name);
}

/// The local store calls the private profile by the name it had before Windows Vista.
std::string_view profile_key(FirewallProfile profile, FirewallStore store) {
  switch (profile) {
    case FirewallProfile::Domain:
      return "DomainProfile";
    case FirewallProfile::Private:
      return store == FirewallStore::Local ? "StandardProfile" : "PrivateProfile";
    case FirewallProfile::Public:
      return "PublicProfile";
  }
  return {};
}

Reading<bool> truth(const Reading<std::uint32_t>& number, bool (*holds)(std::uint32_t)) {
  if (number.present()) return Reading<bool>::of(holds(number.value), number.origin);
  return {number.status, {}, number.unknown, number.origin};
}

FirewallProfileRow profile_row(value::Evidence& evidence, std::string_view store_key, std::string_view name,
                               FirewallProfile profile, FirewallStore store) {
  const MachineKey key = read_machine_key(below(store_key, name), KeyParts::Values);
  FirewallProfileRow row;
  row.profile = profile;
  row.store = store;
  row.origin = add_origin(evidence, key.path);
  const auto flag = [&](std::string_view value) {
    return truth(key.dword(value, row.origin), [](std::uint32_t n) { return n != 0; });
  };
  // 0 allows, 1 blocks ([MS-GPFAS] 2.2.2.14).
  const auto blocks = [&](std::string_view value) {
    return truth(key.dword(value, row.origin), [](std::uint32_t n) { return n == 1; });
  };
  row.enabled = flag("EnableFirewall");
  row.block_inbound = blocks("DefaultInboundAction");
  row.block_outbound = blocks("DefaultOutboundAction");
  row.shields_up = flag("DoNotAllowExceptions");
  row.local_rules = flag("AllowLocalPolicyMerge");
  return row;
}

/// A policy in the form of Windows XP knows two profiles. What it says counts for the private profile where that has
/// nothing of its own; whether it counts for the public one is not certain.
void apply_old_form(const FirewallProfileRow& old, FirewallProfileRow& row) {
  const auto merge = [&](Reading<bool>& own, const Reading<bool>& standard) {
    if (own.status != FactStatus::Absent || standard.status == FactStatus::Absent) return;
    const Unknown uncertain{
        UnknownReason::Unsupported, {}, "a policy for the standard profile of Windows XP"};
    own = row.profile == FirewallProfile::Private ? standard
                                                  : Reading<bool>::unreadable(uncertain, standard.origin);
  };
  merge(row.enabled, old.enabled);
  merge(row.shields_up, old.shields_up);
}

void read_profiles(value::Evidence& evidence) {
  auto& section = evidence.firewall.profiles;
  section.collected = true;
  section.origin = add_origin(evidence, "profiles of Windows Firewall");
  const FirewallProfileRow old =
      profile_row(evidence, kPolicyStore, "StandardProfile", FirewallProfile::Private, FirewallStore::Policy);
  FirewallState state;
  for (const FirewallProfile profile : kProfiles) {
    const auto row_of = [&](std::string_view key, FirewallStore store) {
      return profile_row(evidence, key, profile_key(profile, store), profile, store);
    };
    FirewallProfileRow policy = row_of(kPolicyStore, FirewallStore::Policy);
    if (profile != FirewallProfile::Domain) apply_old_form(old, policy);
    FirewallProfileRow local = row_of(kLocalStore, FirewallStore::Local);
    cross_check(state.enabled(profile), policy, local);
    section.rows.push_back(std::move(policy));
    section.rows.push_back(std::move(local));
  }
  close(section);
  const value::OriginId origin = add_origin(evidence, "INetFwPolicy2: CurrentProfileTypes");
  evidence.firewall.active = state.active();
  evidence.firewall.active.origin = origin;
}

std::string rule_in_words(const FirewallRuleRow& rule, const std::string& key) {
  return fmt::format("rule \"{}\" ({})", rule.name, key);
}

/// One value of a rules key; what is no rule leaves the section open.
bool read_rule(value::Evidence& evidence, const MachineKey& key, const MachineValue& value,
               FirewallStore store, Section<FirewallRuleRow>& section) {
  const std::string id = os::utf8_text(value.name);
  const auto wide = text_data(value);
  const auto text = wide ? exact_text(*wide) : std::nullopt;
  auto row = text ? formats::parse_firewall_rule(*text)
                  : formats::Parsed<FirewallRuleRow>(formats::parse_error(0, "not a text"));
  if (!row) {
    leave_open(section, {UnknownReason::Corrupt, {}, fmt::format("rule \"{}\": {}", id, row.error().what)});
    return true;
  }
  row->store = store;
  row->id = id;
  row->origin = add_origin(evidence, rule_in_words(*row, key.path));
  return add_row(section, std::move(*row));
}

/// True unless nothing is kept in the key and the keys right below it.
bool holds_anything(const std::string& path) {
  const MachineKey values = read_machine_key(path, KeyParts::Values);
  if (values.status == FactStatus::Absent) return false;
  if (!values.present() || !values.values.empty()) return true;
  const MachineKey list = read_machine_key(path, KeyParts::Subkeys);
  if (!list.present()) return list.status != FactStatus::Absent;
  for (const std::wstring& name : list.subkeys) {
    const MachineKey child = read_machine_key(below(path, os::utf8_text(name)), KeyParts::Values);
    if (!child.present() || !child.values.empty()) return true;
  }
  return false;
}

/// Rules in a form or a store that is not read: that there are any leaves the section open.
void note_other_rules(std::string_view store_key, Section<FirewallRuleRow>& section) {
  for (const std::string_view profile :
       {"DomainProfile", "StandardProfile", "PrivateProfile", "PublicProfile"}) {
    for (const std::string_view name : kOldExceptions) {
      if (holds_anything(below(below(store_key, profile), name)))
        leave_open(section, {UnknownReason::Unsupported, {}, "exceptions in the form of Windows XP"});
    }
  }
  if (holds_anything(below(store_key, "Mdm\\FirewallRules")))
    leave_open(section, {UnknownReason::Unsupported, {}, "rules of a device management (MDM) store"});
}

void read_rules(value::Evidence& evidence, std::string_view store_key, FirewallStore store,
                Section<FirewallRuleRow>& section) {
  section.collected = true;
  section.origin = add_origin(evidence, "HKLM\\" + std::string(store_key));
  for (const std::string_view name : kRuleKeys) {
    const MachineKey key = read_machine_key(below(store_key, name), KeyParts::Values);
    if (key.status == FactStatus::Unknown) leave_open(section, key.unknown);
    for (const MachineValue& value : key.values) {
      // The default value of the key is no rule.
      if (!value.name.empty() && !read_rule(evidence, key, value, store, section)) return;
    }
  }
  note_other_rules(store_key, section);
  close(section);
}

}  // namespace

void cross_check(const Reading<bool>& api, FirewallProfileRow& policy, FirewallProfileRow& local) {
  if (!api.present()) {
    for (Reading<bool>* enabled : {&policy.enabled, &local.enabled}) {
      if (!enabled->present() || !enabled->value) continue;
      Unknown why = api.unknown;
      why.detail += ": whether the firewall runs is not known";
      *enabled = Reading<bool>::unreadable(std::move(why), enabled->origin);
    }
    return;
  }
  // The interface tells the local setting, or the one of a policy that stands over it.
  const auto agrees = [&](const Reading<bool>& enabled) {
    return enabled.status != FactStatus::Present || enabled.value == api.value;
  };
  const bool decided = policy.enabled.status != FactStatus::Absent;
  if (agrees(local.enabled) || (decided && agrees(policy.enabled))) return;
  const Unknown conflict{UnknownReason::Conflict,
                         {},
                         api.value
                             ? "the registry says that the profile is off, INetFwPolicy2 that it is on"
                             : "the registry says that the profile is on, INetFwPolicy2 that it is off"};
  local.enabled = Reading<bool>::unreadable(conflict, local.enabled.origin);
  if (decided) policy.enabled = Reading<bool>::unreadable(conflict, policy.enabled.origin);
}

void collect_firewall(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::Firewall)) return;
  value::FirewallEvidence& firewall = evidence.firewall;
  read_profiles(evidence);
  read_rules(evidence, kPolicyStore, FirewallStore::Policy, firewall.policy_rules);
  read_rules(evidence, kLocalStore, FirewallStore::Local, firewall.local_rules);
}

}  // namespace polc::backends::windows
