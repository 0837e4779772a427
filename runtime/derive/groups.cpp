// Groups of the machine's own account database.
#include <optional>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {
namespace {

using value::Fact;
using value::Principal;

enum class Match { No, Yes, Perhaps };

/// The name of a group of this machine without what stands before the backslash; nullopt for another authority's.
std::optional<std::string_view> local_name(const Context& context, std::string_view name) {
  const auto backslash = name.find('\\');
  if (backslash == std::string_view::npos) return name;
  const std::string_view authority = name.substr(0, backslash);
  const auto& host = context.evidence.host.name;
  const bool own = authority == "." || base::equal_folded(authority, "BUILTIN") ||
                   (host.present() && base::equal_folded(authority, host.value));
  return own ? std::optional(name.substr(backslash + 1)) : std::nullopt;
}

Match matches(const Context& context, const Principal& asked, const Principal& row) {
  if (asked.resolved() && row.resolved()) return asked.sid == row.sid ? Match::Yes : Match::No;
  const auto asked_name = local_name(context, asked.name);
  const auto row_name = local_name(context, row.name);
  if (!asked_name || !row_name) return Match::No;
  if (!asked_name->empty() && base::equal_folded(*asked_name, *row_name)) return Match::Yes;
  return Match::Perhaps;
}

}  // namespace

Fact local_group_fact(const Context& context, const value::Address& address) {
  const auto& section = context.evidence.local_groups;
  const auto* written = address.argument<Principal>(0);
  if (written == nullptr) return Fact::unknown(value::UnknownReason::UnresolvedName);
  const Principal asked = context.names.resolve(*written);
  bool undecided = false;
  std::optional<Fact> found;
  for (const auto& row : section.rows) {
    const Match match = matches(context, asked, context.names.principal(row.group));
    undecided = undecided || match == Match::Perhaps;
    if (match != Match::Yes) continue;
    Fact fact = fact_of(row.members, value::AbsentLevel::Object,
                        [&](const std::vector<value::PrincipalEvidence>& members) {
                          std::vector<value::Value> elements;
                          for (const auto& member : members)
                            elements.emplace_back(context.names.principal(member));
                          return value::Value(value::SetValue::exactly(std::move(elements)));
                        });
    // One SID under two names is one group, which has one list of members.
    if (found && (found->status != fact.status || !(found->value == fact.value))) {
      fact = Fact::unknown(value::UnknownReason::Conflict, "two groups have the same SID", fact.origin);
      fact.related.push_back(found->origin);
      return fact;
    }
    found = std::move(fact);
  }
  if (found) return *found;
  // A name and a SID that nothing connects may be the same group.
  if (undecided && section.complete) return Fact::unknown(value::UnknownReason::UnresolvedName, asked.name);
  return missing_row(section, value::AbsentLevel::Object);
}

}  // namespace polc::derive
