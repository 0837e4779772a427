// Accounts of the machine's own database, by name or by relative identifier.
#include <charconv>
#include <optional>
#include <vector>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {
namespace {

using value::AbsentLevel;
using value::AccountRow;
using value::Fact;

enum class AccountAttribute : value::AttributeId { Enabled, Name, Sid, PasswordRequired, PasswordExpires };

std::string_view short_name(std::string_view name) {
  return name.substr(name.rfind('\\') + 1);
}

std::optional<value::Integer> rid_of(std::string_view sid) {
  return sid.empty() ? std::nullopt : value::Integer::parse(sid.substr(sid.rfind('-') + 1));
}

value::Principal principal_of(const Context& context, const AccountRow& row) {
  value::Principal principal = context.names.principal(row.account);
  principal.name = row.account.name;
  return principal;
}

Fact bool_fact(const value::Reading<bool>& reading) {
  return fact_of(reading, AbsentLevel::Value, boolean);
}

/// The rows that the arguments name; `undecided` where a row's SID is not known and the RID was asked for.
std::vector<const AccountRow*> find(const value::Section<AccountRow>& section, const value::Address& address,
                                    bool& undecided) {
  const auto* name = address.argument<std::string>(0);
  const auto* rid = address.argument<value::Number>(1);
  std::vector<const AccountRow*> found;
  for (const AccountRow& row : section.rows) {
    if (name != nullptr && !base::equal_folded(short_name(*name), short_name(row.account.name))) continue;
    if (rid != nullptr) {
      const auto own = rid_of(row.account.sid);
      undecided = undecided || !own;
      if (!own || value::Number::exactly(*own) != *rid) continue;
    }
    found.push_back(&row);
  }
  return found;
}

Fact attribute_of(const Context& context, const AccountRow& row, AccountAttribute attribute) {
  switch (attribute) {
    case AccountAttribute::Enabled:
      return bool_fact(row.enabled);
    case AccountAttribute::Name:
      return Fact::present(value::text(row.account.name), row.origin);
    case AccountAttribute::Sid:
      return Fact::present(value::Value(principal_of(context, row)), row.origin);
    case AccountAttribute::PasswordRequired:
      return bool_fact(row.password_required);
    case AccountAttribute::PasswordExpires:
      return bool_fact(row.password_expires);
  }
  return Fact::unknown(value::UnknownReason::Unsupported);
}

}  // namespace

Fact account_fact(const Context& context, const value::Address& address) {
  const auto& section = context.evidence.accounts;
  bool undecided = false;
  const auto rows = find(section, address, undecided);
  if (rows.empty() && undecided) return Fact::unknown(value::UnknownReason::UnresolvedName);
  if (rows.empty()) return missing_row(section, AbsentLevel::Object);
  const auto attribute = static_cast<AccountAttribute>(address.attribute);
  Fact fact = attribute_of(context, *rows.front(), attribute);
  for (const AccountRow* row : rows) {
    const Fact other = attribute_of(context, *row, attribute);
    if (other.status == fact.status && other.value == fact.value) continue;
    // Which of them is the machine's own nobody can tell.
    Fact conflict =
        Fact::unknown(value::UnknownReason::Conflict, "several accounts answer to this", fact.origin);
    conflict.related.push_back(row->origin);
    return conflict;
  }
  return fact;
}

Fact accounts_fact(const Context& context) {
  return list_of_rows(context.evidence.accounts, [&](const AccountRow& row) {
    return RecordBuilder(row.origin)
        .field("name", value::text(row.account.name))
        .field("sid", value::Value(principal_of(context, row)))
        .field("enabled", bool_fact(row.enabled))
        .field("password_required", bool_fact(row.password_required))
        .field("password_expires", bool_fact(row.password_expires))
        .build();
  });
}

}  // namespace polc::derive
