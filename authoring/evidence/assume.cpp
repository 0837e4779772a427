#include "authoring/evidence/assume.hpp"

#include <algorithm>

#include "authoring/evidence/parts.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::evidence {
namespace {

using value::Address;
using value::Evidence;
using value::Fact;
using value::FactStatus;
using value::Reading;
using value::ResourceKind;
using value::Value;

template <class T, class Convert>
std::vector<T> elements(const Value& value, Convert convert) {
  std::vector<T> all;
  for (const Value& element : elements_of(value)) all.push_back(convert(element));
  return all;
}

bool assume_registry(Evidence& evidence, const Address& address, const Fact& fact) {
  value::RegistryKeyEvidence& row = key_row(evidence, address, 2);
  const std::string name = text_of(address, 1);
  if (fact.status == FactStatus::Present) row.presence = Reading<bool>::of(true);
  value::RegistryValueEvidence value{name, reading<value::RegistryData>(fact, [](const Value& v) {
                                       const auto* data = v.get<value::RegistryData>();
                                       return data != nullptr ? *data : value::RegistryData{};
                                     })};
  row.values.insert_or_assign(value::folded(name), std::move(value));
  return true;
}

bool assume_right(Evidence& evidence, const Address& address, const Fact& fact) {
  evidence.user_rights.collected = true;
  evidence.user_rights.rows.push_back(
      {text_of(address, 0), reading<std::vector<value::PrincipalEvidence>>(fact, [](const Value& v) {
         return elements<value::PrincipalEvidence>(v, principal_of);
       })});
  return true;
}

bool assume_audit(Evidence& evidence, const Address& address, const Fact& fact) {
  const auto* subcategory = value::find_audit_subcategory(text_of(address, 0));
  if (subcategory == nullptr) return false;
  evidence.audit_policy.collected = true;
  evidence.audit_policy.rows.push_back(
      {std::string(subcategory->guid), reading<std::vector<std::string>>(fact, [](const Value& v) {
         return elements<std::string>(v, symbol_of);
       })});
  return true;
}

/// Attributes of password_policy in the order of the catalogue.
bool assume_account_policy(Evidence& evidence, const Address& address, const Fact& fact) {
  value::AccountPolicyEvidence& policy = evidence.account_policy;
  Reading<value::Integer>* const numbers[] = {
      &policy.min_length,    nullptr, &policy.history,           &policy.max_age,
      &policy.min_age,       nullptr, &policy.lockout_threshold, &policy.lockout_duration,
      &policy.lockout_window};
  Reading<bool>* const flags[] = {nullptr, &policy.complexity,           nullptr, nullptr,
                                  nullptr, &policy.reversible_encryption};
  const std::size_t attribute = address.attribute;
  if (attribute >= std::size(numbers)) return false;
  if (numbers[attribute] != nullptr) {
    *numbers[attribute] = reading<value::Integer>(fact, integer_of);
  } else {
    *flags[attribute] = reading<bool>(fact, bool_of);
  }
  return true;
}

std::string as_text(const Value& value) {
  return text_of(value);
}

std::uint32_t small_number(const Value& value) {
  return static_cast<std::uint32_t>(integer_of(value).as_unsigned().value_or(0));
}

value::HostRole role_of(const Value& value) {
  const std::string name = symbol_of(value);
  if (name == "dc") return value::HostRole::DomainController;
  return name == "member" ? value::HostRole::Member : value::HostRole::Workgroup;
}

bool assume_host(Evidence& evidence, const Address& address, const Fact& fact) {
  value::HostEvidence& host = evidence.host;
  const std::string_view name = value::resource_info(ResourceKind::Host).attributes[address.attribute].name;
  if (name == "name") host.name = reading<std::string>(fact, as_text);
  if (name == "os") host.os = reading<std::string>(fact, as_text);
  if (name == "build") host.build = reading<std::uint32_t>(fact, small_number);
  if (name == "ubr") host.ubr = reading<std::uint32_t>(fact, small_number);
  if (name == "edition") host.edition = reading<std::string>(fact, as_text);
  if (name == "installation_type") host.installation_type = reading<std::string>(fact, symbol_of);
  if (name == "role") host.role = reading<value::HostRole>(fact, role_of);
  if (name == "domain") host.domain = reading<std::string>(fact, as_text);
  if (name == "domain_sid")
    host.domain_sid = reading<std::string>(fact, [](const Value& v) { return principal_of(v).sid; });
  if (name == "secure_boot") host.secure_boot = reading<bool>(fact, bool_of);
  return name != "domain_joined";
}

}  // namespace

bool assume(Evidence& evidence, const Address& address, const Fact& fact) {
  switch (address.resource) {
    case ResourceKind::Registry:
      return assume_registry(evidence, address, fact);
    case ResourceKind::UserRight:
      return assume_right(evidence, address, fact);
    case ResourceKind::Audit:
      return assume_audit(evidence, address, fact);
    case ResourceKind::PasswordPolicy:
      return assume_account_policy(evidence, address, fact);
    case ResourceKind::Host:
      return assume_host(evidence, address, fact);
    default:
      return false;
  }
}

}  // namespace polc::evidence
