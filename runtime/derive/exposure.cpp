// What a scan from outside saw of a port.
#include <optional>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {

value::Fact exposure_fact(const Context& context, const value::Address& address) {
  const auto& section = context.evidence.exposure;
  const auto* vantage = address.argument<std::string>(0);
  const auto* port = address.argument<value::Port>(1);
  const value::ExposureRow* newest = nullptr;
  bool conflict = false;
  for (const auto& row : section.rows) {
    const bool asked = vantage != nullptr && port != nullptr && base::equal_folded(row.vantage, *vantage) &&
                       row.port == *port;
    if (!asked || (newest != nullptr && row.taken_at < newest->taken_at)) continue;
    const bool same_time = newest != nullptr && row.taken_at == newest->taken_at;
    conflict = same_time && (conflict || row.state != newest->state);
    newest = &row;
  }
  if (newest == nullptr) return unknown_fact(not_listed(section), section.origin);
  if (conflict) {
    return value::Fact::unknown(value::UnknownReason::Conflict, "two scans of the same time differ",
                                newest->origin);
  }
  return value::Fact::present(symbol(newest->state), newest->origin);
}

}  // namespace polc::derive
