// Services, groups, accounts, users, features, certificates, volumes and registry keys.
#include <algorithm>

#include "authoring/evidence/parts.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/resource_indices.hpp"

namespace polc::evidence {
namespace {

using value::Evidence;
using value::Fact;
using value::FactStatus;
using value::Reading;
using value::ResourceKind;
using value::Value;

/// The row of that name; a new one if there is none.
template <class Row, class Name>
Row& row_named(value::Section<Row>& section, const std::string& name, Name name_of) {
  section.collected = true;
  const auto found = std::find_if(section.rows.begin(), section.rows.end(),
                                  [&](Row& row) { return base::equal_folded(name_of(row), name); });
  if (found != section.rows.end()) return *found;
  section.rows.emplace_back();
  name_of(section.rows.back()) = name;
  return section.rows.back();
}

bool add_service(Evidence& evidence, const Assumption& assumption) {
  if (assumption.fact.status != FactStatus::Present) {
    close(evidence.services);
    return true;
  }
  value::ServiceRow& row = row_named(evidence.services, text_of(assumption.location, 0),
                                     [](value::ServiceRow& r) -> std::string& { return r.name; });
  const std::string_view attribute = attribute_of(assumption.location);
  if (attribute == "state") row.state = reading<std::string>(assumption.fact, symbol_of);
  if (attribute == "start") row.start = reading<std::string>(assumption.fact, symbol_of);
  if (attribute == "account") row.account = reading<value::PrincipalEvidence>(assumption.fact, principal_of);
  return true;
}

bool add_group(Evidence& evidence, const Assumption& assumption) {
  if (assumption.fact.status != FactStatus::Present) {
    close(evidence.local_groups);
    return true;
  }
  evidence.local_groups.collected = true;
  std::vector<value::PrincipalEvidence> members;
  for (const Value& member : elements_of(assumption.fact.value)) members.push_back(principal_of(member));
  evidence.local_groups.rows.push_back({principal_of(assumption.location.arguments.front()),
                                        Reading<decltype(members)>::of(std::move(members))});
  return true;
}

/// A field of an account, by its name in the catalogue.
void set_account_field(value::AccountRow& row, std::string_view name, const Fact& fact) {
  if (name == "enabled") row.enabled = reading<bool>(fact, bool_of);
  if (name == "password_required") row.password_required = reading<bool>(fact, bool_of);
  if (name == "password_expires") row.password_expires = reading<bool>(fact, bool_of);
  if (name == "name") row.account.name = text_of(fact.value);
  if (name == "sid") row.account.sid = principal_of(fact.value).sid;
}

std::string account_sid(std::uint64_t rid) {
  return std::string(kMachineSid) + "-" + std::to_string(rid);
}

bool add_account(Evidence& evidence, const Assumption& assumption) {
  if (assumption.fact.status != FactStatus::Present) {
    close(evidence.accounts);
    return true;
  }
  const auto* rid = assumption.location.argument<value::Number>(1);
  const std::string sid = rid != nullptr ? account_sid(rid->low.as_unsigned().value_or(0)) : std::string();
  const std::string name = text_of(assumption.location, 0);
  auto& rows = evidence.accounts.rows;
  auto row = std::find_if(rows.begin(), rows.end(), [&](const value::AccountRow& r) {
    return rid != nullptr ? r.account.sid == sid : base::equal_folded(r.account.name, name);
  });
  if (row == rows.end()) {
    row = rows.emplace(rows.end());
    row->account = {sid.empty() ? account_sid(1000 + rows.size()) : sid, name.empty() ? "Account" : name};
  }
  evidence.accounts.collected = true;
  set_account_field(*row, attribute_of(assumption.location), assumption.fact);
  return true;
}

bool add_accounts(Evidence& evidence, const Assumption& assumption) {
  close(evidence.accounts);
  std::uint64_t rid = 1001;
  for (const Value& record : elements_of(assumption.fact.value)) {
    value::AccountRow row;
    row.account = {account_sid(rid), "account" + std::to_string(rid)};
    ++rid;
    for (const value::FieldInfo& info : value::records()[value::catalogue::kAccountRow].fields) {
      if (const Value* value = field(record, info.name))
        set_account_field(row, info.name, Fact::present(*value));
    }
    evidence.accounts.rows.push_back(std::move(row));
  }
  return true;
}

bool add_users(Evidence& evidence, const Assumption& assumption) {
  close(evidence.users);
  for (const Value& user : elements_of(assumption.fact.value)) {
    const value::PrincipalEvidence shown = principal_of(user);
    value::UserProfileEvidence row;
    row.sid = shown.sid.empty() ? shown.name : shown.sid;
    row.name = shown.name;
    evidence.users.rows.push_back(std::move(row));
  }
  return true;
}

bool add_feature(Evidence& evidence, const Assumption& assumption) {
  if (assumption.fact.status != FactStatus::Present) {
    close(evidence.windows_features);
    return true;
  }
  evidence.windows_features.collected = true;
  evidence.windows_features.rows.push_back(
      {text_of(assumption.location, 0), reading<bool>(assumption.fact, bool_of)});
  return true;
}

bool add_key(Evidence& evidence, const Assumption& assumption) {
  value::RegistryKeyEvidence& row = key_row(evidence, assumption.location, 1);
  if (assumption.fact.status != FactStatus::Present) {
    row.presence = Reading<bool>::absent();
    return row.values.empty();
  }
  row.presence = Reading<bool>::of(true);
  if (attribute_of(assumption.location) == "subkeys") {
    row.subkeys_complete = true;
    for (const Value& name : elements_of(assumption.fact.value))
      row.subkeys.emplace(value::folded(text_of(name)), text_of(name));
    return true;
  }
  row.values_complete = true;
  for (const Value& name : elements_of(assumption.fact.value)) {
    const std::string text = text_of(name);
    const value::RegistryData data{value::RegistryType::Sz, 0, std::string()};
    row.values.try_emplace(value::folded(text),
                           value::RegistryValueEvidence{text, Reading<value::RegistryData>::of(data)});
  }
  return true;
}

bool add_volumes(Evidence& evidence, const Assumption& assumption) {
  close(evidence.volumes);
  char letter = 'C';
  for (const Value& record : elements_of(assumption.fact.value)) {
    const Value* name = field(record, "name");
    const Value* filesystem = field(record, "filesystem");
    const Value* encrypted = field(record, "encrypted");
    value::VolumeRow row;
    row.name = name != nullptr ? text_of(*name) : std::string(1, letter++) + ":";
    row.filesystem = filesystem != nullptr ? text_of(*filesystem) : "NTFS";
    if (encrypted != nullptr) row.encrypted = Reading<bool>::of(bool_of(*encrypted));
    evidence.volumes.rows.push_back(std::move(row));
  }
  return true;
}

value::Date date_of(const Value* value, value::Date otherwise) {
  const auto* date = value != nullptr ? value->get<value::Date>() : nullptr;
  return date != nullptr ? *date : otherwise;
}

bool add_certificates(Evidence& evidence, const Assumption& assumption) {
  const std::string named = text_of(assumption.location, 0);
  const std::string store = named.empty() ? "My" : named;
  auto& section = evidence.certificates[value::folded(store)];
  close(section);
  for (const Value& record : elements_of(assumption.fact.value)) {
    const auto text = [&](std::string_view name) {
      const Value* value = field(record, name);
      return value != nullptr ? text_of(*value) : std::string();
    };
    value::CertificateRow row;
    row.store = store;
    row.subject = text("subject");
    row.issuer = text("issuer");
    row.thumbprint = text("thumbprint");
    row.signature_algorithm = text("signature_algorithm");
    row.not_after = date_of(field(record, "not_after"), value::Date{40'000});
    if (field(record, "not_before") != nullptr) row.not_before = date_of(field(record, "not_before"), {});
    if (const Value* bits = field(record, "key_bits"))
      row.key_bits = static_cast<std::uint32_t>(integer_of(*bits).as_unsigned().value_or(0));
    if (const Value* key = field(record, "has_private_key"))
      row.has_private_key = Reading<bool>::of(bool_of(*key));
    section.rows.push_back(std::move(row));
  }
  return true;
}

}  // namespace

bool add_object(Evidence& evidence, const Assumption& assumption) {
  switch (assumption.location.resource) {
    case ResourceKind::Service:
      return add_service(evidence, assumption);
    case ResourceKind::LocalGroup:
      return add_group(evidence, assumption);
    case ResourceKind::Account:
      return add_account(evidence, assumption);
    case ResourceKind::Accounts:
      return add_accounts(evidence, assumption);
    case ResourceKind::Users:
      return add_users(evidence, assumption);
    case ResourceKind::WindowsFeature:
      return add_feature(evidence, assumption);
    case ResourceKind::RegistryKey:
      return add_key(evidence, assumption);
    case ResourceKind::Volumes:
      return add_volumes(evidence, assumption);
    case ResourceKind::Certificates:
      return add_certificates(evidence, assumption);
    default:
      return false;
  }
}

}  // namespace polc::evidence
