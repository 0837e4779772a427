// Groups of the machine's own account database.
#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {
namespace {

using value::Fact;
using value::Principal;

/// The name behind the backslash: groups of the machine are listed without its name.
std::string_view short_name(std::string_view name) {
  return name.substr(name.rfind('\\') + 1);
}

enum class Match { No, Yes, Perhaps };

Match matches(const Principal& asked, const Principal& row) {
  if (asked.resolved() && row.resolved()) return asked.sid == row.sid ? Match::Yes : Match::No;
  if (!asked.name.empty() && base::equal_folded(short_name(asked.name), short_name(row.name)))
    return Match::Yes;
  return Match::Perhaps;
}

}  // namespace

Fact local_group_fact(const Context& context, const value::Address& address) {
  const auto& section = context.evidence.local_groups;
  const auto* written = address.arguments.empty() ? nullptr : address.arguments[0].get<Principal>();
  if (written == nullptr) return Fact::unknown(value::UnknownReason::UnresolvedName);
  const Principal asked = context.names.resolve(*written);
  bool undecided = false;
  for (const auto& row : section.rows) {
    const Match match = matches(asked, context.names.principal(row.group));
    undecided = undecided || match == Match::Perhaps;
    if (match != Match::Yes) continue;
    return fact_of(row.members, value::AbsentLevel::Object,
                   [&](const std::vector<value::PrincipalEvidence>& members) {
                     std::vector<value::Value> elements;
                     for (const auto& member : members)
                       elements.emplace_back(context.names.principal(member));
                     return value::Value(value::SetValue::exactly(std::move(elements)));
                   });
  }
  // A name and a SID that nothing connects may be the same group.
  if (undecided && section.complete) return Fact::unknown(value::UnknownReason::UnresolvedName, asked.name);
  return missing_row(section, value::AbsentLevel::Object);
}

}  // namespace polc::derive
