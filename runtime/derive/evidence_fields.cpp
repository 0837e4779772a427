#include "runtime/derive/evidence_fields.hpp"

#include "runtime/value/canonical.hpp"
#include "runtime/value/principals.hpp"

namespace polc::derive {
namespace {

void append(std::string& key, const std::string& text) {
  key += text;
  key += '\0';
}

void append(std::string& key, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) append(key, text);
  key += '\1';
}

}  // namespace

std::string name_key(const std::string& name) {
  return value::folded(name);
}

std::string path_key(const std::string& path) {
  if (const auto registry_key = value::canonical_registry_key(path)) return value::folded(*registry_key);
  return value::folded(value::canonical_file_path(path).value_or(path));
}

std::string principal_key(const value::PrincipalEvidence& shown) {
  if (!shown.sid.empty()) return value::canonical_sid(shown.sid).value_or(shown.sid);
  const auto known = value::principal_from_text(shown.name);
  return known && known->resolved() ? known->sid : value::folded(shown.name);
}

std::string Fields<value::FirewallRuleRow>::key(const Row& row) {
  std::string key;
  append(key, row.id);
  append(key, row.name);
  for (const bool flag : {row.active, row.inbound, row.allow, row.bypass, row.edge_traversal,
                          row.has_owner_condition, row.has_other_conditions}) {
    key += flag ? '1' : '0';
  }
  for (const auto profile : row.profiles) key += static_cast<char>('a' + static_cast<int>(profile));
  append(key, row.protocol ? std::to_string(*row.protocol) : std::string());
  for (const auto* list : {&row.local_ports, &row.remote_ports, &row.local_addresses, &row.remote_addresses,
                           &row.interface_types, &row.interfaces}) {
    append(key, *list);
  }
  append(key, value::folded(row.program));
  append(key, value::folded(row.service));
  return key;
}

}  // namespace polc::derive
