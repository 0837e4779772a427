// Users with a profile: those whose hives a per-user setting can be in.
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

/// People's accounts (local, domain, Entra ID) and the default profile; service accounts have profiles, too.
bool counts(const std::string& sid) {
  return begins_with(sid, "S-1-5-21-") || begins_with(sid, "S-1-12-1-") || value::folded(sid) == "DEFAULT";
}

}  // namespace

value::Fact users_fact(const Context& context) {
  const auto& section = context.evidence.users;
  if (!section.complete && section.rows.empty()) return unknown_fact(not_listed(section), section.origin);
  value::SetValue set;
  for (const auto& row : section.rows) {
    if (!counts(row.sid)) continue;
    set.low.push_back(value::Value(value::Principal{value::Principal::Form::Sid, 0, row.sid, row.name}));
  }
  if (section.complete) set.high = set.low;
  value::Fact fact = value::Fact::present(value::Value(std::move(set)), section.origin);
  if (!section.complete) fact.unknowns.push_back(not_listed(section));
  return fact;
}

}  // namespace polc::derive
