// Sections about the machine itself, on their way out.
#include <fmt/format.h>

#include "runtime/backends/snapshot/row_writer.hpp"
#include "runtime/backends/snapshot/section_writers.hpp"
#include "runtime/backends/snapshot/table_writer.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/resource.hpp"

namespace polc::backends::snapshot {
namespace {

const ListShape<WordShape> kOutcomes{.inner = {"audit_outcome"}};

/// Name of a group or account as the key of its row.
const std::string& key_of(const value::PrincipalEvidence& principal) {
  return principal.name.empty() ? principal.sid : principal.name;
}

std::optional<Tree> user_row(const value::UserProfileEvidence& user) {
  RowWriter row;
  row.optional("name", user.name, kText);
  if (!user.hive_readable) row.add("hive", Tree::unreadable(reason_in_words(user.hive_unreadable)));
  return row.take();
}

/// The list of members alone where there is nothing else to say of the group.
std::optional<Tree> group_row(const value::LocalGroupRow& group) {
  auto row = written_facts(group);
  const bool members_alone = row && row->keys.size() == 1 && row->keys.front() == "members" &&
                             row->items.front().kind == Tree::Kind::List;
  return members_alone ? std::optional(Tree(row->items.front())) : row;
}

/// The English name of a subcategory, or its GUID in braces.
std::string subcategory(const std::string& guid) {
  for (const value::AuditSubcategory& known : value::audit_subcategories()) {
    if (known.guid == guid) return std::string(known.name);
  }
  return fmt::format("{{{}}}", guid);
}

Tree sockets(const value::Section<value::ListenerRow>& section) {
  TableWriter table(section);
  for (const auto& row : section.rows) table.add(written_row(row));
  return table.listed();
}

}  // namespace

std::optional<Tree> write_host(const value::Evidence& evidence) {
  RowWriter row = described_row(evidence.host);
  Tree variables = Tree::row();
  for (const auto& [name, text] : evidence.host.variables) {
    auto written_text = written(kText, text);
    const bool good = written_text && written(kText, name);
    if (good) variables.add(name, std::move(*written_text));
  }
  if (!variables.items.empty()) row.add("variables", std::move(variables));
  auto host = row.take();
  if (!host || host->items.empty()) return std::nullopt;
  host->on_one_line = false;
  return host;
}

std::optional<Tree> write_users(const value::Evidence& evidence) {
  if (!was_read(evidence.users)) return std::nullopt;
  TableWriter table(evidence.users);
  for (const auto& row : evidence.users.rows) {
    const bool good = row.sid == "Default" || written(kSid, row.sid);
    table.add(row.sid, good ? user_row(row) : std::nullopt);
  }
  return table.named();
}

std::optional<Tree> write_account_policy(const value::Evidence& evidence) {
  auto policy = written_facts(evidence.account_policy, evidence.layer);
  if (!policy || (policy->kind == Tree::Kind::Map && policy->items.empty())) return std::nullopt;
  if (policy->kind != Tree::Kind::Absent) {
    policy->on_one_line = false;
    return policy;
  }
  // The section itself cannot be absent; each of its facts can, in a policy.
  RowWriter row = described_row(evidence.account_policy, evidence.layer);
  policy = row.take();
  policy->on_one_line = false;
  return policy;
}

std::optional<Tree> write_user_rights(const value::Evidence& evidence) {
  if (!was_read(evidence.user_rights)) return std::nullopt;
  TableWriter table(evidence.user_rights);
  for (const auto& row : evidence.user_rights.rows) {
    const bool known = value::find_privilege(row.right) != nullptr;
    table.add(row.right, known ? std::optional(written_fact(row.holders, kPrincipals)) : std::nullopt);
  }
  return table.named();
}

std::optional<Tree> write_audit_policy(const value::Evidence& evidence) {
  if (!was_read(evidence.audit_policy)) return std::nullopt;
  TableWriter table(evidence.audit_policy);
  for (const auto& row : evidence.audit_policy.rows) {
    const bool good = value::canonical_guid(row.guid) == row.guid;
    table.add(subcategory(row.guid),
              good ? std::optional(written_fact(row.outcomes, kOutcomes)) : std::nullopt);
  }
  return table.named();
}

std::optional<Tree> write_services(const value::Evidence& evidence) {
  if (!was_read(evidence.services)) return std::nullopt;
  TableWriter table(evidence.services);
  for (const auto& row : evidence.services.rows) table.add(row.name, written_facts(row));
  return table.named();
}

std::optional<Tree> write_local_groups(const value::Evidence& evidence) {
  if (!was_read(evidence.local_groups)) return std::nullopt;
  TableWriter table(evidence.local_groups);
  for (value::LocalGroupRow row : evidence.local_groups.rows) {
    const std::string key = key_of(row.group);
    if (row.group.name.empty()) row.group.sid.clear();  // it is the key
    const bool good = !key.empty() && (row.group.name.empty() || !value::canonical_sid(key));
    table.add(key, good ? group_row(row) : std::nullopt);
  }
  return table.named();
}

std::optional<Tree> write_accounts(const value::Evidence& evidence) {
  if (!was_read(evidence.accounts)) return std::nullopt;
  TableWriter table(evidence.accounts);
  for (const auto& row : evidence.accounts.rows) {
    table.add(key_of(row.account), row.account.name.empty() ? std::nullopt : written_row(row));
  }
  return table.named();
}

std::optional<Tree> write_names(const value::Evidence& evidence) {
  if (!was_read(evidence.names)) return std::nullopt;
  TableWriter table(evidence.names);
  for (const auto& row : evidence.names.rows) table.add(row.name, written(kSid, row.sid));
  return table.named();
}

std::optional<Tree> write_listeners(const value::Evidence& evidence) {
  Tree listeners;
  if (was_read(evidence.tcp_listeners)) listeners.add("tcp", sockets(evidence.tcp_listeners));
  if (was_read(evidence.udp_listeners)) listeners.add("udp", sockets(evidence.udp_listeners));
  return listeners.items.empty() ? std::nullopt : std::optional(std::move(listeners));
}

std::optional<Tree> write_windows_features(const value::Evidence& evidence) {
  if (!was_read(evidence.windows_features)) return std::nullopt;
  TableWriter table(evidence.windows_features);
  for (const auto& row : evidence.windows_features.rows)
    table.add(row.name, written_fact(row.installed, kEnabledOrDisabled));
  return table.named();
}

std::optional<Tree> write_certificates(const value::Evidence& evidence) {
  Tree stores;
  for (const auto& [folded, section] : evidence.certificates) {
    const std::string& name = section.rows.empty() ? folded : section.rows.front().store;
    if (value::folded(name) != folded || !written(kText, name) || !was_read(section)) continue;
    TableWriter table(section, true);
    for (const auto& row : section.rows) table.add(written_row(row));
    stores.add(name, table.listed());
  }
  return stores.items.empty() ? std::nullopt : std::optional(std::move(stores));
}

std::optional<Tree> write_volumes(const value::Evidence& evidence) {
  if (!was_read(evidence.volumes)) return std::nullopt;
  TableWriter table(evidence.volumes);
  for (const auto& row : evidence.volumes.rows) table.add(row.name, written_row(row));
  return table.named();
}

}  // namespace polc::backends::snapshot
