// What the rows of evidence are made of, declared once for everything that treats all of them alike: joining,
// ageing, renumbering of origins.
//
// Fields<Row>::key names the row inside its table. readings() are facts of their own; plain() must agree when two
// targets list the same row; combine(), where there is one, joins the rest.
#pragma once

#include <string>
#include <tuple>

#include "runtime/value/evidence.hpp"

namespace polc::derive {

template <class Row>
struct Fields;

/// Normal forms under which two spellings are one row.
std::string name_key(const std::string& name);
std::string path_key(const std::string& path);
std::string principal_key(const value::PrincipalEvidence& shown);

template <>
struct Fields<value::UserRightRow> {
  using Row = value::UserRightRow;
  static std::string key(const Row& row) { return name_key(row.right); }
  static auto readings(Row& row) { return std::tie(row.holders); }
  static auto plain(const Row&) { return std::tie(); }
};

template <>
struct Fields<value::AuditRow> {
  using Row = value::AuditRow;
  static std::string key(const Row& row) { return row.guid; }
  static auto readings(Row& row) { return std::tie(row.outcomes); }
  static auto plain(const Row&) { return std::tie(); }
};

template <>
struct Fields<value::ServiceRow> {
  using Row = value::ServiceRow;
  static std::string key(const Row& row) { return name_key(row.name); }
  static auto readings(Row& row) { return std::tie(row.state, row.start, row.account); }
  static auto plain(const Row&) { return std::tie(); }
};

template <>
struct Fields<value::LocalGroupRow> {
  using Row = value::LocalGroupRow;
  static std::string key(const Row& row) { return principal_key(row.group); }
  static auto readings(Row& row) { return std::tie(row.members); }
  static auto plain(const Row&) { return std::tie(); }
};

template <>
struct Fields<value::AccountRow> {
  using Row = value::AccountRow;
  static std::string key(const Row& row) { return name_key(row.account.name); }
  static auto readings(Row& row) {
    return std::tie(row.enabled, row.password_required, row.password_expires);
  }
  static auto plain(const Row& row) { return std::tie(row.account.sid); }
};

template <>
struct Fields<value::NameRow> {
  using Row = value::NameRow;
  static std::string key(const Row& row) { return name_key(row.name); }
  static auto readings(Row&) { return std::tie(); }
  static auto plain(const Row& row) { return std::tie(row.sid); }
};

template <>
struct Fields<value::UserProfileEvidence> {
  using Row = value::UserProfileEvidence;
  static std::string key(const Row& row) { return name_key(row.sid); }
  static auto readings(Row&) { return std::tie(); }
  static auto plain(const Row&) { return std::tie(); }
  static void combine(Row& row, const Row& other) {
    row.hive_readable = row.hive_readable || other.hive_readable;
  }
};

template <>
struct Fields<value::ListenerRow> {
  using Row = value::ListenerRow;
  static std::string key(const Row& row) { return std::to_string(row.port.number) + ' ' + row.address; }
  static auto readings(Row& row) { return std::tie(row.process, row.service); }
  static auto plain(const Row&) { return std::tie(); }
};

template <>
struct Fields<value::FirewallProfileRow> {
  using Row = value::FirewallProfileRow;
  static std::string key(const Row& row) {
    return std::to_string(static_cast<int>(row.profile)) + std::to_string(static_cast<int>(row.store));
  }
  static auto readings(Row& row) {
    return std::tie(row.enabled, row.block_inbound, row.block_outbound, row.shields_up, row.local_rules);
  }
  static auto plain(const Row&) { return std::tie(); }
};

/// Rules have no identity but all they say: names repeat, and identical rules are legal.
template <>
struct Fields<value::FirewallRuleRow> {
  using Row = value::FirewallRuleRow;
  static std::string key(const Row& row);
  static auto readings(Row&) { return std::tie(); }
  static auto plain(const Row&) { return std::tie(); }
};

template <>
struct Fields<value::SecurityRow> {
  using Row = value::SecurityRow;
  static std::string key(const Row& row) { return path_key(row.path); }
  static auto readings(Row& row) { return std::tie(row.sddl); }
  static auto plain(const Row&) { return std::tie(); }
  static void combine(Row& row, const Row& other) {
    row.names.insert(row.names.end(), other.names.begin(), other.names.end());
  }
};

template <>
struct Fields<value::ShareRow> {
  using Row = value::ShareRow;
  static std::string key(const Row& row) { return name_key(row.name); }
  static auto readings(Row& row) { return std::tie(row.path, row.sddl); }
  static auto plain(const Row&) { return std::tie(); }
};

template <>
struct Fields<value::ConfigurationFileRow> {
  using Row = value::ConfigurationFileRow;
  static std::string key(const Row& row) { return path_key(row.path); }
  static auto readings(Row& row) { return std::tie(row.xml); }
  static auto plain(const Row&) { return std::tie(); }
};

template <>
struct Fields<value::FeatureRow> {
  using Row = value::FeatureRow;
  static std::string key(const Row& row) { return name_key(row.name); }
  static auto readings(Row& row) { return std::tie(row.installed); }
  static auto plain(const Row&) { return std::tie(); }
};

template <>
struct Fields<value::CertificateRow> {
  using Row = value::CertificateRow;
  static std::string key(const Row& row) { return name_key(row.thumbprint); }
  static auto readings(Row& row) { return std::tie(row.has_private_key); }
  static auto plain(const Row& row) {
    return std::tie(row.subject, row.issuer, row.not_before, row.not_after, row.key_bits,
                    row.signature_algorithm);
  }
};

template <>
struct Fields<value::VolumeRow> {
  using Row = value::VolumeRow;
  static std::string key(const Row& row) { return name_key(row.name); }
  static auto readings(Row& row) { return std::tie(row.encrypted); }
  static auto plain(const Row& row) { return std::tie(row.filesystem); }
};

/// What people and scans said, each with a date of its own; several rows about one thing are weighed when the fact
/// is derived.
template <class Row>
struct Statement {
  static auto readings(Row&) { return std::tie(); }
};
template <>
struct Fields<value::ExposureRow> : Statement<value::ExposureRow> {};
template <>
struct Fields<value::AttestationRow> : Statement<value::AttestationRow> {};
template <>
struct Fields<value::PasswordRow> : Statement<value::PasswordRow> {};
template <>
struct Fields<value::HttpRow> {
  static auto readings(value::HttpRow& row) { return std::tie(row.status); }
};

/// Calls `f` with the same table of two pieces of evidence (or twice the same one): every table of the host itself
/// but the certificate stores, which are by name.
template <class A, class B, class F>
void for_each_table(A& a, B& b, F f) {
  f(a.users, b.users);
  f(a.user_rights, b.user_rights);
  f(a.audit_policy, b.audit_policy);
  f(a.services, b.services);
  f(a.local_groups, b.local_groups);
  f(a.accounts, b.accounts);
  f(a.names, b.names);
  f(a.tcp_listeners, b.tcp_listeners);
  f(a.udp_listeners, b.udp_listeners);
  f(a.firewall.profiles, b.firewall.profiles);
  f(a.firewall.policy_rules, b.firewall.policy_rules);
  f(a.firewall.local_rules, b.firewall.local_rules);
  f(a.file_security, b.file_security);
  f(a.key_security, b.key_security);
  f(a.shares, b.shares);
  f(a.iis.files, b.iis.files);
  f(a.windows_features, b.windows_features);
  f(a.volumes, b.volumes);
}

/// The tables of dated statements and observations.
template <class A, class B, class F>
void for_each_statement_table(A& a, B& b, F f) {
  f(a.http, b.http);
  f(a.exposure, b.exposure);
  f(a.attestations, b.attestations);
  f(a.passwords, b.passwords);
}

/// Readings outside of tables.
template <class A, class B, class F>
void for_each_single(A& a, B& b, F f) {
  f(a.host.name, b.host.name);
  f(a.host.os, b.host.os);
  f(a.host.build, b.host.build);
  f(a.host.ubr, b.host.ubr);
  f(a.host.edition, b.host.edition);
  f(a.host.installation_type, b.host.installation_type);
  f(a.host.role, b.host.role);
  f(a.host.domain, b.host.domain);
  f(a.host.domain_sid, b.host.domain_sid);
  f(a.host.machine_sid, b.host.machine_sid);
  f(a.host.secure_boot, b.host.secure_boot);
  f(a.host.addresses, b.host.addresses);
  f(a.account_policy.min_length, b.account_policy.min_length);
  f(a.account_policy.complexity, b.account_policy.complexity);
  f(a.account_policy.history, b.account_policy.history);
  f(a.account_policy.max_age, b.account_policy.max_age);
  f(a.account_policy.min_age, b.account_policy.min_age);
  f(a.account_policy.reversible_encryption, b.account_policy.reversible_encryption);
  f(a.account_policy.lockout_threshold, b.account_policy.lockout_threshold);
  f(a.account_policy.lockout_duration, b.account_policy.lockout_duration);
  f(a.account_policy.lockout_window, b.account_policy.lockout_window);
  f(a.firewall.active, b.firewall.active);
  f(a.iis.version, b.iis.version);
}

}  // namespace polc::derive
