// The effective inbound firewall: profile states x default actions x rules, of the Group Policy store over the
// local one. What cannot be proven widens the bounds, in both directions (docs/language.md, "Firewall bounds").
#pragma once

#include <array>
#include <map>
#include <vector>

#include "runtime/derive/context.hpp"
#include "runtime/derive/firewall_rule.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::derive {

/// Rows of one listener table by port.
class ListenerIndex {
 public:
  ListenerIndex(const value::Section<value::ListenerRow>& tcp, const value::Section<value::ListenerRow>& udp);

  PortListeners at(value::Port port) const;
  const value::Section<value::ListenerRow>& section(value::Protocol protocol) const {
    return protocol == value::Protocol::Tcp ? tcp_ : udp_;
  }

 private:
  const value::Section<value::ListenerRow>& tcp_;
  const value::Section<value::ListenerRow>& udp_;
  std::map<value::Port, std::vector<const value::ListenerRow*>> by_port_;
};

class Firewall {
 public:
  Firewall(const value::Evidence& evidence, const ListenerIndex& listeners);

  struct Inbound {
    value::AddressSet allowed;                ///< remote addresses that are let in; loopback always
    std::vector<value::OriginId> decided_by;  ///< rules and profile settings, in reading order
    std::vector<value::Unknown> unknowns;     ///< why the bounds differ; empty when they do not
  };
  Inbound inbound(value::Port port) const;

  /// Of firewall(profile).
  value::Fact profile_fact(const value::Address& address) const;

  /// Of firewall_rules: active rules of the stores that count.
  value::Fact rules_fact() const;

 private:
  using Profile = value::FirewallProfile;
  using Setting = value::Reading<bool> value::FirewallProfileRow::*;

  /// Settings of one profile after the policy store had its say.
  struct ProfileState {
    value::Reading<bool> enabled, block_inbound, block_outbound, shields_up, local_rules;
  };

  value::Reading<bool> merged(Profile profile, Setting setting, std::optional<bool> fallback) const;
  value::Reading<bool> local_rules(Profile profile) const;
  const value::FirewallProfileRow* find(Profile profile, value::FirewallStore store) const;
  const ProfileState& state(Profile profile) const { return states_[static_cast<std::size_t>(profile)]; }
  value::Truth counts(const PreparedRule& rule, Profile profile) const;
  value::AddressSet inbound_in(Profile profile,
                               const std::vector<std::pair<const PreparedRule*, Certainty>>& matching,
                               std::vector<value::Unknown>& why) const;

  const value::FirewallEvidence& evidence_;
  bool of_policy_;  ///< what a policy leaves alone is the machine's to say
  const ListenerIndex& listeners_;
  std::array<ProfileState, 3> states_;
  std::vector<Profile> active_;
  std::vector<PreparedRule> rules_;  ///< active ones of both stores
};

}  // namespace polc::derive
