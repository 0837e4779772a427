#include "tests/unit/backends/evidence_text.hpp"

#include <fmt/format.h>

#include <sstream>
#include <vector>

namespace polc::backends {
namespace {

using namespace value;

std::string shown(const std::string& s) {
  return "\"" + s + "\"";
}
std::string shown(bool b) {
  return b ? "true" : "false";
}
std::string shown(std::uint32_t n) {
  return std::to_string(n);
}
std::string shown(std::int64_t n) {
  return std::to_string(n);
}
std::string shown(const Integer& n) {
  return n.text();
}
std::string shown(const Number& n) {
  return n.low.text() + ".." + n.high.text() + (n.open_ended ? "+" : "");
}
std::string shown(const Date& d) {
  return d.text();
}
std::string shown(HostRole role) {
  return fmt::format("role{}", static_cast<int>(role));
}
std::string shown(FirewallProfile profile) {
  return fmt::format("profile{}", static_cast<int>(profile));
}
std::string shown(const Port& p) {
  return fmt::format("{}/{}", p.number, p.protocol == Protocol::Tcp ? "tcp" : "udp");
}
std::string shown(const PrincipalEvidence& p) {
  return p.sid + "~" + p.name;
}
std::string shown(const Unknown& why) {
  return std::string(reason_text(why.reason)) + ": " + why.detail;
}
template <class T>
std::string shown(const std::vector<T>& items);
template <class T>
std::string shown(const std::optional<T>& v) {
  return v ? shown(*v) : "none";
}
template <class T>
std::string shown(const std::vector<T>& items) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : ", ") + shown(item);
  return "[" + out + "]";
}

std::string shown(const RegistryData& data) {
  std::string out = fmt::format("type{}/{} ", static_cast<int>(data.type), data.other_type);
  if (const auto* n = std::get_if<std::uint64_t>(&data.data)) out += std::to_string(*n);
  if (const auto* s = std::get_if<std::string>(&data.data)) out += shown(*s);
  if (const auto* l = std::get_if<std::vector<std::string>>(&data.data)) out += shown(*l);
  if (const auto* b = std::get_if<std::vector<std::uint8_t>>(&data.data)) {
    for (const std::uint8_t byte : *b) out += fmt::format("{:02x}", byte);
  }
  return out;
}

template <class T>
std::string shown(const Reading<T>& reading) {
  switch (reading.status) {
    case FactStatus::Present:
      return "= " + shown(reading.value);
    case FactStatus::Mistyped:
      return "mistyped " + shown(reading.unknown);
    case FactStatus::Absent:
      return "absent";
    case FactStatus::Unknown:
      break;
  }
  return "unknown " + shown(reading.unknown);
}

