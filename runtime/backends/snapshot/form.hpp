// The rows of a snapshot, each described once. `Form` is FieldReader, which fills the row from a Document, or
// SchemaWriter, which ignores the row and writes its JSON Schema.
#pragma once

#include "runtime/backends/snapshot/shapes.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::snapshot {

inline constexpr TextShape kText{};
inline constexpr TextShape kAnyText{.may_be_empty = true};
inline constexpr FlagShape kFlag{};
inline constexpr DateShape kDate{};
inline constexpr InstantShape kInstant{};
inline constexpr SidShape kSid{};
inline constexpr PrincipalShape kPrincipal{};
inline constexpr ChoiceShape kBlockOrAllow{"block", "allow"};
inline constexpr ChoiceShape kEnabledOrDisabled{"enabled", "disabled"};

inline const ListShape<PrincipalShape> kPrincipals{};
inline const ListShape<ProfileShape> kProfiles{};
inline const ListShape<TextShape> kTexts{.inner = {}, .or_single = true};
inline const ListShape<RulePortShape> kRulePorts{.inner = {}, .or_single = true};
inline const ListShape<RuleAddressShape> kRuleAddresses{.inner = {}, .or_single = true};

struct CollectedRow {
  std::optional<std::int64_t> at;
  std::string by;
};
template <class Form>
void describe(Form& form, CollectedRow& row) {
  form.optional("at", row.at, kInstant);
  form.optional("by", row.by, kText);
}

template <class Form>
void describe(Form& form, value::PrincipalEvidence& row) {
  form.optional("sid", row.sid, kSid);
  form.optional("name", row.name, kText);
}

template <class Form>
void describe(Form& form, value::HostEvidence& row) {
  form.certain_fact("name", row.name, kText);
  form.certain_fact("os", row.os, kText);
  form.certain_fact("build", row.build, NumberShape{});
  form.fact("ubr", row.ubr, NumberShape{});
  form.certain_fact("edition", row.edition, kText);
  form.certain_fact("installation_type", row.installation_type, WordShape{"installation_type"});
  form.certain_fact("role", row.role, RoleShape{});
  form.fact("domain", row.domain, kText);
  form.fact("domain_sid", row.domain_sid, kSid);
  form.fact("machine_sid", row.machine_sid, kSid);
  form.fact("secure_boot", row.secure_boot, kFlag);
  form.certain_fact("addresses", row.addresses, ListShape<InterfaceAddressShape>{});
}

template <class Form>
void describe(Form& form, value::AccountPolicyEvidence& row) {
  form.policy_fact("min_length", row.min_length, CountShape{});
  form.policy_fact("complexity", row.complexity, kFlag);
  form.policy_fact("history", row.history, CountShape{});
  form.policy_fact("max_age", row.max_age, DurationShape{"never"});
  form.policy_fact("min_age", row.min_age, DurationShape{});
  form.policy_fact("reversible_encryption", row.reversible_encryption, kFlag);
  form.policy_fact("lockout_threshold", row.lockout_threshold, CountShape{"never"});
  form.fact("lockout_duration", row.lockout_duration, DurationShape{"until_unlocked"});
  form.fact("lockout_window", row.lockout_window, DurationShape{});
}

template <class Form>
void describe(Form& form, value::ServiceRow& row) {
  form.fact("state", row.state, WordShape{"service_state"});
  form.fact("start", row.start, WordShape{"service_start"});
  form.fact("account", row.account, kPrincipal);
}

template <class Form>
void describe(Form& form, value::LocalGroupRow& row) {
  form.optional("sid", row.group.sid, kSid);
  form.fact("members", row.members, kPrincipals);
}

template <class Form>
void describe(Form& form, value::AccountRow& row) {
  form.required("sid", row.account.sid, kSid);
  form.certain_fact("enabled", row.enabled, kFlag);
  form.certain_fact("password_required", row.password_required, kFlag);
  form.certain_fact("password_expires", row.password_expires, kFlag);
}

template <class Form>
void describe(Form& form, value::ListenerRow& row) {
  form.required("port", row.port.number, PortShape{});
  form.required("address", row.address, AddressShape{});
  form.fact("process", row.process, kText);
  form.fact("service", row.service, kText);
}

