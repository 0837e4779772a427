// What a Group Policy object says about the firewall, from its registry instructions.
#include <algorithm>

#include "runtime/backends/gpo/gpo.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/support/file_target.hpp"
#include "tests/support/windows_bytes.hpp"
#include "tests/unit/catch.hpp"

namespace polc::backends {
namespace {

using test::pol_entry;
using value::EvidenceSection;
using value::FactStatus;
using value::FirewallProfile;

const std::string kStore = "SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";
const std::string kRules = kStore + "\\FirewallRules";
const std::string kWeb = "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=443|Name=Web|";

std::string text_entry(const std::string& key, const std::string& name, const std::string& text) {
  return pol_entry(key, name, 1, test::utf16(text + '\0'));
}

/// The entries of Machine\Registry.pol.
value::Evidence read(const std::string& entries, const PlanSlice* slice = nullptr) {
  test::FileTarget sysvol;
  sysvol.add("gpt.ini", "");
  sysvol.add("Machine/Registry.pol", test::pol_file(entries));
  auto all = gpo_backend().collect(sysvol.folder(), {.slice = slice}, sysvol.sink);
  REQUIRE(all);
  REQUIRE(all->size() == 1);
  return std::move(all->front());
}

const value::FirewallProfileRow& profile(const value::Evidence& evidence, FirewallProfile which) {
  const auto& rows = evidence.firewall.profiles.rows;
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.profile == which; });
  REQUIRE(found != rows.end());
  CHECK(found->store == value::FirewallStore::Policy);
  return *found;
}

}  // namespace

TEST_CASE("gpo firewall: profiles and rules of the policy store, with their entries") {
  const auto e = read(pol_entry(kStore + "\\DomainProfile", "EnableFirewall", 1) +
                      pol_entry(kStore + "\\DomainProfile", "DefaultInboundAction", 1) +
                      pol_entry(kStore + "\\PublicProfile", "AllowLocalPolicyMerge", 0) +
                      text_entry(kRules, "{A}", kWeb));
  CHECK(profile(e, FirewallProfile::Domain).enabled.value);
  CHECK(profile(e, FirewallProfile::Domain).block_inbound.value);
  CHECK(profile(e, FirewallProfile::Domain).block_outbound.status == FactStatus::Absent);
  CHECK(profile(e, FirewallProfile::Public).local_rules.present());
  CHECK_FALSE(profile(e, FirewallProfile::Public).local_rules.value);
  CHECK(profile(e, FirewallProfile::Private).enabled.status == FactStatus::Absent);
  const auto& rules = e.firewall.policy_rules;
  CHECK(rules.complete);
  REQUIRE(rules.rows.size() == 1);
  CHECK(rules.rows[0].id == "{A}");
  CHECK(rules.rows[0].local_ports == std::vector<std::string>{"443"});
  CHECK(test::place_text(e, rules.rows[0].origin) == "t/Machine/Registry.pol, rule \"Web\", entry 4");
  // Of the store of the machine it says nothing.
  CHECK_FALSE(e.firewall.local_rules.collected);
  CHECK_FALSE(e.firewall.profiles.complete);
  CHECK(e.firewall.profiles.rows.size() == 3);
}

TEST_CASE("gpo firewall: an object without firewall has an empty store") {
  const auto e = read(pol_entry("Software\\A", "X", 1));
  CHECK(e.firewall.policy_rules.complete);
  CHECK(e.firewall.policy_rules.rows.empty());
  CHECK(profile(e, FirewallProfile::Public).enabled.status == FactStatus::Absent);
}

TEST_CASE("gpo firewall: rules that are deleted are none, and those that cannot be read leave it open") {
  const auto deleted = read(text_entry(kRules, "{A}", kWeb) + text_entry(kRules, "**del.{A}", " "));
  CHECK(deleted.firewall.policy_rules.complete);
  CHECK(deleted.firewall.policy_rules.rows.empty());
  struct Case {
    std::string entries;
    const char* why;
  };
  const Case cases[] = {
      {text_entry(kRules, "{B}", "v2.31|Action=Perhaps|Dir=In|"), "rule \"{B}\": "},
      {pol_entry(kRules, "{B}", 1), "rule \"{B}\": not a text"},
      {text_entry(kRules, "**soft.{B}", kWeb), "set only where the value is missing"},
      {text_entry(kStore + "\\Mdm\\FirewallRules", "{B}", kWeb), "MDM"},
      {text_entry(kStore + "\\StandardProfile\\GloballyOpenPorts\\List", "80:TCP", "80:TCP:*:Enabled:Web"),
       "Windows XP"},
      {"[", "Registry.pol"},
  };
  for (const Case& c : cases) {
    const auto e = read(text_entry(kRules, "{A}", kWeb) + c.entries);
    CAPTURE(c.why);
    CHECK_FALSE(e.firewall.policy_rules.complete);
    REQUIRE(e.firewall.policy_rules.unreadable);
    CAPTURE(e.firewall.policy_rules.unreadable->detail);
    CHECK(e.firewall.policy_rules.unreadable->detail.find(c.why) != std::string::npos);
  }
}

TEST_CASE("gpo firewall: a setting that is no 0 or 1 decides nothing") {
  for (const std::string& entry : {pol_entry(kStore + "\\DomainProfile", "EnableFirewall", 2),
                                   text_entry(kStore + "\\DomainProfile", "EnableFirewall", "1")}) {
    const auto e = read(entry);
    const auto& enabled = profile(e, FirewallProfile::Domain).enabled;
    CHECK(enabled.status == FactStatus::Unknown);
    CHECK(enabled.unknown.reason == value::UnknownReason::Corrupt);
  }
}

TEST_CASE("gpo firewall: its keys are read for it and not brought where nobody asked for keys") {
  const std::string entries = text_entry(kRules, "{A}", kWeb) + pol_entry("Software\\A", "X", 1);
  PlanSlice firewall;
  firewall.add(EvidenceSection::Firewall);
  const auto alone = read(entries, &firewall);
  CHECK(alone.firewall.policy_rules.rows.size() == 1);
  CHECK(alone.registry.empty());
  CHECK_FALSE(alone.registry_collected);

  PlanSlice both = firewall;
  both.add_registry_key(value::folded("HKLM\\SOFTWARE\\A"));
  const auto with_key = read(entries, &both);
  CHECK(with_key.firewall.policy_rules.rows.size() == 1);
  CHECK(with_key.registry.contains(value::folded("HKLM\\SOFTWARE\\A")));
  CHECK_FALSE(with_key.registry.contains(value::folded("HKLM\\" + kRules)));

  PlanSlice registry;
  registry.add_registry_key(value::folded("HKLM\\" + kRules));
  const auto without = read(entries, &registry);
  CHECK_FALSE(without.firewall.policy_rules.collected);
  CHECK(without.registry.contains(value::folded("HKLM\\" + kRules)));
}

}  // namespace polc::backends