class Writer {
 public:
  template <class... Parts>
  void line(const std::string& name, const Parts&... parts) {
    out_ += name;
    ((out_ += " | " + shown(parts)), ...);
    out_ += '\n';
  }
  void claim(const std::string& name, bool complete) {
    if (complete) line(name + " is complete");
  }
  template <class Row, class Each>
  void section(const std::string& name, const Section<Row>& section, Each each) {
    line(name, section.collected, section.object_missing, section.unreadable);
    claim(name, section.complete);
    for (const Row& row : section.rows) each(name, row);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_host(Writer& w, const HostEvidence& h) {
  w.line("host", h.name, h.os, h.build, h.ubr, h.edition, h.installation_type, h.role);
  w.line("host", h.domain, h.domain_sid, h.machine_sid, h.secure_boot, h.addresses);
  for (const auto& [name, text] : h.variables) w.line("variable " + name, text);
}

void write_registry(Writer& w, const RegistryEvidence& registry) {
  for (const auto& [folded, key] : registry) {
    w.line(folded, key.path, key.presence);
    w.claim("values of " + folded, key.values_complete);
    w.claim("subkeys of " + folded, key.subkeys_complete);
    for (const auto& [name, value] : key.values) w.line(folded + " @ " + name, value.name, value.data);
    for (const auto& [name, spelling] : key.subkeys) w.line(folded + " > " + name, spelling);
  }
}

void write_firewall(Writer& w, const FirewallEvidence& f) {
  w.line("active", f.active);
  w.section("profiles", f.profiles, [&](const auto& name, const FirewallProfileRow& r) {
    w.line(name, r.profile, r.store == FirewallStore::Policy, r.enabled, r.block_inbound, r.block_outbound,
           r.shields_up, r.local_rules);
  });
  const auto rule = [&](const auto& name, const FirewallRuleRow& r) {
    w.line(name, r.store == FirewallStore::Policy, r.id, r.name, r.group, r.active, r.inbound, r.allow,
           r.profiles, r.protocol, r.local_ports, r.remote_ports, r.local_addresses, r.remote_addresses,
           r.interface_types, r.interfaces, r.program, r.service, r.edge_traversal, r.bypass,
           r.has_owner_condition, r.has_other_conditions);
  };
  w.section("policy_rules", f.policy_rules, rule);
  w.section("local_rules", f.local_rules, rule);
}

void write_objects(Writer& w, const Evidence& e) {
  w.section("services", e.services, [&](const auto& name, const ServiceRow& r) {
    w.line(name, r.name, r.state, r.start, r.account);
  });
  w.section("local_groups", e.local_groups,
            [&](const auto& name, const LocalGroupRow& r) { w.line(name, r.group, r.members); });
  w.section("accounts", e.accounts, [&](const auto& name, const AccountRow& r) {
    w.line(name, r.account, r.enabled, r.password_required, r.password_expires);
  });
  w.section("names", e.names, [&](const auto& name, const NameRow& r) { w.line(name, r.name, r.sid); });
  const auto listener = [&](const auto& name, const ListenerRow& r) {
    w.line(name, r.port, r.address, r.process, r.service);
  };
  w.section("tcp", e.tcp_listeners, listener);
  w.section("udp", e.udp_listeners, listener);
  const auto security = [&](const auto& name, const SecurityRow& r) {
    w.line(name, r.path, r.sddl, r.names);
  };
  w.section("file_security", e.file_security, security);
  w.section("key_security", e.key_security, security);
  w.section("shares", e.shares,
            [&](const auto& name, const ShareRow& r) { w.line(name, r.name, r.path, r.sddl); });
}

void write_policies(Writer& w, const Evidence& e) {
  const AccountPolicyEvidence& p = e.account_policy;
  w.line("account_policy", p.min_length, p.complexity, p.history, p.max_age, p.min_age,
         p.reversible_encryption, p.lockout_threshold, p.lockout_duration, p.lockout_window);
  w.section("user_rights", e.user_rights,
            [&](const auto& name, const UserRightRow& r) { w.line(name, r.right, r.holders); });
  w.section("audit_policy", e.audit_policy,
            [&](const auto& name, const AuditRow& r) { w.line(name, r.guid, r.outcomes); });
  w.section("users", e.users, [&](const auto& name, const UserProfileEvidence& r) {
    w.line(name, r.sid, r.name, r.hive_readable, r.hive_unreadable);
  });
}

void write_observations(Writer& w, const Evidence& e) {
  w.line("iis version", e.iis.version);
  w.section("iis", e.iis.files,
            [&](const auto& name, const ConfigurationFileRow& r) { w.line(name, r.path, r.xml); });
  w.section("http", e.http, [&](const auto& name, const HttpRow& r) {
    w.line(name, r.url, r.host, r.host_given, r.version, r.method, r.vantage, r.status, r.taken_at);
    w.claim("headers", r.headers_complete);
    for (const auto& [header, text] : r.headers) w.line("header " + header, text);
  });
  w.section("exposure", e.exposure, [&](const auto& name, const ExposureRow& r) {
    w.line(name, r.vantage, r.port, r.state, r.taken_at);
  });
  w.section("attestations", e.attestations, [&](const auto& name, const AttestationRow& r) {
    w.line(name, r.key, r.answer, r.owner, r.date, r.expires, r.host_glob, r.note);
  });
  w.section("passwords", e.passwords, [&](const auto& name, const PasswordRow& r) {
    w.line(name, r.name, r.length, r.classes, r.in_breach_list, r.owner, r.date);
  });
  w.section("windows_features", e.windows_features,
            [&](const auto& name, const FeatureRow& r) { w.line(name, r.name, r.installed); });
  for (const auto& [store, section] : e.certificates) {
    w.section("store " + store, section, [&](const auto& name, const CertificateRow& r) {
      w.line(name, r.store, r.subject, r.issuer, r.thumbprint, r.not_before, r.not_after, r.key_bits,
             r.signature_algorithm, r.has_private_key);
    });
  }
  w.section("volumes", e.volumes,
            [&](const auto& name, const VolumeRow& r) { w.line(name, r.name, r.filesystem, r.encrypted); });
}

}  // namespace

std::string evidence_text(const Evidence& evidence) {
  Writer w;
  w.line("snapshot", evidence.layer == Layer::Policy, evidence.backend, evidence.collected_at,
         evidence.registry_collected);
  write_host(w, evidence.host);
  write_registry(w, evidence.registry);
  write_policies(w, evidence);
  write_objects(w, evidence);
  write_firewall(w, evidence.firewall);
  write_observations(w, evidence);
  return w.take();
}

std::string completeness_claims(const Evidence& evidence) {
  std::istringstream lines(evidence_text(evidence));
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(" is complete")) out += line + "\n";
  }
  return out;
}

}  // namespace polc::backends
