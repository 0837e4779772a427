#include "runtime/evaluate/evaluator.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "runtime/base/limits.hpp"
#include "runtime/evaluate/comparison.hpp"
#include "runtime/ir/op_info.hpp"

namespace polc::evaluate {

using ir::AbsenceRule;
using ir::Node;
using ir::NodeId;
using ir::Op;
using value::FactStatus;
using value::Truth;
using value::Unknown;
using value::UnknownReason;
using value::Value;

namespace {

Truth inverted_if(bool invert, Truth truth) {
  if (!invert || truth == Truth::Unknown) return truth;
  return truth == Truth::True ? Truth::False : Truth::True;
}

Truth truth_of(bool b) {
  return b ? Truth::True : Truth::False;
}

/// A value that stands in for absence: what the fact holds, or what its absence leaves behind.
bool leaves_value(const Outcome& outcome) {
  return outcome.present() || !outcome.value().empty();
}

}  // namespace

Evaluator::Evaluator(const ir::Program& program, const value::FactTable& facts, std::uint64_t budget)
    : program_(program),
      facts_(facts),
      bound_(program.variable_count, nullptr),
      bound_from_(program.variable_count, ir::kNone),
      budget_(budget) {
  start();
}

void Evaluator::start() {
  steps_left_ = budget_;
  unknowns_.clear();
}

Evaluator::Binding::Binding(Evaluator& evaluator, const Node& quantifier, const Value& value)
    : evaluator_(evaluator),
      slot_(quantifier.data),
      outer_(evaluator.bound_[slot_]),
      outer_collection_(evaluator.bound_from_[slot_]) {
  evaluator_.bound_[slot_] = &value;
  evaluator_.bound_from_[slot_] = evaluator_.program_.operands_of(quantifier)[0];
}

Evaluator::Binding::~Binding() {
  evaluator_.bound_[slot_] = outer_;
  evaluator_.bound_from_[slot_] = outer_collection_;
}

Evaluator::Level::Level(Evaluator& evaluator) : evaluator_(evaluator) {
  ++evaluator_.depth_;
  granted_ = evaluator_.depth_ <= limits::kEvaluationDepth && evaluator_.steps_left_ > 0;
  if (granted_) --evaluator_.steps_left_;
}

// --- truth

Judgement Evaluator::judge(NodeId id) {
  const Node& node = program_.nodes[id];
  const Level level(*this);
  if (!level.granted()) {
    note({UnknownReason::Budget, {}, {}});
    return {};
  }
  switch (node.op) {
    case Op::True:
      return {Truth::True};
    case Op::And:
    case Op::Or:
      return connect(node);
    case Op::All:
    case Op::Any:
      return quantify(node);
    case Op::Select:
      return select(node);
    case Op::Compare:
    case Op::Holds:
    case Op::IsPresent:
    case Op::IsResolved:
      return {atom(node).truth};
    default:
      return {Truth::False};
  }
}

AtomResult Evaluator::judge_atom(NodeId id) {
  return atom(program_.nodes[id]);
}

/// Kleene conjunction and disjunction. Stopping at the deciding operand changes no truth value; explanations
/// look at every operand themselves.
Judgement Evaluator::connect(const Node& node) {
  const Truth decisive = truth_of(node.op == Op::Or);
  const std::size_t reasons_before = unknowns_.size();
  bool any_unknown = false;
  bool any_vacuous = false;
  for (std::uint32_t i = 0; i < node.operand_count; ++i) {
    const Judgement operand = judge(program_.operands_of(node)[i]);
    any_vacuous = any_vacuous || operand.vacuous;
    if (operand.truth == Truth::Unknown) any_unknown = true;
    // An emptily true alternative decides too, but a later one may be true for a better reason.
    if (operand.truth != decisive || operand.vacuous) continue;
    unknowns_.resize(reasons_before);
    return {decisive};
  }
  if (node.op == Op::Or && any_vacuous) {
    unknowns_.resize(reasons_before);
    return {Truth::True, true};
  }
  if (any_unknown) return {};
  return {truth_of(node.op == Op::And), node.op == Op::And && any_vacuous};
}

Judgement Evaluator::quantify(const Node& node) {
  const NodeId collection_node = program_.operands_of(node)[0];
  const NodeId body = program_.operands_of(node)[1];
  const std::size_t reasons_before = unknowns_.size();
  Elements elements = this->elements(collection_node);
  if (!elements.collection().present()) {
    return {settle(node, elements.collection(), collection_node).truth};
  }

  const Truth decisive = truth_of(node.op == Op::Any);
  bool any_unknown = false;
  bool all_vacuous = true;
  if (elements.size() > limits::kCollection) {
    note({UnknownReason::Budget, address_text(collection_node), "the collection is too large"});
    return {};
  }
  for (std::uint64_t i = 0; i < elements.size(); ++i) {
    if (exhausted()) {
      note({UnknownReason::Budget, address_text(collection_node), {}});
      return {};
    }
    const Binding binding(*this, node, elements.at(i));
    const Judgement element = judge(body);
    if (element.truth == decisive) {
      unknowns_.resize(reasons_before);
      return {decisive, element.vacuous};
    }
    any_unknown = any_unknown || element.truth == Truth::Unknown;
    all_vacuous = all_vacuous && element.vacuous;
  }
  if (elements.closure() != Closure::Complete && !all_possible_agree(node, elements)) {
    note_open(elements.collection(), collection_node, UnknownReason::NotCollected);
    any_unknown = true;
  }
  if (any_unknown) return {};
  return {node.op == Op::All ? Truth::True : Truth::False, node.op == Op::All && all_vacuous};
}

/// Whether no element that may be in the collection could change the answer that the sure elements give.
bool Evaluator::all_possible_agree(const Node& node, const Elements& elements) {
  if (elements.closure() == Closure::OpenEnded) return false;
  const Truth neutral = truth_of(node.op == Op::All);
  const std::size_t reasons_before = unknowns_.size();
  for (const Value& possible : elements.possible()) {
    const Binding binding(*this, node, possible);
    const Truth truth = judge(program_.operands_of(node)[1]).truth;
    unknowns_.resize(reasons_before);
    if (truth != neutral) return false;
  }
  return true;
}

Judgement Evaluator::select(const Node& node) {
  const NodeId* operands = program_.operands_of(node);
  const Outcome subject = compute(operands[0]);
  if (!subject.present()) return {settle(node, subject, operands[0]).truth};
  const value::Type type = program_.nodes[operands[0]].type;
  for (std::uint32_t i = 1; i < node.operand_count; i += 2) {
    const Node& label = program_.nodes[operands[i]];
    const Outcome constant = compute(operands[i]);
    const auto is_case =
        compare_values(ir::Comparison::Equal, subject.value(), type, constant.value(), label.type);
    if (is_case.is_true()) return judge(operands[i + 1]);
  }
  return {settle_mistyped(node).truth};
}

// --- atoms

AtomResult Evaluator::atom(const Node& node) {
  switch (node.op) {
    case Op::Compare:
      return compare(node);
    case Op::Holds:
      return holds(node);
    case Op::IsPresent:
      return is_present(node);
    default:
      return is_resolved(node);
  }
}

AtomResult Evaluator::compare(const Node& node) {
  const NodeId left_node = program_.operands_of(node)[0];
  const NodeId right_node = program_.operands_of(node)[1];
  const Outcome left = compute(left_node);
  const bool membership = node.comparison == ir::Comparison::In || node.comparison == ir::Comparison::NotIn;
  if (!membership || program_.nodes[right_node].op != Op::Range)
    return decide(node, left, compute(right_node), nullptr);
  // Membership in a range needs no list of its elements.
  const Node& range = program_.nodes[right_node];
  const std::vector<Outcome> ends = compute_operands(range);
  const FactStatus status = worst(ends);
  if (status != FactStatus::Present) return decide(node, left, propagate(range, ends, status), nullptr);
  return decide(node, left, ends.front(), &ends);
}

/// `ends` of a range that `left` is or is not in.
AtomResult Evaluator::decide(const Node& node, const Outcome& left, const Outcome& right,
                             const std::vector<Outcome>* ends) {
  const NodeId* operands = program_.operands_of(node);
  const FactStatus status = worse(left.status(), right.status());
  if (status == FactStatus::Mistyped) return settle_mistyped(node);
  if (status == FactStatus::Unknown) {
    note(left, operands[0]);
    note(right, operands[1]);
    return {Truth::Unknown, Settlement::Unknown};
  }
  if (status == FactStatus::Absent && !(leaves_value(left) && leaves_value(right)))
    return settle_absent(node);

  const value::Answer answer = ends != nullptr
                                   ? in_range(node.comparison, left.value(), type_of(operands[0]),
                                              ends->front().value(), ends->back().value())
                                   : compare_values(node.comparison, left.value(), type_of(operands[0]),
                                                    right.value(), type_of(operands[1]));
  if (status == FactStatus::Absent) return answer.is_true() ? AtomResult{Truth::True} : settle_absent(node);
  if (answer.kind == value::Answer::Kind::Mistyped) return settle_mistyped(node);
  if (answer.kind != value::Answer::Kind::Unknown) return {truth_of(answer.is_true())};
  note_open(left, operands[0], answer.reason);
  note_open(right, operands[1], answer.reason);
  return {Truth::Unknown, Settlement::Unknown};
}

AtomResult Evaluator::holds(const Node& node) {
  const NodeId operand = program_.operands_of(node)[0];
  const Outcome outcome = compute(operand);
  const bool* b = outcome.value().get<bool>();
  const bool as_asked = b != nullptr && *b != node.negated;
  if (outcome.status() == FactStatus::Absent && as_asked) return {Truth::True};
  if (!outcome.present()) return settle(node, outcome, operand);
  return b != nullptr ? AtomResult{truth_of(as_asked)} : settle_mistyped(node);
}

AtomResult Evaluator::is_present(const Node& node) {
  const NodeId operand = program_.operands_of(node)[0];
  const Outcome outcome = compute(operand);
  if (outcome.status() == FactStatus::Unknown) return settle(node, outcome, operand);
  return {inverted_if(node.negated, truth_of(outcome.status() != FactStatus::Absent))};
}

AtomResult Evaluator::is_resolved(const Node& node) {
  const NodeId operand = program_.operands_of(node)[0];
  const Outcome outcome = compute(operand);
  if (!outcome.present()) return settle(node, outcome, operand);
  const auto* principal = outcome.value().get<value::Principal>();
  if (principal == nullptr) return settle_mistyped(node);
  return {inverted_if(node.negated, truth_of(facts_.resolve(*principal).resolved()))};
}

/// What an operand that is not present makes of its atom.
AtomResult Evaluator::settle(const Node& node, const Outcome& operand, NodeId operand_node) {
  switch (operand.status()) {
    case FactStatus::Mistyped:
      return settle_mistyped(node);
    case FactStatus::Absent:
      return settle_absent(node);
    default:
      note(operand, operand_node);
      return {Truth::Unknown, Settlement::Unknown};
  }
}

AtomResult Evaluator::settle_mistyped(const Node& node) {
  if (node.guard)
    note({UnknownReason::Corrupt, address_text(program_.operands_of(node)[0]), "of another type"});
  return {node.guard ? Truth::Unknown : Truth::False, Settlement::Mistyped};
}

AtomResult Evaluator::settle_absent(const Node& node) {
  if (takes_default(node) && substitution_ == Substitution::None) return with_default(node);
  if (node.absence == AbsenceRule::Passes) return {Truth::True, Settlement::Absent};
  // Adverse: against the control, whatever the spelling. A guard has no such side.
  if (node.guard) {
    note({UnknownReason::DefaultUnknown, address_text(program_.operands_of(node)[0]), "absent"});
  }
  return {node.guard ? Truth::Unknown : Truth::False, Settlement::Absent};
}

bool Evaluator::takes_default(const Node& node) const {
  switch (defaults_) {
    case Defaults::AsWritten:
      return node.absence == AbsenceRule::Default;
    case Defaults::Everywhere:
      return node.absence == AbsenceRule::Default ||
             (node.absence == AbsenceRule::Fails && node.defaults != 0);
    case Defaults::Nowhere:
      break;
  }
  return false;
}

AtomResult Evaluator::with_default(const Node& node) {
  const auto choice = choose_default(program_, node.defaults, host_traits());
  if (!choice) {
    note({UnknownReason::DefaultUnknown, address_text(program_.operands_of(node)[0]), {}});
    return {Truth::Unknown, Settlement::Absent, true};
  }
  const Value& value = program_.constants[*choice];
  substitution_ = value.empty() ? Substitution::Nothing : Substitution::Value;
  substitute_ = &value;
  AtomResult result = atom(node);
  substitution_ = Substitution::None;
  result.settlement = Settlement::Absent;
  result.by_default = true;
  return result;
}

const HostTraits& Evaluator::host_traits() {
  if (!host_traits_) host_traits_ = traits_of(facts_);
  return *host_traits_;
}

// --- reasons

void Evaluator::note(Unknown unknown) {
  if (unknowns_.size() < limits::kUnknownsPerControl) unknowns_.push_back(std::move(unknown));
}

void Evaluator::note(const Outcome& outcome, NodeId node) {
  if (outcome.status() == FactStatus::Unknown) note_reasons(*outcome.fact(), node);
}

void Evaluator::note_reasons(const value::Fact& fact, NodeId node) {
  for (Unknown unknown : fact.unknowns) {
    if (unknown.address.empty()) unknown.address = address_text(node);
    note(std::move(unknown));
  }
}

/// A present value that is known in part left a comparison open.
void Evaluator::note_open(const Outcome& outcome, NodeId node, UnknownReason reason) {
  if (!is_partial(outcome.value())) return;
  if (outcome.fact() == nullptr || outcome.fact()->unknowns.empty())
    return note({reason, address_text(node), {}});
  note_reasons(*outcome.fact(), node);
}

std::vector<Unknown> Evaluator::unknowns() const {
  const auto key = [](const Unknown& u) { return std::tie(u.address, u.reason, u.detail); };
  std::vector<Unknown> sorted = unknowns_;
  std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  return sorted;
}

}  // namespace polc::evaluate