template <class Form>
void describe(Form& form, value::FirewallProfileRow& row) {
  form.fact("enabled", row.enabled, kFlag);
  form.fact("inbound", row.block_inbound, kBlockOrAllow);
  form.fact("outbound", row.block_outbound, kBlockOrAllow);
  form.fact("shields_up", row.shields_up, kFlag);
  form.fact("local_rules", row.local_rules, kFlag);
}

template <class Form>
void describe(Form& form, value::FirewallRuleRow& row) {
  form.required("name", row.name, kAnyText);
  form.optional("id", row.id, kText);
  form.optional("group", row.group, kText);
  form.optional("enabled", row.active, kFlag);
  form.required("direction", row.inbound, ChoiceShape{"inbound", "outbound"});
  form.required("action", row.allow, ChoiceShape{"allow", "block"});
  form.optional("profiles", row.profiles, kProfiles);
  form.optional("protocol", row.protocol, RuleProtocolShape{});
  form.optional("local_ports", row.local_ports, kRulePorts);
  form.optional("remote_ports", row.remote_ports, kRulePorts);
  form.optional("local_addresses", row.local_addresses, kRuleAddresses);
  form.optional("remote_addresses", row.remote_addresses, kRuleAddresses);
  form.optional("interface_types", row.interface_types, kTexts);
  form.optional("interfaces", row.interfaces, kTexts);
  form.optional("program", row.program, kText);
  form.optional("service", row.service, kText);
  form.optional("edge_traversal", row.edge_traversal, kFlag);
  form.optional("bypass", row.bypass, kFlag);
  form.optional("owner_condition", row.has_owner_condition, kFlag);
  form.optional("other_conditions", row.has_other_conditions, kFlag);
}

/// A rule as the registry keeps it, with the name of its value.
struct RawRuleRow {
  std::string id;
  std::string rule;
};
template <class Form>
void describe(Form& form, RawRuleRow& row) {
  form.optional("id", row.id, kText);
  form.required("rule", row.rule, kText);
}

template <class Form>
void describe(Form& form, value::HttpRow& row) {
  form.required("url", row.url, kText);
  form.required("vantage", row.vantage, kText);
  form.required("at", row.taken_at, kInstant);
  form.optional("version", row.version, kText);
  form.optional("method", row.method, kText);
  form.fact("status", row.status, NumberShape{.low = 100, .high = 999});
}

template <class Form>
void describe(Form& form, value::AttestationRow& row) {
  form.required("key", row.key, kText);
  form.required("answer", row.answer, ChoiceShape{"yes", "no"});
  form.required("owner", row.owner, kText);
  form.required("date", row.date, kDate);
  form.optional("expires", row.expires, kDate);
  form.optional("host", row.host_glob, kText);
  form.optional("note", row.note, kText);
}

/// `length_at_least` is a number here and a lower bound in the evidence.
struct PasswordFacts {
  std::optional<std::uint32_t> length_at_least;
  value::PasswordRow row;
};
template <class Form>
void describe(Form& form, PasswordFacts& facts) {
  form.optional("length_at_least", facts.length_at_least, NumberShape{});
  form.optional("classes", facts.row.classes, ListShape<WordShape>{.inner = {"character_class"}});
  form.optional("in_breach_list", facts.row.in_breach_list, kFlag);
  form.required("owner", facts.row.owner, kText);
  form.required("date", facts.row.date, kDate);
}

template <class Form>
void describe(Form& form, value::CertificateRow& row) {
  form.required("subject", row.subject, kAnyText);
  form.required("issuer", row.issuer, kAnyText);
  form.required("thumbprint", row.thumbprint, kText);
  form.optional("not_before", row.not_before, kDate);
  form.required("not_after", row.not_after, kDate);
  form.optional("key_bits", row.key_bits, NumberShape{});
  form.optional("signature_algorithm", row.signature_algorithm, kText);
  form.fact("has_private_key", row.has_private_key, kFlag);
}

template <class Form>
void describe(Form& form, value::VolumeRow& row) {
  form.optional("filesystem", row.filesystem, kText);
  form.fact("encrypted", row.encrypted, kFlag);
}

}  // namespace polc::backends::snapshot
