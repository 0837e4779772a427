// Sections about the machine itself: identity, users, policies, services, accounts, sockets, features, stores.
#include <algorithm>
#include <string>

#include "runtime/backends/snapshot/form.hpp"
#include "runtime/backends/snapshot/sections.hpp"
#include "runtime/backends/snapshot/tables.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/resource.hpp"

namespace polc::backends::snapshot {
namespace {

constexpr std::string_view kDefaultProfile = "Default";

void unknown_name(Decoder& decoder, Node node, std::string_view kind,
                  const std::vector<std::string_view>& known) {
  decoder.report(diag::UnknownEvidenceName{.name = std::string(node.text()),
                                           .kind = std::string(kind),
                                           .suggestion = std::string(base::nearest(node.text(), known))}
                     .at(node.span()));
}

void read_variables(Decoder& decoder, Node node, std::map<std::string, std::string>& variables) {
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, "'variables'", "a mapping of names to texts");
    return;
  }
  NameCheck names(decoder);
  for (const Member member : node.members()) {
    auto text = kText.read(decoder, member.value, quoted_key(member.key.text()));
    if (!names.is_new(member.key.text(), member.key) || !text) continue;
    variables.emplace(base::fold_case(member.key.text()), std::move(*text));
  }
}

/// A group or account whose name stands in the key, which may be its SID.
value::PrincipalEvidence named_principal(Node key) {
  if (auto sid = value::canonical_sid(key.text())) return {.sid = std::move(*sid), .name = {}};
  return {.sid = {}, .name = std::string(key.text())};
}

bool read_profile(Decoder& decoder, NameCheck& names, const Member& member, value::UserProfileEvidence& row) {
  if (base::equal_folded(member.key.text(), kDefaultProfile)) {
    row.sid = kDefaultProfile;
  } else if (auto sid = kSid.read(decoder, member.key, "a user")) {
    row.sid = std::move(*sid);
  }
  row.origin = decoder.origin(member.value);
  FieldReader fields(decoder, member.value, "a user");
  fields.optional("name", row.name, kText);
  fields.part("hive", [&](Node hive) {
    const auto marker = decoder.marker(hive);
    if (marker && !marker->absent) {
      row.hive_readable = false;
      row.hive_unreadable = marker->why;
    } else if (!hive.is_text() || hive.text() != "readable") {
      decoder.wrong_kind(hive, "'hive'", "the word readable, or {unreadable: REASON}");
    }
  });
  fields.finish();
  return !row.sid.empty() && names.is_new(row.sid, member.key);
}

bool read_user_right(Decoder& decoder, NameCheck& names, const Member& member, value::UserRightRow& row) {
  const value::PrivilegeInfo* right = value::find_privilege(member.key.text());
  if (right == nullptr) {
    std::vector<std::string_view> known;
    for (const value::PrivilegeInfo& each : value::privileges()) known.push_back(each.name);
    unknown_name(decoder, member.key, "a user right", known);
    return false;
  }
  row.right = right->name;
  row.holders = read_fact(decoder, member.value, quoted_key(right->name), kPrincipals);
  return names.is_new(row.right, member.key);
}

bool read_audit_row(Decoder& decoder, NameCheck& names, const Member& member, value::AuditRow& row) {
  if (const auto* known = value::find_audit_subcategory(member.key.text())) {
    row.guid = known->guid;
  } else if (auto guid = value::canonical_guid(member.key.text())) {
    row.guid = std::move(*guid);
  } else {
    std::vector<std::string_view> all;
    for (const value::AuditSubcategory& each : value::audit_subcategories()) all.push_back(each.name);
    unknown_name(decoder, member.key, "an audit subcategory", all);
    return false;
  }
  const ListShape<WordShape> outcomes{.inner = {"audit_outcome"}};
  row.outcomes = read_fact(decoder, member.value, quoted_key(member.key.text()), outcomes);
  return names.is_new(row.guid, member.key);
}

void read_sockets(Decoder& decoder, Node node, std::string_view place, value::Protocol protocol,
                  value::Section<value::ListenerRow>& section) {
  read_listed_rows(decoder, node, place, section, false, [&](Node item, value::ListenerRow& row) {
    row.port.protocol = protocol;
    row.origin = decoder.origin(item);
    read_mapping_row(decoder, item, "a listener", row);
    return true;
  });
}

}  // namespace

std::optional<value::PrincipalEvidence> PrincipalShape::read(Decoder& decoder, Node node,
                                                             std::string_view place) const {
  if (node.is_mapping()) {
    value::PrincipalEvidence row;
    read_mapping_row(decoder, node, "a principal", row);
    if (!row.sid.empty() || !row.name.empty()) return row;
    decoder.report(diag::MissingEvidenceKey{.key = "sid", .place = "a principal"}.at(node.span()));
    return std::nullopt;
  }
  const auto text = kText.read(decoder, node, place);
  if (!text) return std::nullopt;
  return named_principal(node);
}
std::string PrincipalShape::schema() const {
  return R"({"$ref": "#/$defs/principal"})";
}

void decode_host(Decoder& decoder, Node node) {
  value::HostEvidence& host = decoder.evidence().host;
  FieldReader fields(decoder, node, "'host'");
  describe(fields, host);
  fields.part("variables", [&](Node variables) { read_variables(decoder, variables, host.variables); });
  fields.finish();
}

