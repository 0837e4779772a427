#include "runtime/derive/firewall.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "runtime/derive/facts.hpp"
#include "runtime/value/addresses.hpp"

namespace polc::derive {
namespace {

using value::Addresses;
using value::AddressSet;
using value::Fact;
using value::FactStatus;
using value::FirewallProfile;
using value::FirewallProfileRow;
using value::FirewallRuleRow;
using value::FirewallStore;
using value::Reading;
using value::Truth;
using value::Unknown;
using value::UnknownReason;

constexpr std::array kProfiles{FirewallProfile::Domain, FirewallProfile::Private, FirewallProfile::Public};

/// Rules shown as evidence of one port; the decision uses all of them.
constexpr std::size_t kShownRules = 16;

std::string_view profile_name(FirewallProfile profile) {
  switch (profile) {
    case FirewallProfile::Domain:
      return "domain";
    case FirewallProfile::Private:
      return "private";
    case FirewallProfile::Public:
      return "public";
  }
  return "";
}

Truth truth_of(const Reading<bool>& reading) {
  if (!reading.present()) return Truth::Unknown;
  return reading.value ? Truth::True : Truth::False;
}

/// A setting that a policy does not configure.
Reading<bool> left_to_machine(const FirewallProfileRow& policy) {
  return Reading<bool>::unreadable(
      {UnknownReason::NotCollected,
       {},
       fmt::format("the policy leaves a setting of the {} profile to the machine",
                   profile_name(policy.profile))},
      policy.origin);
}

/// A sorted list without repetitions.
std::vector<Unknown> tidy(std::vector<Unknown> unknowns) {
  const auto key = [](const Unknown& u) { return std::tie(u.reason, u.address, u.detail); };
  std::sort(unknowns.begin(), unknowns.end(),
            [&](const Unknown& a, const Unknown& b) { return key(a) < key(b); });
  unknowns.erase(std::unique(unknowns.begin(), unknowns.end()), unknowns.end());
  return unknowns;
}

using Ranges = std::vector<value::AddressRange>;

void append(Ranges& ranges, const Addresses& more) {
  ranges.insert(ranges.end(), more.ranges.begin(), more.ranges.end());
}

Unknown why_possible(const PreparedRule& rule) {
  const std::string name = "rule \"" + rule.row().name + "\" ";
  if (!rule.unresolved().empty())
    return {UnknownReason::UnresolvedName, {}, name + "for " + rule.unresolved()};
  return {UnknownReason::NotCollected, {}, name + "is limited in a way that the evidence cannot decide"};
}

value::Value rule_record(const PreparedRule& rule) {
  const FirewallRuleRow& row = rule.row();
  return RecordBuilder(row.origin)
      .field("name", value::text(row.name))
      .field("direction", symbol(row.inbound ? "inbound" : "outbound"))
      .field("action", symbol(row.allow ? "allow" : "block"))
      .text_or_absent("program", row.program)
      .text_or_absent("service", row.service)
      .field("remote", value::Value(rule.remote()))
      .text_or_absent("group", row.group)
      .build();
}

}  // namespace

// --- listeners

ListenerIndex::ListenerIndex(const value::Section<value::ListenerRow>& tcp,
                             const value::Section<value::ListenerRow>& udp)
    : tcp_(tcp), udp_(udp) {
  for (const auto* section : {&tcp, &udp}) {
    for (const auto& row : section->rows) by_port_[row.port].push_back(&row);
  }
}

PortListeners ListenerIndex::at(value::Port port) const {
  PortListeners result;
  const auto found = by_port_.find(port);
  if (found != by_port_.end()) result.rows = found->second;
  result.complete = section(port.protocol).complete;
  return result;
}

// --- profiles

Firewall::Firewall(const value::Evidence& evidence, const ListenerIndex& listeners)
    : evidence_(evidence.firewall),
      of_policy_(evidence.layer == value::Layer::Policy),
      listeners_(listeners) {
  // What Windows does where a store does not say: [MS-FASP] FW_PROFILE_CONFIG. Whether a profile filters at all is
  // never guessed.
  for (const Profile profile : kProfiles) {
    states_[static_cast<std::size_t>(profile)] = {
        merged(profile, &FirewallProfileRow::enabled, std::nullopt),
        merged(profile, &FirewallProfileRow::block_inbound, true),
        merged(profile, &FirewallProfileRow::block_outbound, false),
        merged(profile, &FirewallProfileRow::shields_up, false),
        local_rules(profile),
    };
  }
  active_.assign(kProfiles.begin(), kProfiles.end());
  if (evidence_.active.present() && !evidence_.active.value.empty()) active_ = evidence_.active.value;
  for (const auto* section : {&evidence_.policy_rules, &evidence_.local_rules}) {
    for (const FirewallRuleRow& row : section->rows) {
      if (row.active) rules_.emplace_back(row, evidence.host);
    }
  }
}

const FirewallProfileRow* Firewall::find(Profile profile, FirewallStore store) const {
  const auto& rows = evidence_.profiles.rows;
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const FirewallProfileRow& row) {
    return row.profile == profile && row.store == store;
  });
  return found == rows.end() ? nullptr : &*found;
}

