// Value expressions: facts, computed addresses, arithmetic, sets.
#include <algorithm>
#include <utility>

#include "runtime/base/limits.hpp"
#include "runtime/evaluate/arithmetic.hpp"
#include "runtime/evaluate/comparison.hpp"
#include "runtime/evaluate/evaluator.hpp"

namespace polc::evaluate {

using ir::Node;
using ir::NodeId;
using ir::Op;
using value::Fact;
using value::FactStatus;
using value::TypeKind;
using value::Unknown;
using value::UnknownReason;
using value::Value;

namespace {

value::Address address_of(const ir::ReadPattern& pattern, const std::vector<Outcome>& arguments) {
  value::Address address{pattern.resource, pattern.attribute, {}};
  address.arguments.reserve(arguments.size());
  for (const Outcome& argument : arguments) address.arguments.push_back(argument.value());
  return address;
}

const Fact* first_evidence(const std::vector<Outcome>& operands) {
  const auto found =
      std::find_if(operands.begin(), operands.end(), [](const Outcome& o) { return o.fact() != nullptr; });
  return found != operands.end() ? found->fact() : nullptr;
}

bool has_principals(value::Type type) {
  return type.kind == TypeKind::Principal || type.element == TypeKind::Principal ||
         type.key == TypeKind::Principal;
}

}  // namespace

Outcome Evaluator::compute(NodeId id) {
  const Node& node = program_.nodes[id];
  const Level level(*this);
  if (!level.granted()) return Outcome::own(Fact::unknown(UnknownReason::Budget));
  switch (node.op) {
    case Op::Constant:
      return Outcome::of(has_principals(node.type) ? resolved(node.data) : program_.constants[node.data]);
    case Op::Fact:
      return substituted(Outcome::of(facts_.at(node.data)));
    case Op::Read:
      return substituted(read(node));
    case Op::Variable:
      return Outcome::of(*bound_[node.data]);
    case Op::Field:
      return field(node);
    case Op::Range:
      return materialise(id);
    default:
      return operation(node);
  }
}

/// Under `or default`, an absent fact gives way to the OS default.
Outcome Evaluator::substituted(Outcome outcome) const {
  if (substitution_ != Substitution::Value || outcome.status() != FactStatus::Absent) return outcome;
  return Outcome::of(*substitute_);
}

/// A constant with its principals as this host's evidence knows them; made once for each host.
const Value& Evaluator::resolved(ir::ConstantId id) {
  const auto known = resolved_.find(id);
  if (known != resolved_.end()) return known->second;
  return resolved_.emplace(id, resolve_principals(program_.constants[id], facts_)).first->second;
}

std::vector<Outcome> Evaluator::compute_operands(const Node& node) {
  std::vector<Outcome> operands;
  operands.reserve(node.operand_count);
  for (std::uint32_t i = 0; i < node.operand_count; ++i)
    operands.push_back(compute(program_.operands_of(node)[i]));
  return operands;
}

Outcome Evaluator::read(const Node& node) {
  const std::vector<Outcome> arguments = compute_operands(node);
  const FactStatus status = worst(arguments);
  if (status != FactStatus::Present) return propagate(node, arguments, status);
  const value::Address address = address_of(program_.reads[node.data], arguments);
  Fact fact = facts_.read(address);
  for (Unknown& unknown : fact.unknowns) {
    if (unknown.address.empty()) unknown.address = value::to_text(address);
  }
  return Outcome::own(std::move(fact));
}

Outcome Evaluator::field(const Node& node) {
  const NodeId operand = program_.operands_of(node)[0];
  Outcome outcome = compute(operand);
  if (!outcome.present()) return outcome;
  const auto* record = outcome.value().get<value::Record>();
  if (record == nullptr || *record == nullptr) return Outcome::own(Fact::mistyped(outcome.value()));
  const Fact* fact = (*record)->find(program_.text(node.data));
  if (fact == nullptr) {
    // A closed record has all its fields; an open one (an IIS element) lists what the element has.
    const value::Type type = program_.nodes[operand].type;
    const bool open = type.kind == TypeKind::Record && value::records()[type.detail].open;
    return Outcome::own(open ? Fact::absent(value::AbsentLevel::Value)
                             : Fact::unknown(UnknownReason::NotCollected));
  }
  return outcome.owns() ? Outcome::own(*fact) : Outcome::of(*fact);
}

/// One fact for several operands of which one at least is not present.
Outcome Evaluator::propagate(const Node& node, const std::vector<Outcome>& operands, FactStatus status) {
  Fact united;
  united.status = status;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (operands[i].status() != status) continue;
    const Fact& fact = *operands[i].fact();
    united.origin = united.origin == 0 ? fact.origin : united.origin;
    if (status == FactStatus::Mistyped) united.value = fact.value;
    if (status == FactStatus::Absent) united.level = fact.level;
    for (Unknown unknown : fact.unknowns) {
      if (unknown.address.empty()) unknown.address = address_text(program_.operands_of(node)[i]);
      united.unknowns.push_back(std::move(unknown));
    }
    if (status != FactStatus::Unknown) break;
  }
  return Outcome::own(std::move(united));
}

