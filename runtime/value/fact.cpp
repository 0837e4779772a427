#include "runtime/value/fact.hpp"

#include <algorithm>

#include "runtime/base/casefold.hpp"

namespace polc::value {
namespace {

Fact with_status(FactStatus status, OriginId origin) {
  Fact fact;
  fact.status = status;
  fact.origin = origin;
  return fact;
}

}  // namespace

std::string_view reason_text(UnknownReason reason) {
  switch (reason) {
    case UnknownReason::NotCollected:
      return "not collected";
    case UnknownReason::AccessDenied:
      return "access denied";
    case UnknownReason::Unsupported:
      return "unsupported";
    case UnknownReason::Corrupt:
      return "corrupt";
    case UnknownReason::TimedOut:
      return "timed out";
    case UnknownReason::Stale:
      return "stale";
    case UnknownReason::Conflict:
      return "conflict";
    case UnknownReason::Overflow:
      return "overflow";
    case UnknownReason::Budget:
      return "budget";
    case UnknownReason::NetworkDenied:
      return "network not permitted";
    case UnknownReason::UnresolvedName:
      return "unresolved name";
    case UnknownReason::DefaultUnknown:
      return "default unknown";
  }
  return "";
}

Fact Fact::present(Value v, OriginId origin) {
  Fact fact = with_status(FactStatus::Present, origin);
  fact.value = std::move(v);
  return fact;
}

Fact Fact::mistyped(Value raw, OriginId origin) {
  Fact fact = with_status(FactStatus::Mistyped, origin);
  fact.value = std::move(raw);
  return fact;
}

Fact Fact::absent(AbsentLevel level, OriginId origin) {
  Fact fact = with_status(FactStatus::Absent, origin);
  fact.level = level;
  return fact;
}

Fact Fact::unknown(UnknownReason reason, std::string detail, OriginId origin) {
  Fact fact = with_status(FactStatus::Unknown, origin);
  fact.unknowns.push_back({reason, {}, std::move(detail)});
  return fact;
}

const Fact* RecordData::find(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const RecordField& f) { return base::equal_folded(f.name, name); });
  return found == fields.end() ? nullptr : &found->fact;
}

}  // namespace polc::value