void decode_users(Decoder& decoder, Node node) {
  NameCheck names(decoder);
  read_named_rows(decoder, node, "'users'", decoder.evidence().users, false,
                  [&](const Member& member, auto& row) { return read_profile(decoder, names, member, row); });
}

void decode_account_policy(Decoder& decoder, Node node) {
  read_row_of_facts(decoder, node, "'account_policy'", decoder.evidence().account_policy);
}

void decode_user_rights(Decoder& decoder, Node node) {
  NameCheck names(decoder);
  read_named_rows(
      decoder, node, "'user_rights'", decoder.evidence().user_rights, false,
      [&](const Member& member, auto& row) { return read_user_right(decoder, names, member, row); });
}

void decode_audit_policy(Decoder& decoder, Node node) {
  NameCheck names(decoder);
  read_named_rows(
      decoder, node, "'audit_policy'", decoder.evidence().audit_policy, false,
      [&](const Member& member, auto& row) { return read_audit_row(decoder, names, member, row); });
}

void decode_services(Decoder& decoder, Node node) {
  NameCheck names(decoder);
  read_named_rows(decoder, node, "'services'", decoder.evidence().services, false,
                  [&](const Member& member, value::ServiceRow& row) {
                    row.name = member.key.text();
                    row.origin = decoder.origin(member.key);
                    read_row_of_facts(decoder, member.value, "a service", row);
                    return names.is_new(row.name, member.key);
                  });
}

void decode_local_groups(Decoder& decoder, Node node) {
  NameCheck names(decoder);
  read_named_rows(decoder, node, "'local_groups'", decoder.evidence().local_groups, false,
                  [&](const Member& member, value::LocalGroupRow& row) {
                    row.group = named_principal(member.key);
                    if (member.value.is_sequence()) {
                      row.members = read_fact(decoder, member.value, "'members'", kPrincipals);
                    } else {
                      read_row_of_facts(decoder, member.value, "a local group", row);
                    }
                    return names.is_new(member.key.text(), member.key);
                  });
}

void decode_accounts(Decoder& decoder, Node node) {
  NameCheck names(decoder);
  read_named_rows(decoder, node, "'accounts'", decoder.evidence().accounts, false,
                  [&](const Member& member, value::AccountRow& row) {
                    row.account.name = member.key.text();
                    row.origin = decoder.origin(member.key);
                    read_mapping_row(decoder, member.value, "an account", row);
                    return names.is_new(row.account.name, member.key);
                  });
}

void decode_names(Decoder& decoder, Node node) {
  NameCheck names(decoder);
  read_named_rows(decoder, node, "'names'", decoder.evidence().names, false,
                  [&](const Member& member, value::NameRow& row) {
                    auto sid = kSid.read(decoder, member.value, quoted_key(member.key.text()));
                    if (!sid || !names.is_new(member.key.text(), member.key)) return false;
                    row = {.name = std::string(member.key.text()), .sid = std::move(*sid)};
                    return true;
                  });
}

void decode_listeners(Decoder& decoder, Node node) {
  value::Evidence& evidence = decoder.evidence();
  if (const auto marker = decoder.marker(node); marker && !marker->absent) {
    read_sockets(decoder, node, "'listeners'", value::Protocol::Tcp, evidence.tcp_listeners);
    read_sockets(decoder, node, "'listeners'", value::Protocol::Udp, evidence.udp_listeners);
    return;
  }
  FieldReader fields(decoder, node, "'listeners'");
  fields.part("tcp", [&](Node tcp) {
    read_sockets(decoder, tcp, "'tcp'", value::Protocol::Tcp, evidence.tcp_listeners);
  });
  fields.part("udp", [&](Node udp) {
    read_sockets(decoder, udp, "'udp'", value::Protocol::Udp, evidence.udp_listeners);
  });
  fields.finish();
}

void decode_windows_features(Decoder& decoder, Node node) {
  NameCheck names(decoder);
  read_named_rows(decoder, node, "'windows_features'", decoder.evidence().windows_features, false,
                  [&](const Member& member, value::FeatureRow& row) {
                    row.name = member.key.text();
                    row.installed =
                        read_fact(decoder, member.value, quoted_key(row.name), kEnabledOrDisabled);
                    return names.is_new(row.name, member.key);
                  });
}

void decode_certificates(Decoder& decoder, Node node) {
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, "'certificates'", "a mapping of stores");
    return;
  }
  NameCheck names(decoder);
  for (const Member member : node.members()) {
    if (!names.is_new(member.key.text(), member.key)) continue;
    auto& store = decoder.evidence().certificates[value::folded(member.key.text())];
    read_listed_rows(decoder, member.value, quoted_key(member.key.text()), store, true,
                     [&](Node item, value::CertificateRow& row) {
                       row.store = member.key.text();
                       row.origin = decoder.origin(item);
                       read_mapping_row(decoder, item, "a certificate", row);
                       return true;
                     });
  }
}

void decode_volumes(Decoder& decoder, Node node) {
  NameCheck names(decoder);
  read_named_rows(decoder, node, "'volumes'", decoder.evidence().volumes, false,
                  [&](const Member& member, value::VolumeRow& row) {
                    row.name = member.key.text();
                    row.origin = decoder.origin(member.key);
                    read_mapping_row(decoder, member.value, "a volume", row);
                    return names.is_new(row.name, member.key);
                  });
}

}  // namespace polc::backends::snapshot