Elements Evaluator::elements(NodeId collection) {
  const Node& node = program_.nodes[collection];
  if (node.op != Op::Range) return Elements(compute(collection));
  const std::vector<Outcome> ends = compute_operands(node);
  const FactStatus status = worst(ends);
  if (status != FactStatus::Present) return Elements(propagate(node, ends, status));
  const auto interval = make_interval(ends[0].value(), ends[1].value());
  if (!interval) return Elements(Outcome::own(Fact::unknown(UnknownReason::Overflow)));
  return Elements(*interval);
}

/// A range as a set, where it is not just run through.
Outcome Evaluator::materialise(NodeId range) {
  Elements elements = this->elements(range);
  if (!elements.is_interval()) return Outcome::own(*elements.collection().fact());
  if (elements.size() > limits::kCollection) return Outcome::own(Fact::unknown(UnknownReason::Budget));
  std::vector<Value> all;
  all.reserve(static_cast<std::size_t>(elements.size()));
  for (std::uint64_t i = 0; i < elements.size(); ++i) all.push_back(elements.at(i));
  return Outcome::own(Value(value::SetValue::exactly(std::move(all))));
}

/// Operators over facts: the worst operand decides unless all are present.
Outcome Evaluator::operation(const Node& node) {
  const std::vector<Outcome> operands = compute_operands(node);
  const FactStatus status = worst(operands);
  if (status != FactStatus::Present) return propagate(node, operands, status);
  const auto type = node.operand_count > 0 ? type_of(program_.operands_of(node)[0]) : value::Type{};
  Fact result = calculate(node, operands, type);
  if (const Fact* evidence = first_evidence(operands); evidence != nullptr && result.origin == 0) {
    result.origin = evidence->origin;
  }
  return Outcome::own(std::move(result));
}

std::string Evaluator::address_text(NodeId id) {
  const Node& node = program_.nodes[id];
  switch (node.op) {
    case Op::Fact:
      return value::to_text(program_.addresses[node.data]);
    case Op::Read: {
      const std::vector<Outcome> arguments = compute_operands(node);
      const bool known = worst(arguments) == FactStatus::Present;
      return known ? value::to_text(address_of(program_.reads[node.data], arguments)) : std::string();
    }
    case Op::Variable:
      return bound_from_[node.data] == ir::kNone ? std::string() : address_text(bound_from_[node.data]);
    default:
      break;
  }
  // A computed value is about the first fact in it.
  for (std::uint32_t i = 0; i < node.operand_count; ++i) {
    std::string text = address_text(program_.operands_of(node)[i]);
    if (!text.empty()) return text;
  }
  return {};
}

}  // namespace polc::evaluate
