// Windows services, by service name.
#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {
namespace {

enum class ServiceAttribute : value::AttributeId { State, Start, Account };

}  // namespace

value::Fact service_fact(const Context& context, const value::Address& address) {
  const auto& section = context.evidence.services;
  const auto* name = address.argument<std::string>(0);
  const auto row =
      std::find_if(section.rows.begin(), section.rows.end(), [&](const value::ServiceRow& service) {
        return name != nullptr && base::equal_folded(service.name, *name);
      });
  if (row == section.rows.end()) return missing_row(section, value::AbsentLevel::Object);
  const auto as_symbol = [](const std::string& member) { return symbol(member); };
  switch (static_cast<ServiceAttribute>(address.attribute)) {
    case ServiceAttribute::State:
      return fact_of(row->state, value::AbsentLevel::Value, as_symbol);
    case ServiceAttribute::Start:
      return fact_of(row->start, value::AbsentLevel::Value, as_symbol);
    case ServiceAttribute::Account:
      return fact_of(row->account, value::AbsentLevel::Value, [&](const value::PrincipalEvidence& shown) {
        return value::Value(context.names.principal(shown));
      });
  }
  return value::Fact::unknown(value::UnknownReason::Unsupported);
}

}  // namespace polc::derive