/// Group Policy over the local store; `fallback` is what Windows does where neither says.
Reading<bool> Firewall::merged(Profile profile, Setting setting, std::optional<bool> fallback) const {
  const FirewallProfileRow* policy = find(profile, FirewallStore::Policy);
  if (policy == nullptr && !evidence_.profiles.complete) {
    return Reading<bool>::unreadable(not_listed(evidence_.profiles), evidence_.profiles.origin);
  }
  if (policy != nullptr && (policy->*setting).status != FactStatus::Absent) return policy->*setting;
  if (policy != nullptr && of_policy_) return left_to_machine(*policy);
  const FirewallProfileRow* local = find(profile, FirewallStore::Local);
  if (local != nullptr && (local->*setting).status != FactStatus::Absent) return local->*setting;
  const value::OriginId origin = local != nullptr ? local->origin : evidence_.profiles.origin;
  if (local != nullptr && fallback) return Reading<bool>::of(*fallback, origin);
  return Reading<bool>::unreadable(
      {UnknownReason::DefaultUnknown, {}, std::string(profile_name(profile)) + " profile"}, origin);
}

/// AllowLocalPolicyMerge is a policy alone: without one local rules count.
Reading<bool> Firewall::local_rules(Profile profile) const {
  const FirewallProfileRow* policy = find(profile, FirewallStore::Policy);
  if (policy != nullptr && policy->local_rules.status != FactStatus::Absent) return policy->local_rules;
  if (policy != nullptr && of_policy_) return left_to_machine(*policy);
  if (policy == nullptr && !evidence_.profiles.complete) {
    return Reading<bool>::unreadable(not_listed(evidence_.profiles), evidence_.profiles.origin);
  }
  return Reading<bool>::of(true, policy == nullptr ? evidence_.profiles.origin : policy->origin);
}

// --- inbound

Truth Firewall::counts(const PreparedRule& rule, Profile profile) const {
  if (!rule.applies_to(profile)) return Truth::False;
  return rule.row().store == FirewallStore::Policy ? Truth::True : truth_of(state(profile).local_rules);
}

AddressSet Firewall::inbound_in(Profile profile,
                                const std::vector<std::pair<const PreparedRule*, Certainty>>& matching,
                                std::vector<Unknown>& why) const {
  const Addresses any = value::all_addresses();
  const ProfileState& profile_state = state(profile);
  for (const Reading<bool>* setting : {&profile_state.enabled, &profile_state.block_inbound,
                                       &profile_state.shields_up, &profile_state.local_rules}) {
    if (!setting->present()) why.push_back(setting->unknown);
  }
  const Truth enabled = truth_of(profile_state.enabled);
  const Truth block = truth_of(profile_state.block_inbound);
  const Truth shields = truth_of(profile_state.shields_up);
  const Truth local = truth_of(profile_state.local_rules);
  if (enabled == Truth::False) return AddressSet::exactly(any);

  AddressSet allowed{block == Truth::False ? any : Addresses{}, block == Truth::True ? Addresses{} : any};
  Addresses blocked_possibly;
  const auto unread_store = [&](const value::Section<FirewallRuleRow>& store) {
    if (store.complete) return;
    allowed.high = blocked_possibly = any;
    why.push_back(not_listed(store));
  };
  unread_store(evidence_.policy_rules);
  if (local != Truth::False) unread_store(evidence_.local_rules);

  // Gathered first and united once: a host may have thousands of rules for one port.
  Ranges allow_surely, allow_possibly, block_surely, block_possibly, bypass;
  for (const auto& [rule, certainty] : matching) {
    const Truth counted = counts(*rule, profile);
    if (counted == Truth::False) continue;
    const bool certain = certainty == Certainty::Certain && counted == Truth::True;
    const AddressSet& remote = rule->remote();
    if (!certain || !remote.exact()) why.push_back(why_possible(*rule));
    if (rule->row().bypass) {
      append(bypass, remote.high);
    } else if (rule->row().allow) {
      append(allow_possibly, remote.high);
      if (certain) append(allow_surely, remote.low);
    } else {
      append(block_possibly, remote.high);
      if (certain && rule->unconditional()) append(block_surely, remote.low);
    }
  }
  allowed.low = value::unite(allowed.low, value::normalised(std::move(allow_surely)));
  allowed.high = value::unite(allowed.high, value::normalised(std::move(allow_possibly)));
  blocked_possibly = value::unite(blocked_possibly, value::normalised(std::move(block_possibly)));
  const Addresses blocked_surely = value::normalised(std::move(block_surely));
  // Block beats allow, and "block all incoming connections" beats every rule.
  allowed.low = shields == Truth::False ? value::subtract(allowed.low, blocked_possibly) : Addresses{};
  allowed.high =
      value::unite(value::subtract(allowed.high, blocked_surely), value::normalised(std::move(bypass)));
  if (shields == Truth::True) allowed.high = {};
  if (enabled == Truth::Unknown) allowed.high = any;
  return allowed;
}

