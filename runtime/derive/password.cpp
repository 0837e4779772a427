// Composition of secrets: from a secret that was handed over for this run, or from a dated statement about it.
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {
namespace {

using value::Fact;
using value::PasswordRow;
using value::UnknownReason;

enum class PasswordAttribute : value::AttributeId { Length, Classes, InBreachList };

Fact attribute_of(const PasswordRow& row, value::AttributeId attribute) {
  const auto missing = [&](const char* what) {
    return Fact::unknown(UnknownReason::NotCollected, what, row.origin);
  };
  switch (static_cast<PasswordAttribute>(attribute)) {
    case PasswordAttribute::Length:
      return row.length ? Fact::present(value::Value(*row.length), row.origin) : missing("length");
    case PasswordAttribute::Classes: {
      if (!row.classes) return missing("classes");
      std::vector<value::Value> elements;
      for (const std::string& name : *row.classes) elements.push_back(symbol(name));
      return Fact::present(value::Value(value::SetValue::exactly(std::move(elements))), row.origin);
    }
    case PasswordAttribute::InBreachList:
      return row.in_breach_list ? Fact::present(boolean(*row.in_breach_list), row.origin)
                                : missing("breach list");
  }
  return Fact::unknown(UnknownReason::Unsupported);
}

/// A statement counts from its day on.
bool is_of_the_future(const Context& context, const PasswordRow& row) {
  return row.date && row.date->days > today(context);
}

/// A row without a date is about the secret of this very run and newer than any statement.
bool newer(const PasswordRow& a, const PasswordRow& b) {
  if (!a.date || !b.date) return !a.date && b.date;
  return *b.date < *a.date;
}

bool about_the_same(const PasswordRow& a, const PasswordRow& b) {
  return !newer(a, b) && !newer(b, a);
}

}  // namespace

Fact password_fact(const Context& context, const value::Address& address) {
  const auto& section = context.evidence.passwords;
  const auto* name = address.argument<std::string>(0);
  const PasswordRow* best = nullptr;
  for (const PasswordRow& row : section.rows) {
    if (name == nullptr || row.name != *name || is_of_the_future(context, row)) continue;
    if (best == nullptr || newer(row, *best)) best = &row;
  }
  if (best == nullptr) return unknown_fact(not_listed(section), section.origin);
  Fact fact = attribute_of(*best, address.attribute);
  for (const PasswordRow& row : section.rows) {
    if (row.name != *name || &row == best || !about_the_same(row, *best)) continue;
    const Fact other = attribute_of(row, address.attribute);
    const bool both_say =
        other.status == value::FactStatus::Present && fact.status == value::FactStatus::Present;
    if (both_say && !(other.value == fact.value)) {
      return Fact::unknown(UnknownReason::Conflict, "two statements of the same day differ", best->origin);
    }
    if (fact.status != value::FactStatus::Present) fact = other;
  }
  return fact;
}

}  // namespace polc::derive
