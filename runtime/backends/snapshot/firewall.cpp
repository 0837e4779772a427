// Windows Firewall: profiles and rules of the policy and the local store.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "runtime/backends/snapshot/form.hpp"
#include "runtime/backends/snapshot/sections.hpp"
#include "runtime/backends/snapshot/tables.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/formats/firewall_rule.hpp"
#include "runtime/value/resource.hpp"

namespace polc::backends::snapshot {
namespace {

using value::FirewallProfile;
using value::FirewallStore;

const std::vector<std::string_view>& profile_words() {
  return value::enumerations()[value::enumeration_index("firewall_profile")].members;
}

/// `rule "MySQL" (profiles: all)`: how explanations name a rule.
std::string rule_in_words(const value::FirewallRuleRow& rule) {
  if (rule.profiles.empty()) return fmt::format("rule \"{}\" (profiles: all)", rule.name);
  std::vector<std::string_view> names;
  for (const FirewallProfile profile : rule.profiles)
    names.push_back(profile_words()[static_cast<std::size_t>(profile)]);
  return fmt::format("rule \"{}\" (profiles: {})", rule.name, fmt::join(names, ", "));
}

/// "any" in a list of a rule is the same as no list.
void drop_any(std::vector<std::string>& list) {
  for (const std::string& item : list) {
    if (!base::equal_folded(item, "any")) continue;
    list.clear();
    return;
  }
}

bool parse_raw(Decoder& decoder, Node node, std::string_view text, value::FirewallRuleRow& row) {
  auto parsed = formats::parse_firewall_rule(text);
  if (!parsed) {
    decoder.malformed(node, "a firewall rule as the registry keeps it",
                      fmt::format("{}, at character {}", parsed.error().what, parsed.error().offset + 1));
    return false;
  }
  row = std::move(*parsed);
  return true;
}

bool has_key(Node node, std::string_view name) {
  for (const Member member : node.members()) {
    if (member.key.text() == name) return true;
  }
  return false;
}

bool read_rule(Decoder& decoder, Node node, FirewallStore store, value::FirewallRuleRow& row) {
  bool good = true;
  if (node.is_text()) {
    good = parse_raw(decoder, node, node.text(), row);
  } else if (has_key(node, "rule")) {
    RawRuleRow raw;
    read_mapping_row(decoder, node, "a firewall rule", raw);
    good = parse_raw(decoder, node, raw.rule, row);
    row.id = raw.id;
  } else {
    read_mapping_row(decoder, node, "a firewall rule", row);
    for (auto* list : {&row.local_ports, &row.remote_ports, &row.local_addresses, &row.remote_addresses}) {
      drop_any(*list);
    }
  }
  row.store = store;
  row.origin = decoder.origin(node, rule_in_words(row));
  return good;
}

void read_rules(Decoder& decoder, Node node, std::string_view place, FirewallStore store,
                value::Section<value::FirewallRuleRow>& section) {
  read_listed_rows(decoder, node, place, section, false, [&](Node item, value::FirewallRuleRow& row) {
    return read_rule(decoder, item, store, row);
  });
}

void read_profiles_of_store(Decoder& decoder, Node node, std::string_view place, FirewallStore store,
                            value::Section<value::FirewallProfileRow>& section) {
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, place, "a mapping of domain, private and public");
    return;
  }
  for (const Member member : node.members()) {
    const auto profile = ProfileShape{}.read(decoder, member.key, place);
    if (!profile) continue;
    value::FirewallProfileRow row;
    row.profile = *profile;
    row.store = store;
    row.origin = decoder.origin(member.value);
    read_row_of_facts(decoder, member.value, "a firewall profile", row);
    section.rows.push_back(std::move(row));
  }
}

void read_profiles(Decoder& decoder, Node node, value::Section<value::FirewallProfileRow>& section) {
  read_section(decoder, node, "'profiles'", section, false, [&](const Member& member) {
    if (member.key.text() == "local") {
      read_profiles_of_store(decoder, member.value, "'local'", FirewallStore::Local, section);
    } else if (member.key.text() == "policy") {
      read_profiles_of_store(decoder, member.value, "'policy'", FirewallStore::Policy, section);
    } else {
      decoder.unknown_key(member.key, "'profiles'", {kComplete, kUnreadable, "local", "policy"});
    }
  });
}

}  // namespace

void decode_firewall(Decoder& decoder, Node node) {
  value::FirewallEvidence& firewall = decoder.evidence().firewall;
  if (const auto marker = decoder.marker(node); marker && !marker->absent) {
    read_profiles(decoder, node, firewall.profiles);
    read_rules(decoder, node, "'firewall'", FirewallStore::Policy, firewall.policy_rules);
    read_rules(decoder, node, "'firewall'", FirewallStore::Local, firewall.local_rules);
    firewall.active =
        value::Reading<std::vector<FirewallProfile>>::unreadable(marker->why, decoder.origin(node));
    return;
  }
  FieldReader fields(decoder, node, "'firewall'");
  fields.certain_fact("active", firewall.active, kProfiles);
  fields.part("profiles", [&](Node profiles) { read_profiles(decoder, profiles, firewall.profiles); });
  fields.part("policy_rules", [&](Node rules) {
    read_rules(decoder, rules, "'policy_rules'", FirewallStore::Policy, firewall.policy_rules);
  });
  fields.part("local_rules", [&](Node rules) {
    read_rules(decoder, rules, "'local_rules'", FirewallStore::Local, firewall.local_rules);
  });
  fields.finish();
}

}  // namespace polc::backends::snapshot
