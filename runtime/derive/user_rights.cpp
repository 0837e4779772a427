// Who holds a privilege or logon right.
#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {

using value::Fact;

Fact user_right_fact(const Context& context, std::string_view right) {
  const auto& section = context.evidence.user_rights;
  const auto holders = [&](const std::vector<value::PrincipalEvidence>& shown) {
    std::vector<value::Value> elements;
    elements.reserve(shown.size());
    for (const auto& holder : shown) elements.emplace_back(context.names.principal(holder));
    return value::Value(value::SetValue::exactly(std::move(elements)));
  };
  for (const auto& row : section.rows) {
    if (base::equal_folded(row.right, right))
      return fact_of(row.holders, value::AbsentLevel::Setting, holders);
  }
  // On a machine a right always has a set of holders; what lists only rights with holders leaves out the empty ones.
  const bool nobody = context.evidence.layer == value::Layer::Effective && section.complete;
  if (nobody) return Fact::present(holders({}), section.origin);
  return missing_row(section, value::AbsentLevel::Setting);
}

}  // namespace polc::derive
