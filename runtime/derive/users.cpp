// Users with a profile: those whose hives a per-user setting can be in.
#include <set>

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

/// People's SIDs whose hives were read and who are not in the table of users.
std::vector<std::string> users_with_hives(const value::Evidence& evidence) {
  constexpr std::string_view kHives = "HKU\\";
  std::set<std::string> listed;
  for (const auto& row : evidence.users.rows) listed.insert(value::folded(row.sid));
  std::set<std::string> missing;
  for (auto row = evidence.registry.lower_bound(std::string(kHives));
       row != evidence.registry.end() && begins_with(row->first, kHives); ++row) {
    const std::string_view below = std::string_view(row->first).substr(kHives.size());
    std::string sid(below.substr(0, below.find('\\')));
    if (const auto classes = sid.find("_CLASSES"); classes != std::string::npos) sid.resize(classes);
    if (row->second.presence.present() && counts(sid) && listed.count(sid) == 0) missing.insert(sid);
  }
  return {missing.begin(), missing.end()};
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
  // A hive is a profile: a table that lacks its user is not all there is.
  const auto unlisted = users_with_hives(context.evidence);
  for (const std::string& sid : unlisted) {
    set.low.push_back(value::Value(value::Principal{value::Principal::Form::Sid, 0, sid, {}}));
  }
  const bool complete = section.complete && unlisted.empty();
  if (complete) set.high = set.low;
  value::Fact fact = value::Fact::present(value::Value(std::move(set)), section.origin);
  if (!section.complete) {
    fact.unknowns.push_back(not_listed(section));
  } else if (!complete) {
    fact.unknowns.push_back({value::UnknownReason::Conflict,
                             {},
                             "a hive of " + unlisted.front() + ", which is not listed, was read"});
  }
  return fact;
}

}  // namespace polc::derive
