// Absence: what each comparison makes of a fact that is not there (docs/language.md, "Absence is stated").
#include <algorithm>

#include "compiler/lower/lower_condition.hpp"
#include "runtime/base/diagnostics/semantics.hpp"

namespace polc::compiler {

using ir::AbsenceRule;

/// Facts in a value that can be positively absent, each once.
std::vector<ExprId> ConditionLowering::facts_that_may_be_absent(ExprId id) const {
  std::vector<ExprId> facts;
  const bool is_quantifier = expressions_[id].kind == ExprKind::All || expressions_[id].kind == ExprKind::Any;
  if (is_quantifier) {
    collect_facts(expressions_.operand(id, 0), facts);
  } else if (is_condition(expressions_[id].kind)) {
    for (const ExprId operand : expressions_.operands(id)) collect_facts(operand, facts);
  } else {
    collect_facts(id, facts);
  }
  return facts;
}

void ConditionLowering::collect_facts(ExprId id, std::vector<ExprId>& facts) const {
  if (const auto chosen = chosen_.find(id); chosen != chosen_.end())
    return collect_facts(chosen->second, facts);
  const Expr& e = expressions_[id];
  if (e.kind == ExprKind::Choice) {  // its subject is settled where the choice is made
    for (std::size_t i = 2; i < e.operand_count; i += 2) collect_facts(expressions_.operand(id, i), facts);
    return;
  }
  if (may_be_absent(id)) facts.push_back(id);
  if (e.kind == ExprKind::Fact) return;
  for (const ExprId operand : expressions_.operands(id)) collect_facts(operand, facts);
}

bool ConditionLowering::may_be_absent(ExprId id) const {
  const Expr& e = expressions_[id];
  switch (e.kind) {
    case ExprKind::Fact:
    case ExprKind::Field:
      return !e.total;
    case ExprKind::Lookup:
      return true;
    default:
      return false;
  }
}

/// Without a suffix absence is adverse; where there is no polarity it must have been settled before.
ConditionLowering::Absence ConditionLowering::unmarked_absence(ExprId id, Place place) {
  const ExprKind kind = expressions_[id].kind;
  if (kind == ExprKind::IsPresent) return {AbsenceRule::Settled, 0, true};
  Absence absence;
  std::vector<ExprId> facts = facts_that_may_be_absent(id);
  const auto unsettled =
      std::find_if(facts.begin(), facts.end(), [&](ExprId fact) { return !settled_.contains(fact); });
  if (place.guard) {
    absence.rule = AbsenceRule::Settled;
    if (unsettled == facts.end()) return absence;
    const base::Span span = expressions_.clause_span(id);
    const std::string subject = excerpt(*unsettled);
    base::Diagnostic problem = diag::GuardNeedsPresence{.fact = subject}.at(span);
    const bool is_atom = kind == ExprKind::Compare || kind == ExprKind::Holds;
    if (is_atom && expressions_.clause_span(*unsettled) != span)
      problem.fixes.push_back({span, "(" + subject + " is present and " + excerpt(id) + ")"});
    return fail(std::move(problem));
  }
  if (facts.size() == 1) absence.defaults = known_defaults(facts.front());
  if (!facts.empty() && unsettled == facts.end()) absence.rule = AbsenceRule::Settled;
  return absence;
}

ConditionLowering::Absence ConditionLowering::or_absent(ExprId suffix, ExprId id, Place place) {
  const base::Span span = expressions_.clause_span(suffix);
  const std::vector<ExprId> facts = facts_that_may_be_absent(id);
  if (place.negated || place.guard || place.compared) {
    const char* where = place.guard      ? "where a condition only decides whether another one applies"
                        : place.compared ? "inside `==` between conditions"
                                         : "under `not`";
    base::Diagnostic problem = diag::OrAbsentMisplaced{.where = where}.at(span);
    if (!facts.empty() && place.negated && !place.guard && !place.compared)
      problem.fixes.push_back({span, "(" + excerpt(facts.front()) + " is absent or " + excerpt(id) + ")"});
    return fail(std::move(problem));
  }
  return {AbsenceRule::Passes, 0, true};
}

/// `or default` needs one fact whose default is known, standing as a whole on one side.
ConditionLowering::Absence ConditionLowering::or_default(ExprId suffix, ExprId id) {
  const base::Span span = expressions_.clause_span(suffix);
  std::vector<ExprId> facts;
  for (const ExprId operand : expressions_.operands(id)) {
    if (expressions_[operand].kind == ExprKind::Fact) facts.push_back(operand);
  }
  if (facts.size() != 1 || facts_that_may_be_absent(id).size() > 1)
    return fail(diag::OrDefaultNeedsOneFact{}.at(span));
  const ir::DefaultsId defaults = known_defaults(facts.front());
  if (defaults == 0) return fail(diag::NoKnownDefault{.fact = excerpt(facts.front())}.at(span));
  return {AbsenceRule::Default, defaults, true};
}

/// What Windows does while a fact is not configured; 0 when that is not known.
ir::DefaultsId ConditionLowering::known_defaults(ExprId fact) {
  if (expressions_[fact].kind != ExprKind::Fact) return 0;
  const FactSource& source = expressions_.source_of(expressions_[fact]);
  if (source.setting != nullptr) {
    if (source.attribute == kGpoValue) return builder_.defaults_of(*source.setting);
    return source.attribute == kGpoState ? builder_.state_defaults_of(*source.setting) : 0;
  }
  value::Address address{source.resource, source.attribute, {}};
  for (const ExprId argument : expressions_.operands(fact)) {
    const value::Value* constant = expressions_.constant_value(argument);
    if (constant == nullptr) return 0;
    address.arguments.push_back(*constant);
  }
  return builder_.defaults_of(address);
}

ConditionLowering::Absence ConditionLowering::fail(base::Diagnostic diagnostic) {
  sink_.add(std::move(diagnostic));
  failed_ = true;
  return {AbsenceRule::Fails, 0, false};
}

}  // namespace polc::compiler
