#include "compiler/lower/lower_condition.hpp"

#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/ir/op_info.hpp"

namespace polc::compiler {

using value::TypeKind;

ConditionLowering::ConditionLowering(ProgramBuilder& builder, const Expressions& expressions,
                                     const base::SourceManager& sources, base::DiagnosticSink& sink)
    : builder_(builder), expressions_(expressions), sources_(sources), sink_(sink), settled_(expressions) {}

ir::NodeId ConditionLowering::guard(ExprId id) {
  const ir::NodeId node = root(id, Place{false, true, false});
  rely_on(id);
  return node;
}

ir::NodeId ConditionLowering::requirement(ExprId id) {
  return root(id, {});
}

ir::NodeId ConditionLowering::root(ExprId id, Place place) {
  failed_ = false;
  root_ = expressions_.clause_span(id);
  const ir::NodeId node = condition(id, place);
  return failed_ ? ir::kNone : node;
}

ir::NodeId ConditionLowering::condition(ExprId id, Place place) {
  if (failed_) return 0;
  const Entered entered(*this, id, place);
  switch (expressions_[id].kind) {
    case ExprKind::Truth: {
      const bool truth = (expressions_[id].data != 0) != place.negated;
      return emit(node(truth ? ir::Op::True : ir::Op::False, id, place), {});
    }
    case ExprKind::And:
    case ExprKind::Or:
      return connective(id, place);
    case ExprKind::Not:
      return condition(expressions_.operand(id, 0), place.inverted());
    case ExprKind::Implies:
      return implies(id, place);
    case ExprKind::SameTruth:
      return same_truth(id, place);
    case ExprKind::All:
    case ExprKind::Any:
      return quantifier(id, place);
    case ExprKind::Branch:
      return branch(id, place);
    case ExprKind::OrAbsent:
    case ExprKind::OrDefault:
      return suffixed(id, place);
    default:
      return atom(id, place, unmarked_absence(id, place));
  }
}

/// Under a negation `and` is `or` of the negated operands. What the operands before establish holds for the
/// ones behind.
ir::NodeId ConditionLowering::connective(ExprId id, Place place) {
  const bool is_and = expressions_[id].kind == ExprKind::And;
  std::vector<ir::NodeId> operands;
  std::size_t learned = 0;
  for (const ExprId operand : expressions_.operands(id)) {
    operands.push_back(condition(operand, place));
    learned += settled_.learn(operand, is_and);
  }
  settled_.undo(learned);
  return emit(node(is_and != place.negated ? ir::Op::And : ir::Op::Or, id, place), operands);
}

/// `a => b` is `not a or b`, and `a` has no polarity: it decides only whether `b` is asked.
ir::NodeId ConditionLowering::implies(ExprId id, Place place) {
  const ExprId left = expressions_.operand(id, 0);
  Place left_place = place.inverted();
  left_place.guard = true;
  std::vector<ir::NodeId> operands{condition(left, left_place)};
  const std::size_t learned = settled_.learn(left, true);
  operands.push_back(condition(expressions_.operand(id, 1), place));
  settled_.undo(learned);
  return emit(node(place.negated ? ir::Op::And : ir::Op::Or, id, place), operands);
}

/// `a == b` is `a and b or not a and not b`.
ir::NodeId ConditionLowering::same_truth(ExprId id, Place place) {
  if (place.compared) {
    fail(diag::NestedEquality{}.at(expressions_.clause_span(id)));
    return 0;
  }
  const ExprId left = expressions_.operand(id, 0);
  const ExprId right = expressions_.operand(id, 1);
  const bool differ = expressions_[id].inverted != place.negated;
  Place compared = place;
  compared.compared = true;
  const auto pair = [&](bool left_negated) {
    Place at_left = compared, at_right = compared;
    at_left.negated = left_negated;
    at_right.negated = left_negated != differ;
    return emit(node(ir::Op::And, id, place), {condition(left, at_left), condition(right, at_right)});
  };
  const ir::NodeId first = pair(false);
  return emit(node(ir::Op::Or, id, place), {first, pair(true)});
}

ir::NodeId ConditionLowering::quantifier(ExprId id, Place place) {
  const ExprId collection = expressions_.operand(id, 0);
  if (const ExprId choice = find_choice(collection); choice != kErrorExpr)
    return lift_choice(choice, id, place, [&] { return quantifier(id, place); });
  const Absence absence = unmarked_absence(id, place);
  if (!absence.correct) return 0;
  const ir::NodeId elements = value(collection);
  const std::uint32_t variable = expressions_[id].data;
  const auto slot = static_cast<std::uint32_t>(slots_.size());
  slots_[variable] = slot;
  builder_.program().variable_count = std::max(builder_.program().variable_count, slot + 1);
  const ir::NodeId body = condition(expressions_.operand(id, 1), place);
  slots_.erase(variable);
  const bool is_all = (expressions_[id].kind == ExprKind::All) != place.negated;
  ir::Node all = node(is_all ? ir::Op::All : ir::Op::Any, id, place);
  all.absence = absence.rule;
  all.data = slot;
  return emit(all, {elements, body});
}

ir::NodeId ConditionLowering::branch(ExprId id, Place place) {
  std::vector<ir::NodeId> operands;
  const Absence absence = unmarked_absence(expressions_.operand(id, 0), place);
  if (!absence.correct) return 0;
  for (std::size_t i = 0; i < expressions_[id].operand_count; ++i) {
    const ExprId operand = expressions_.operand(id, i);
    const bool is_result = i > 0 && i % 2 == 0;
    operands.push_back(is_result ? condition(operand, place) : value(operand));
  }
  ir::Node select = node(ir::Op::Select, id, place);
  select.absence = absence.rule;
  return emit(select, operands);
}

ir::NodeId ConditionLowering::suffixed(ExprId id, Place place) {
  const ExprId inner = expressions_.operand(id, 0);
  const Absence absence =
      expressions_[id].kind == ExprKind::OrAbsent ? or_absent(id, inner, place) : or_default(id, inner);
  return atom(inner, place, absence);
}

// --- `by` blocks among the values

/// The first choice in a value that no case has been chosen of; kErrorExpr when there is none.
ExprId ConditionLowering::find_choice(ExprId id) const {
  if (const auto chosen = chosen_.find(id); chosen != chosen_.end()) return find_choice(chosen->second);
  if (expressions_[id].kind == ExprKind::Choice) return id;
  if (is_condition(expressions_[id].kind)) return kErrorExpr;
  for (const ExprId operand : expressions_.operands(id)) {
    if (const ExprId choice = find_choice(operand); choice != kErrorExpr) return choice;
  }
  return kErrorExpr;
}

/// `x >= by host.role { dc: 14, member: 8 }` is `by host.role { dc: x >= 14, member: x >= 8 }`.
template <class Arm>
ir::NodeId ConditionLowering::lift_choice(ExprId choice, ExprId whole, Place place, Arm arm) {
  const ExprId subject = expressions_.operand(choice, 0);
  const Absence absence = unmarked_absence(subject, place);
  if (!absence.correct) return 0;
  std::vector<ir::NodeId> operands{value(subject)};
  for (std::size_t i = 1; i < expressions_[choice].operand_count && !failed_; i += 2) {
    operands.push_back(value(expressions_.operand(choice, i)));
    chosen_[choice] = expressions_.operand(choice, i + 1);
    operands.push_back(arm());
    chosen_.erase(choice);
  }
  ir::Node select = node(ir::Op::Select, whole, place);
  select.absence = absence.rule;
  return emit(select, operands);
}

// --- atoms

ir::NodeId ConditionLowering::atom(ExprId id, Place place, Absence absence) {
  if (!absence.correct) return 0;
  for (const ExprId operand : expressions_.operands(id)) {
    const ExprId choice = find_choice(operand);
    if (choice != kErrorExpr) return lift_choice(choice, id, place, [&] { return atom(id, place, absence); });
  }
  return atom_node(id, place, absence);
}

ir::NodeId ConditionLowering::atom_node(ExprId id, Place place, Absence absence) {
  const Expr& e = expressions_[id];
  if (e.kind == ExprKind::Compare) return compare(id, place, absence);
  const ir::Op op = e.kind == ExprKind::Holds       ? ir::Op::Holds
                    : e.kind == ExprKind::IsPresent ? ir::Op::IsPresent
                                                    : ir::Op::IsResolved;
  ir::Node test = node(op, id, place);
  test.negated = place.negated != e.inverted;
  test.absence = absence.rule;
  test.defaults = absence.defaults;
  return emit(test, {value(expressions_.operand(id, 0))});
}

/// The fact stands on the left, where the operators want it.
ir::NodeId ConditionLowering::compare(ExprId id, Place place, Absence absence) {
  ir::Node compare = node(ir::Op::Compare, id, place);
  ExprId left = expressions_.operand(id, 0);
  ExprId right = expressions_.operand(id, 1);
  compare.comparison = expressions_[id].comparison;
  const auto exchanged = ir::mirrored(compare.comparison);
  if (exchanged && expressions_[left].kind == ExprKind::Constant) {
    std::swap(left, right);
    compare.comparison = *exchanged;
  }
  if (place.negated) compare.comparison = ir::opposite(compare.comparison);
  compare.absence = absence.rule;
  compare.defaults = absence.defaults;
  const ir::NodeId left_node = value(left);
  return emit(compare, {left_node, value(right)});
}

// --- values

ir::NodeId ConditionLowering::value(ExprId id) {
  if (const auto chosen = chosen_.find(id); chosen != chosen_.end()) return value(chosen->second);
  const Expr& e = expressions_[id];
  ir::Op op = ir::Op::Constant;
  switch (e.kind) {
    case ExprKind::Constant:
      return constant(id);
    case ExprKind::Fact:
      return fact(id);
    case ExprKind::Variable: {
      ir::Node variable = node(ir::Op::Variable, id, {});
      variable.data = slots_.at(e.data);
      return emit(variable, {});
    }
    case ExprKind::Field:
      op = ir::Op::Field;
      break;
    case ExprKind::Lookup:
      op = ir::Op::Lookup;
      break;
    case ExprKind::Add:
      op = ir::Op::Add;
      break;
    case ExprKind::Subtract:
      op = ir::Op::Subtract;
      break;
    case ExprKind::Multiply:
      op = ir::Op::Multiply;
      break;
    case ExprKind::Negate:
      op = ir::Op::Negate;
      break;
    case ExprKind::Union:
      op = ir::Op::Union;
      break;
    case ExprKind::Intersection:
      op = ir::Op::Intersection;
      break;
    case ExprKind::Difference:
      op = ir::Op::Difference;
      break;
    case ExprKind::Range:
      op = ir::Op::Range;
      break;
    case ExprKind::MakePort:
      op = ir::Op::MakePort;
      break;
    case ExprKind::MakeSet:
      op = ir::Op::MakeSet;
      break;
    case ExprKind::MakeList:
      op = ir::Op::MakeList;
      break;
    case ExprKind::MakeMap:
      op = ir::Op::MakeMap;
      break;
    case ExprKind::Count:
      op = ir::Op::Count;
      break;
    case ExprKind::IntOf:
      op = ir::Op::IntOf;
      break;
    case ExprKind::Split:
      op = ir::Op::Split;
      break;
    case ExprKind::Lower:
      op = ir::Op::Lower;
      break;
    case ExprKind::RegistryAs:
      op = ir::Op::RegistryAs;
      break;
    default:
      failed_ = true;
      return 0;
  }
  ir::Node computed = node(op, id, {});
  computed.data = e.kind == ExprKind::Field ? builder_.text(expressions_.name_of(e)) : e.data;
  std::vector<ir::NodeId> operands;
  for (const ExprId operand : expressions_.operands(id)) operands.push_back(value(operand));
  return emit(computed, operands);
}

ir::NodeId ConditionLowering::constant(ExprId id) {
  ir::Node constant = node(ir::Op::Constant, id, {});
  const value::Value& value = expressions_.value_of(expressions_[id]);
  const auto* symbol = value.get<value::Symbol>();
  const bool user_enum = constant.type.kind == TypeKind::Enum && constant.type.detail >= kFirstUserEnum;
  if (user_enum) constant.type = value::simple(TypeKind::Text);
  constant.data = builder_.constant(user_enum && symbol != nullptr ? value::text(symbol->name) : value);
  return emit(constant, {});
}

/// A fact with constant arguments is in the static plan; others are a pattern of it.
ir::NodeId ConditionLowering::fact(ExprId id) {
  const FactSource& source = expressions_.source_of(expressions_[id]);
  if (source.setting != nullptr) builder_.defaults_of(*source.setting);
  const std::vector<ExprId> arguments = expressions_.operands(id);
  const bool all_constant = std::all_of(arguments.begin(), arguments.end(), [&](ExprId argument) {
    return expressions_[argument].kind == ExprKind::Constant;
  });
  if (all_constant) {
    value::Address address{source.resource, source.attribute, {}};
    for (const ExprId argument : arguments)
      address.arguments.push_back(*expressions_.constant_value(argument));
    ir::Node fact = node(ir::Op::Fact, id, {});
    fact.data = builder_.address(std::move(address));
    return emit(fact, {});
  }
  std::vector<ir::NodeId> operands;
  for (const ExprId argument : arguments) operands.push_back(value(argument));
  ir::Node read = node(ir::Op::Read, id, {});
  read.data = builder_.read({source.resource, source.attribute});
  return emit(read, operands);
}

ir::Node ConditionLowering::node(ir::Op op, ExprId id, Place place) {
  ir::Node node;
  node.op = op;
  node.negated = place.negated;
  node.guard = place.guard;
  node.type = expressions_[id].type;
  const Origin& origin = expressions_[id].origin;
  node.range = builder_.range(origin.span);
  node.expansion = expansion(origin.expansion);
  return node;
}

/// The entry of a helper in the program, and those of its callers before it.
std::uint32_t ConditionLowering::expansion(ExpansionId id) {
  if (id == 0) return 0;
  const Expansion& source = expressions_.expansion(id);
  const std::uint32_t caller = expansion(source.call.expansion);
  const auto called = called_negated_.find(id);
  const bool negated = called != called_negated_.end() && called->second;
  auto& all = builder_.program().expansions;
  const auto [known, is_new] =
      lowered_expansions_.try_emplace({id, caller, negated}, static_cast<std::uint32_t>(all.size()));
  if (is_new) {
    all.push_back({caller, builder_.range(source.call.span), builder_.text(source.title),
                   builder_.range(source.body), builder_.excerpt(source.body), negated});
  }
  return known->second;
}

ConditionLowering::Entered::Entered(ConditionLowering& lowering, ExprId id, Place place)
    : lowering_(lowering) {
  const Expressions& expressions = lowering.expressions_;
  for (ExpansionId at = expressions[id].origin.expansion; at != 0;
       at = expressions.expansion(at).call.expansion) {
    if (!lowering.called_negated_.try_emplace(at, place.negated).second) return;
    entered_.push_back(at);
  }
}

ConditionLowering::Entered::~Entered() {
  for (const ExpansionId id : entered_) lowering_.called_negated_.erase(id);
}

/// Choices multiply: a comparison of three of them has a node for each combination of their cases.
ir::NodeId ConditionLowering::emit(ir::Node node, const std::vector<ir::NodeId>& operands) {
  if (++emitted_ > limits::kExpressionNodes && !failed_)
    fail(diag::ExpressionTooLarge{.limit = std::to_string(limits::kExpressionNodes)}.at(root_));
  return failed_ ? 0 : builder_.node(node, operands);
}

}  // namespace polc::compiler
