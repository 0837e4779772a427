// All that is assumed of a host, with the names that it needs.
#include <algorithm>

#include "authoring/evidence/parts.hpp"

namespace polc::evidence {
namespace {

using value::Evidence;
using value::ResourceKind;
using value::Value;

bool is_network(ResourceKind kind) {
  return kind == ResourceKind::Port || kind == ResourceKind::Firewall ||
         kind == ResourceKind::FirewallRules || kind == ResourceKind::Listeners;
}

bool is_access(ResourceKind kind) {
  return kind == ResourceKind::Acl || kind == ResourceKind::ShareAcl || kind == ResourceKind::RegistryAcl ||
         kind == ResourceKind::Shares;
}

bool is_iis(ResourceKind kind) {
  return kind == ResourceKind::Iis || kind == ResourceKind::IisList || kind == ResourceKind::IisPaths;
}

/// Principals that a policy names, with the SIDs that were made up for them.
void add_name(Evidence& evidence, const value::Principal& principal) {
  using Form = value::Principal::Form;
  if (principal.form == Form::DomainRelative)
    evidence.host.domain_sid = value::Reading<std::string>::of(std::string(kDomainSid));
  if (principal.form == Form::MachineRelative)
    evidence.host.machine_sid = value::Reading<std::string>::of(std::string(kMachineSid));
  if (principal.form != Form::Name) return;
  auto& rows = evidence.names.rows;
  const bool known =
      std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.name == principal.name; });
  evidence.names.collected = true;
  if (!known) rows.push_back({principal.name, principal.sid});
}

void add_names(Evidence& evidence, const Value& value) {
  if (const auto* principal = value.get<value::Principal>()) add_name(evidence, *principal);
  for (const Value& element : elements_of(value)) add_names(evidence, element);
  if (const auto* map = value.get<value::MapValue>()) {
    for (const value::MapEntry& entry : map->entries) {
      add_names(evidence, entry.key);
      add_names(evidence, entry.value);
    }
  }
}

}  // namespace

AssumedHost evidence_of(const std::vector<Assumption>& host, std::int64_t as_of,
                        const std::vector<Value>& named) {
  AssumedHost result;
  Evidence& evidence = result.evidence;
  evidence.backend = "snapshot";
  evidence.collected_at = as_of;
  for (const Value& principal : named) add_names(evidence, principal);
  Assumptions network, access, iis;
  for (const Assumption& assumption : host) {
    add_names(evidence, assumption.fact.value);
    for (const Value& argument : assumption.location.arguments) add_names(evidence, argument);
    const ResourceKind kind = assumption.location.resource;
    if (is_network(kind)) {
      network.push_back(&assumption);
    } else if (is_access(kind)) {
      access.push_back(&assumption);
    } else if (is_iis(kind)) {
      iis.push_back(&assumption);
    } else if (!assume(evidence, assumption.location, assumption.fact) && !add_object(evidence, assumption) &&
               !add_statement(evidence, assumption, as_of)) {
      result.left_out.push_back(value::to_text(assumption.location));
    }
  }
  add_network(evidence, network, result.left_out);
  add_access(evidence, access, result.left_out);
  add_iis(evidence, iis, result.left_out);
  return result;
}

}  // namespace polc::evidence
