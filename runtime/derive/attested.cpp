// Dated human statements.
#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"
#include "runtime/value/glob.hpp"

namespace polc::derive {
namespace {

using value::AttestationRow;
using value::Fact;
using value::UnknownReason;

enum class Validity { InDate, Expired, NotYet, OtherHost };

/// A statement is valid from its day to the end of the day it expires on, and while it is not older than asked for.
Validity validity(const Context& context, const AttestationRow& row, const value::Duration* within) {
  if (!row.host_glob.empty()) {
    const auto& name = context.evidence.host.name;
    const auto glob = value::Glob::parse(row.host_glob);
    if (!name.present() || !glob || !glob->matches(name.value)) return Validity::OtherHost;
  }
  const std::int64_t day = today(context);
  if (row.date.days > day) return Validity::NotYet;
  if (row.expires && row.expires->days < day) return Validity::Expired;
  // Days are what statements are dated by: one of the day that is just old enough still counts on all of that day.
  if (within != nullptr && value::Integer::of((day - row.date.days) * kSecondsOfDay) > within->seconds.high) {
    return Validity::Expired;
  }
  return Validity::InDate;
}

}  // namespace

Fact attested_fact(const Context& context, const value::Address& address) {
  const auto& section = context.evidence.attestations;
  const auto* key = address.argument<std::string>(0);
  const auto* within = address.argument<value::Duration>(1);
  const AttestationRow* newest = nullptr;
  bool conflict = false;
  Validity of_newest = Validity::InDate;
  for (const AttestationRow& row : section.rows) {
    if (key == nullptr || row.key != *key) continue;
    const Validity valid = validity(context, row, within);
    if (valid == Validity::NotYet || valid == Validity::OtherHost) continue;
    if (newest != nullptr && row.date < newest->date) continue;
    const bool same_day = newest != nullptr && row.date == newest->date;
    conflict = same_day && (conflict || row.answer != newest->answer);
    of_newest = same_day && of_newest == Validity::InDate ? of_newest : valid;
    newest = &row;
  }
  // A statement takes the place of all before it, also when it has run out itself: an older one never comes back.
  if (newest != nullptr && of_newest == Validity::Expired) {
    return Fact::unknown(UnknownReason::Stale, "the statement of " + newest->date.text() + " is out of date",
                         newest->origin);
  }
  if (newest != nullptr && conflict) {
    return Fact::unknown(UnknownReason::Conflict, "two statements of the same day differ", newest->origin);
  }
  if (newest != nullptr) {
    Fact fact = Fact::present(boolean(newest->answer), newest->origin);
    if (!newest->owner.empty()) fact.note = "stated by " + newest->owner + " on " + newest->date.text();
    return fact;
  }
  if (section.unreadable) return unknown_fact(*section.unreadable, section.origin);
  return Fact::unknown(UnknownReason::NotCollected, "nobody has made this statement", section.origin);
}

}  // namespace polc::derive
