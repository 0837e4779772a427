#include "runtime/backends/firewall_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "runtime/base/casefold.hpp"
#include "runtime/formats/firewall_rule.hpp"

namespace polc::backends {
namespace {

using value::FactStatus;
using value::FirewallProfile;
using value::FirewallProfileRow;
using value::FirewallRuleRow;
using value::FirewallStore;
using value::Reading;
using value::RegistryType;
using value::Section;
using value::Unknown;
using value::UnknownReason;

constexpr std::array<std::string_view, 2> kRuleKeys{"FirewallRules",
                                                    "RestrictedServices\\AppIso\\FirewallRules"};
constexpr std::array<std::string_view, 4> kProfileKeys{"DomainProfile", "StandardProfile", "PrivateProfile",
                                                       "PublicProfile"};
/// Exceptions as Windows XP kept them. Windows still applies those of a policy; their form is not read.
constexpr std::array<std::string_view, 5> kOldExceptions{"AuthorizedApplications", "GloballyOpenPorts",
                                                         "RemoteAdminSettings", "Services", "IcmpSettings"};

/// The local store calls the private profile by the name it had before Windows Vista.
std::string profile_key(FirewallProfile profile, FirewallStore store) {
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

/// A setting that is 0 or 1, and true for 1 ([MS-GPFAS] 2.2.2: of an action, 1 blocks). Any other number is a guess.
Reading<bool> setting(const FirewallKey& key, std::string_view name) {
  const value::OriginId origin = key.presence.origin;
  if (!key.presence.present()) return {key.presence.status, {}, key.presence.unknown, origin};
  const auto found = std::find_if(key.values.begin(), key.values.end(), [&](const FirewallValue& value) {
    return base::equal_folded(value.name, name);
  });
  if (found == key.values.end())
    return key.unfinished ? Reading<bool>::unreadable(*key.unfinished, origin)
                          : Reading<bool>::absent(origin);
  const auto& data = found->data;
  if (!data.present()) return {data.status, {}, data.unknown, data.origin};
  const auto corrupt = [&](std::string_view what) {
    return Reading<bool>::unreadable({UnknownReason::Corrupt, {}, fmt::format("{} {}", name, what)},
                                     data.origin);
  };
  if (data.value.type != RegistryType::Dword) return corrupt("is no DWORD");
  const auto number = std::get<std::uint64_t>(data.value.data);
  if (number > 1) return corrupt("is neither 0 nor 1");
  return Reading<bool>::of(number == 1, data.origin);
}

/// True unless nothing is kept in the key and the keys right below it.
bool holds_anything(FirewallKeys& keys, const std::string& path) {
  const auto is_empty = [](const FirewallKey& key) {
    return key.presence.present() && key.values.empty() && !key.unfinished;
  };
  const FirewallKey key = keys.key(path);
  if (key.presence.status == FactStatus::Absent) return false;
  if (!is_empty(key)) return true;
  const auto names = keys.subkeys(path);
  if (!names.present()) return true;
  return !std::all_of(names.value.begin(), names.value.end(),
                      [&](const std::string& name) { return is_empty(keys.key(path + '\\' + name)); });
}

class StoreReader {
 public:
  StoreReader(FirewallKeys& keys, FirewallStore store, value::Evidence& evidence)
      : keys_(keys),
        store_(store),
        evidence_(evidence),
        rules_(store == FirewallStore::Policy ? evidence.firewall.policy_rules
                                              : evidence.firewall.local_rules) {}

  void read() {
    read_profiles();
    rules_.collected = true;
    rules_.origin = keys_.key("").presence.origin;
    for (const std::string_view name : kRuleKeys) read_rules(keys_.key(std::string(name)));
    note_other_rules();
    rules_.complete = !rules_.unreadable;
  }

 private:
  /// The first reason stays.
  void leave_open(Unknown why) {
    if (!rules_.unreadable) rules_.unreadable = std::move(why);
  }

  FirewallProfileRow profile_row(const std::string& name, FirewallProfile profile) {
    const FirewallKey key = keys_.key(name);
    FirewallProfileRow row;
    row.profile = profile;
    row.store = store_;
    row.enabled = setting(key, "EnableFirewall");
    row.block_inbound = setting(key, "DefaultInboundAction");
    row.block_outbound = setting(key, "DefaultOutboundAction");
    row.shields_up = setting(key, "DoNotAllowExceptions");
    row.local_rules = setting(key, "AllowLocalPolicyMerge");
    row.origin = key.presence.origin;
    return row;
  }

  /// A policy in the form of Windows XP knows two profiles. What it says counts for the private profile where that has
  /// nothing of its own; whether it counts for the public one is not certain.
  static void apply_old_form(const FirewallProfileRow& old, FirewallProfileRow& row) {
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

  void read_profiles() {
    auto& profiles = evidence_.firewall.profiles;
    profiles.collected = true;
    const bool policy = store_ == FirewallStore::Policy;
    const auto old =
        policy ? std::optional(profile_row("StandardProfile", FirewallProfile::Private)) : std::nullopt;
    for (const FirewallProfile profile :
         {FirewallProfile::Domain, FirewallProfile::Private, FirewallProfile::Public}) {
      FirewallProfileRow row = profile_row(profile_key(profile, store_), profile);
      if (old && profile != FirewallProfile::Domain) apply_old_form(*old, row);
      profiles.rows.push_back(std::move(row));
    }
  }

  /// Each value of the key is a rule.
  void read_rules(const FirewallKey& key) {
    if (key.presence.status == FactStatus::Absent) return;
    if (!key.presence.present()) return leave_open(key.presence.unknown);
    if (key.unfinished) leave_open(*key.unfinished);
    for (const FirewallValue& value : key.values) {
      if (value.data.status != FactStatus::Absent) read_rule(value);
    }
  }

  void read_rule(const FirewallValue& value) {
    const auto broken = [&](std::string_view what) {
      leave_open({UnknownReason::Corrupt, {}, fmt::format("rule \"{}\": {}", value.name, what)});
    };
    if (!value.data.present()) {
      Unknown why = value.data.unknown;
      why.detail = fmt::format("rule \"{}\": {}", value.name, why.detail);
      return leave_open(std::move(why));
    }
    const auto* text = std::get_if<std::string>(&value.data.value.data);
    if (text == nullptr) return broken("not a text");
    // The default value of the key, which nobody has set.
    if (value.name.empty() && text->empty()) return;
    auto row = formats::parse_firewall_rule(*text);
    if (!row) return broken(row.error().what);
    row->store = store_;
    row->id = value.name;
    row->origin = value.data.origin;
    name_origin(*row);
    rules_.rows.push_back(std::move(*row));
  }

  /// A rule is known by its name; where it is kept follows.
  void name_origin(const FirewallRuleRow& rule) {
    std::string& note = evidence_.origins.at(rule.origin).note;
    if (rule.origin != 0) note = fmt::format("rule \"{}\"{}{}", rule.name, note.empty() ? "" : ", ", note);
  }

  /// Rules in a form or a store that is not read: that there are any leaves the section open.
  void note_other_rules() {
    for (const std::string_view profile : kProfileKeys) {
      for (const std::string_view name : kOldExceptions) {
        if (!rules_.unreadable && holds_anything(keys_, fmt::format("{}\\{}", profile, name)))
          leave_open({UnknownReason::Unsupported, {}, "exceptions in the form of Windows XP"});
      }
    }
    if (!rules_.unreadable && holds_anything(keys_, "Mdm\\FirewallRules"))
      leave_open({UnknownReason::Unsupported, {}, "rules of a device management (MDM) store"});
  }

  FirewallKeys& keys_;
  FirewallStore store_;
  value::Evidence& evidence_;
  Section<FirewallRuleRow>& rules_;
};

}  // namespace

void read_firewall_store(FirewallKeys& keys, FirewallStore store, value::Evidence& evidence) {
  StoreReader(keys, store, evidence).read();
}

}  // namespace polc::backends
