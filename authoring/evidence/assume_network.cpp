// Ports, listeners and the firewall: rules that let in exactly what is assumed, in a firewall that blocks everything else.
#include <fmt/format.h>

#include <algorithm>

#include "authoring/evidence/parts.hpp"
#include "runtime/value/addresses.hpp"

namespace polc::evidence {
namespace {

using value::Addresses;
using value::Evidence;
using value::FactStatus;
using value::FirewallProfile;
using value::Reading;
using value::ResourceKind;
using value::Value;

constexpr std::uint32_t kTcp = 6, kUdp = 17;

/// Every profile blocks what no rule lets in.
void add_profiles(value::FirewallEvidence& firewall) {
  if (!firewall.profiles.rows.empty()) return;
  close(firewall.profiles);
  close(firewall.policy_rules);
  close(firewall.local_rules);
  for (const auto profile : {FirewallProfile::Domain, FirewallProfile::Private, FirewallProfile::Public}) {
    value::FirewallProfileRow row;
    row.profile = profile;
    row.enabled = Reading<bool>::of(true);
    row.block_inbound = Reading<bool>::of(true);
    row.block_outbound = Reading<bool>::of(false);
    row.shields_up = Reading<bool>::of(false);
    firewall.profiles.rows.push_back(std::move(row));
  }
}

std::vector<std::string> terms(const Addresses& addresses) {
  std::vector<std::string> all;
  for (const value::AddressRange& range : addresses.ranges) {
    std::string text = value::to_text(Addresses{{range}});
    if (text.size() > 2 && text.front() == '{') text = text.substr(1, text.size() - 2);
    for (std::size_t comma = 0; comma != std::string::npos;) {
      comma = text.find(", ");
      all.push_back(text.substr(0, comma));
      if (comma != std::string::npos) text.erase(0, comma + 2);
    }
  }
  return all;
}

/// A rule for one port, or for one more at the end of the last rule where that lets in the same addresses.
void let_in(value::FirewallEvidence& firewall, const value::Port& port, const Addresses& addresses) {
  const Addresses remote = value::subtract(addresses, value::loopback_addresses());
  if (remote.ranges.empty()) return;
  const bool everybody =
      value::is_subset(value::all_addresses(), value::unite(addresses, value::loopback_addresses()));
  value::FirewallRuleRow rule;
  rule.protocol = port.protocol == value::Protocol::Tcp ? kTcp : kUdp;
  if (!everybody) rule.remote_addresses = terms(remote);
  auto& rows = firewall.local_rules.rows;
  const bool goes_on = !rows.empty() && rows.back().protocol == rule.protocol &&
                       rows.back().remote_addresses == rule.remote_addresses &&
                       rows.back().local_ports.size() == 1;
  if (goes_on) {
    std::string& ports = rows.back().local_ports.front();
    const auto dash = ports.find('-');
    const std::string last = dash == std::string::npos ? ports : ports.substr(dash + 1);
    if (last == std::to_string(port.number - 1)) {
      ports = ports.substr(0, dash) + "-" + std::to_string(port.number);
      return;
    }
  }
  rule.id = "rule" + std::to_string(rows.size() + 1);
  rule.name = fmt::format("Example {}", rows.size() + 1);
  rule.local_ports = {std::to_string(port.number)};
  rows.push_back(std::move(rule));
}

/// The address that a socket is bound to.
std::string binding(const Value* address) {
  const auto* set = address != nullptr ? address->get<value::AddressSet>() : nullptr;
  if (set == nullptr || set->low.ranges.empty()) return "0.0.0.0";
  if (value::is_subset(set->low, value::loopback_addresses())) return "127.0.0.1";
  const Addresses v4 = *value::parse_addresses("0.0.0.0/0");
  if (value::is_subset(v4, set->low)) return "0.0.0.0";
  value::AddressRange first = set->low.ranges.front();
  first.last = first.first;
  return value::to_text(Addresses{{first}});
}

void add_listeners(Evidence& evidence, const Value& rows, const value::Port* port) {
  for (const Value& record : elements_of(rows)) {
    value::ListenerRow row;
    const Value* of_record = field(record, "port");
    const auto* own = of_record != nullptr ? of_record->get<value::Port>() : nullptr;
    row.port = port != nullptr ? *port : own != nullptr ? *own : value::Port{49152, value::Protocol::Tcp};
    row.address = binding(field(record, "address"));
    if (const Value* process = field(record, "process"))
      row.process = Reading<std::string>::of(text_of(*process));
    if (const Value* service = field(record, "service"))
      row.service = Reading<std::string>::of(text_of(*service));
    auto& section =
        row.port.protocol == value::Protocol::Tcp ? evidence.tcp_listeners : evidence.udp_listeners;
    section.rows.push_back(std::move(row));
  }
}

bool add_port(Evidence& evidence, const Assumption& assumption) {
  const auto* port = assumption.location.argument<value::Port>(0);
  const std::string_view attribute = attribute_of(assumption.location);
  if (port == nullptr || assumption.fact.status != FactStatus::Present) return false;
  if (attribute == "allowed_from") {
    const auto* set = assumption.fact.value.get<value::AddressSet>();
    add_profiles(evidence.firewall);
    if (set != nullptr) let_in(evidence.firewall, *port, set->low);
    return set != nullptr;
  }
  if (attribute != "listeners") return false;
  close(port->protocol == value::Protocol::Tcp ? evidence.tcp_listeners : evidence.udp_listeners);
  add_listeners(evidence, assumption.fact.value, port);
  return true;
}

bool add_profile(Evidence& evidence, const Assumption& assumption) {
  add_profiles(evidence.firewall);
  const auto* profile = assumption.location.argument<value::Symbol>(0);
  if (profile == nullptr || assumption.fact.status != FactStatus::Present) return false;
  const std::size_t index = profile->name == "domain" ? 0 : profile->name == "private" ? 1 : 2;
  value::FirewallProfileRow& row = evidence.firewall.profiles.rows[index];
  const std::string_view attribute = attribute_of(assumption.location);
  const Value& value = assumption.fact.value;
  if (attribute == "enabled") row.enabled = Reading<bool>::of(bool_of(value));
  if (attribute == "default_inbound") row.block_inbound = Reading<bool>::of(symbol_of(value) == "block");
  if (attribute == "default_outbound") row.block_outbound = Reading<bool>::of(symbol_of(value) == "block");
  return attribute != "local_rules";
}

bool add_rules(Evidence& evidence, const Assumption& assumption) {
  add_profiles(evidence.firewall);
  for (const Value& record : elements_of(assumption.fact.value)) {
    value::FirewallRuleRow rule;
    auto& rows = evidence.firewall.local_rules.rows;
    rule.id = "rule" + std::to_string(rows.size() + 1);
    rule.name = fmt::format("Example {}", rows.size() + 1);
    if (const Value* name = field(record, "name")) rule.name = text_of(*name);
    if (const Value* group = field(record, "group")) rule.group = text_of(*group);
    if (const Value* program = field(record, "program")) rule.program = text_of(*program);
    if (const Value* service = field(record, "service")) rule.service = text_of(*service);
    if (const Value* direction = field(record, "direction"))
      rule.inbound = symbol_of(*direction) == "inbound";
    if (const Value* action = field(record, "action")) rule.allow = symbol_of(*action) == "allow";
    if (const Value* remote = field(record, "remote")) {
      const auto* set = remote->get<value::AddressSet>();
      if (set != nullptr && !(set->low == value::all_addresses())) rule.remote_addresses = terms(set->low);
    }
    rows.push_back(std::move(rule));
  }
  return true;
}

}  // namespace

void add_network(Evidence& evidence, const Assumptions& assumptions, std::vector<std::string>& left_out) {
  for (const Assumption* assumption : assumptions) {
    bool added = true;
    switch (assumption->location.resource) {
      case ResourceKind::Port:
        added = add_port(evidence, *assumption);
        break;
      case ResourceKind::Firewall:
        added = add_profile(evidence, *assumption);
        break;
      case ResourceKind::FirewallRules:
        added = add_rules(evidence, *assumption);
        break;
      default:  // all sockets
        close(evidence.tcp_listeners);
        close(evidence.udp_listeners);
        add_listeners(evidence, assumption->fact.value, nullptr);
        break;
    }
    if (!added) left_out.push_back(value::to_text(assumption->location));
  }
}

}  // namespace polc::evidence
