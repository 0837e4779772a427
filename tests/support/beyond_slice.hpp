// What a backend brought that nobody asked for.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "runtime/backends/plan_slice.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::test {

/// True where somebody looked for the section, whatever came of it.
inline bool was_looked_for(const value::Evidence& e, value::EvidenceSection section) {
  using value::EvidenceSection;
  const auto touched = [](const auto& table) { return table.collected || !table.rows.empty(); };
  const auto read = [](const auto&... readings) {
    return (... || (readings.status != value::FactStatus::Unknown ||
                    readings.unknown.reason != value::UnknownReason::NotCollected));
  };
  const value::AccountPolicyEvidence& a = e.account_policy;
  switch (section) {
    case EvidenceSection::Host:
      return read(e.host.name, e.host.os, e.host.role);
    case EvidenceSection::Registry:
      return e.registry_collected || !e.registry.empty();
    case EvidenceSection::Users:
      return touched(e.users);
    case EvidenceSection::AccountPolicy:
      return read(a.min_length, a.complexity, a.history, a.max_age, a.min_age, a.reversible_encryption,
                  a.lockout_threshold, a.lockout_duration, a.lockout_window);
    case EvidenceSection::UserRights:
      return touched(e.user_rights);
    case EvidenceSection::AuditPolicy:
      return touched(e.audit_policy);
    case EvidenceSection::Services:
      return touched(e.services);
    case EvidenceSection::LocalGroups:
      return touched(e.local_groups);
    case EvidenceSection::Accounts:
      return touched(e.accounts);
    case EvidenceSection::Names:
      return touched(e.names);
    case EvidenceSection::Listeners:
      return touched(e.tcp_listeners) || touched(e.udp_listeners);
    case EvidenceSection::Firewall:
      return touched(e.firewall.profiles) || touched(e.firewall.policy_rules) ||
             touched(e.firewall.local_rules) || read(e.firewall.active);
    case EvidenceSection::FileSecurity:
      return touched(e.file_security);
    case EvidenceSection::KeySecurity:
      return touched(e.key_security);
    case EvidenceSection::Shares:
      return touched(e.shares);
    case EvidenceSection::Iis:
      return touched(e.iis.files) || read(e.iis.version);
    case EvidenceSection::Http:
      return touched(e.http);
    case EvidenceSection::Exposure:
      return touched(e.exposure);
    case EvidenceSection::Attestations:
      return touched(e.attestations);
    case EvidenceSection::Passwords:
      return touched(e.passwords);
    case EvidenceSection::WindowsFeatures:
      return touched(e.windows_features);
    case EvidenceSection::Certificates:
      return !e.certificates.empty();
    case EvidenceSection::Volumes:
      return touched(e.volumes);
  }
  return false;
}

/// Calls `use` with every section there is.
inline void for_each_section(const std::function<void(value::EvidenceSection)>& use) {
  for (auto i = std::uint8_t{0}; i <= static_cast<std::uint8_t>(value::EvidenceSection::Volumes); ++i)
    use(static_cast<value::EvidenceSection>(i));
}

/// "services", "HKLM\SOFTWARE\B" or "HKLM\SOFTWARE, values": sections and keys that the slice does not name, and values of
/// keys that it names only because of what is below them. What host it is always belongs to the answer.
inline std::vector<std::string> beyond_slice(const value::Evidence& evidence,
                                             const backends::PlanSlice& slice) {
  std::vector<std::string> beyond;
  for_each_section([&](value::EvidenceSection section) {
    if (section == value::EvidenceSection::Host || slice.needs(section)) return;
    if (was_looked_for(evidence, section)) beyond.emplace_back(value::section_name(section));
  });
  for (const auto& [folded, key] : evidence.registry) {
    if (!slice.needs_registry_key(folded)) {
      beyond.push_back(key.path);
      continue;
    }
    const auto asked = slice.registry_keys().lower_bound(folded + '\\');
    const bool only_above = !folded.starts_with("HKU") && !slice.registry_keys().contains(folded) &&
                            asked != slice.registry_keys().end() && asked->starts_with(folded + '\\');
    if (only_above && !key.values.empty()) beyond.push_back(key.path + ", values");
  }
  return beyond;
}

}  // namespace polc::test
