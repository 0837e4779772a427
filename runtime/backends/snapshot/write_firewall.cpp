// Windows Firewall, on its way out.
#include "runtime/backends/snapshot/row_writer.hpp"
#include "runtime/backends/snapshot/section_writers.hpp"
#include "runtime/backends/snapshot/table_writer.hpp"

namespace polc::backends::snapshot {
namespace {

using value::FirewallStore;

Tree firewall_rules(const value::Section<value::FirewallRuleRow>& section) {
  TableWriter table(section);
  for (const auto& row : section.rows) table.add(written_row(row));
  return table.listed();
}

/// {local: {domain: ...}, policy: ...}: a profile of a store is written once.
Tree firewall_profiles(const value::Section<value::FirewallProfileRow>& section) {
  TableWriter table(section);
  for (const auto& [store, name] :
       {std::pair(FirewallStore::Local, "local"), {FirewallStore::Policy, "policy"}}) {
    Tree profiles;
    for (const value::FirewallProfileRow& row : section.rows) {
      if (row.store != store) continue;
      const std::string profile = written(ProfileShape{}, row.profile)->text;
      const bool is_new =
          std::find(profiles.keys.begin(), profiles.keys.end(), profile) == profiles.keys.end();
      auto facts = written_facts(row);
      is_new&& facts ? profiles.add(profile, std::move(*facts)) : table.leave_out("a second profile");
    }
    if (!profiles.items.empty()) table.add_part(name, std::move(profiles));
  }
  return table.named();
}

}  // namespace

std::optional<Tree> write_firewall(const value::Evidence& evidence) {
  const value::FirewallEvidence& firewall = evidence.firewall;
  RowWriter row;
  row.certain_fact("active", firewall.active, kProfiles);
  if (was_read(firewall.profiles)) row.add("profiles", firewall_profiles(firewall.profiles));
  if (was_read(firewall.policy_rules)) row.add("policy_rules", firewall_rules(firewall.policy_rules));
  if (was_read(firewall.local_rules)) row.add("local_rules", firewall_rules(firewall.local_rules));
  auto tree = row.take();
  if (!tree || tree->items.empty()) return std::nullopt;
  tree->on_one_line = false;
  return tree;
}

}  // namespace polc::backends::snapshot
