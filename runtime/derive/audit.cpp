// Advanced audit policy, by subcategory.
#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

/// GUID of a subcategory that is named or given by its GUID; "" if it is neither.
std::string guid_of(std::string_view subcategory) {
  for (const auto& known : value::audit_subcategories()) {
    if (base::equal_folded(known.name, subcategory)) return std::string(known.guid);
  }
  return value::canonical_guid(subcategory).value_or("");
}

}  // namespace

value::Fact audit_fact(const Context& context, std::string_view subcategory) {
  const auto& section = context.evidence.audit_policy;
  const std::string guid = guid_of(subcategory);
  const auto outcomes = [](const std::vector<std::string>& names) {
    std::vector<value::Value> elements;
    for (const auto& name : names) elements.push_back(symbol(name));
    return value::Value(value::SetValue::exactly(std::move(elements)));
  };
  const auto row = std::find_if(section.rows.begin(), section.rows.end(),
                                [&](const value::AuditRow& r) { return !guid.empty() && r.guid == guid; });
  if (row != section.rows.end()) return fact_of(row->outcomes, value::AbsentLevel::Setting, outcomes);
  return missing_row(section, value::AbsentLevel::Setting);
}

}  // namespace polc::derive