Firewall::Inbound Firewall::inbound(value::Port port) const {
  const PortListeners listeners = listeners_.at(port);
  std::vector<std::pair<const PreparedRule*, Certainty>> matching;
  for (const PreparedRule& rule : rules_) {
    const Certainty certainty = rule.matches(port, listeners);
    if (certainty != Certainty::No) matching.emplace_back(&rule, certainty);
  }

  Inbound result;
  bool first = true;
  for (const Profile profile : active_) {
    const AddressSet allowed = inbound_in(profile, matching, result.unknowns);
    result.allowed.low = first ? allowed.low : value::intersect(result.allowed.low, allowed.low);
    result.allowed.high = first ? allowed.high : value::unite(result.allowed.high, allowed.high);
    first = false;
    for (const auto* row : {find(profile, FirewallStore::Policy), find(profile, FirewallStore::Local)}) {
      if (row != nullptr && row->origin != 0) result.decided_by.push_back(row->origin);
    }
  }
  // What a machine sends to itself never passes the firewall.
  result.allowed.low = value::unite(result.allowed.low, value::loopback_addresses());
  result.allowed.high = value::unite(result.allowed.high, value::loopback_addresses());

  std::vector<value::OriginId> rules;
  for (const auto& [rule, certainty] : matching) {
    const bool counted = std::any_of(active_.begin(), active_.end(),
                                     [&, r = rule](Profile p) { return counts(*r, p) != Truth::False; });
    if (counted && rules.size() < kShownRules) rules.push_back(rule->row().origin);
  }
  result.decided_by.insert(result.decided_by.begin(), rules.begin(), rules.end());
  if (result.allowed.exact()) {
    result.unknowns.clear();
  } else {
    const bool several = active_.size() > 1;
    if (several && !evidence_.active.present()) {
      Unknown active = evidence_.active.unknown;
      active.detail = active.detail.empty() ? "active firewall profile" : active.detail;
      result.unknowns.push_back(std::move(active));
    }
    if (result.unknowns.empty()) {
      result.unknowns.push_back({UnknownReason::NotCollected,
                                 {},
                                 "which of the active firewall profiles a connection falls under"});
    }
    result.unknowns = tidy(std::move(result.unknowns));
  }
  return result;
}

// --- facts

Fact Firewall::profile_fact(const value::Address& address) const {
  const auto* written = address.argument<value::Symbol>(0);
  const auto profile = std::find_if(kProfiles.begin(), kProfiles.end(), [&](Profile p) {
    return written != nullptr && profile_name(p) == written->name;
  });
  if (profile == kProfiles.end()) return Fact::unknown(UnknownReason::Unsupported);
  const ProfileState& profile_state = state(*profile);
  const auto action = [](bool block) { return symbol(block ? "block" : "allow"); };
  enum class ProfileAttribute : value::AttributeId { Enabled, DefaultInbound, DefaultOutbound, LocalRules };
  switch (static_cast<ProfileAttribute>(address.attribute)) {
    case ProfileAttribute::Enabled:
      return fact_of(profile_state.enabled, value::AbsentLevel::Setting, boolean);
    case ProfileAttribute::DefaultInbound:
      return fact_of(profile_state.block_inbound, value::AbsentLevel::Setting, action);
    case ProfileAttribute::DefaultOutbound:
      return fact_of(profile_state.block_outbound, value::AbsentLevel::Setting, action);
    case ProfileAttribute::LocalRules:
      return fact_of(profile_state.local_rules, value::AbsentLevel::Setting, boolean);
  }
  return Fact::unknown(UnknownReason::Unsupported);
}

Fact Firewall::rules_fact() const {
  const auto merges = [&](Truth truth) {
    return std::any_of(active_.begin(), active_.end(),
                       [&](Profile profile) { return truth_of(state(profile).local_rules) == truth; });
  };
  // Local rules are listed where they count in some active profile; where that is not known the list is open.
  const bool local = merges(Truth::True);
  value::ListValue list;
  std::vector<Unknown> why;
  list.complete = evidence_.policy_rules.complete && (!local || evidence_.local_rules.complete) &&
                  (local || !merges(Truth::Unknown));
  if (!evidence_.policy_rules.complete) why.push_back(not_listed(evidence_.policy_rules));
  if (local && !evidence_.local_rules.complete) why.push_back(not_listed(evidence_.local_rules));
  for (const Profile profile : active_) {
    if (!state(profile).local_rules.present()) why.push_back(state(profile).local_rules.unknown);
  }
  for (const PreparedRule& rule : rules_) {
    if (local || rule.row().store == FirewallStore::Policy) list.items.push_back(rule_record(rule));
  }
  if (list.items.empty() && !list.complete) {
    Fact fact = Fact::unknown(UnknownReason::NotCollected);
    fact.unknowns = tidy(std::move(why));
    return fact;
  }
  const bool complete = list.complete;
  Fact fact = Fact::present(value::Value(std::move(list)), evidence_.local_rules.origin);
  if (!complete) fact.unknowns = tidy(std::move(why));
  return fact;
}

}  // namespace polc::derive
