// Conditions: connectives, quantifiers, `is`, absence suffixes, `by` blocks.
#include <algorithm>

#include "compiler/resolve/builtin_words.hpp"
#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/scoped.hpp"
#include "compiler/types/type_rules.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/limits.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using grammar::Op;
using value::Type;
using value::TypeKind;

namespace {

constexpr std::size_t kPartsOfRange = 1024;  // larger ones are not searched for values that empty them

bool is_connective(NodeKind kind) {
  switch (kind) {
    case NodeKind::Implies:
    case NodeKind::Or:
    case NodeKind::And:
    case NodeKind::Not:
    case NodeKind::Quantifier:
    case NodeKind::Block:
    case NodeKind::Comparison:
    case NodeKind::IsTest:
    case NodeKind::Absence:
      return true;
    default:
      return false;
  }
}

}  // namespace

ExprId Checker::condition(NodeId node) {
  node = tree().unparen(node);
  if (!enter(node)) return kErrorExpr;
  const Scoped depth(depth_, depth_ + 1);
  return leave(condition_of_kind(node), node);
}

ExprId Checker::condition_of_kind(NodeId node) {
  switch (tree().kind(node)) {
    case NodeKind::Error:
      return kErrorExpr;
    case NodeKind::Implies:
      return connective(node, ExprKind::Implies);
    case NodeKind::Or:
      return connective(node, ExprKind::Or);
    case NodeKind::And:
      return connective(node, ExprKind::And);
    case NodeKind::Not:
      return connective(node, ExprKind::Not);
    case NodeKind::Block:
      return connective(node, tree().op(node) == Op::All ? ExprKind::And : ExprKind::Or);
    case NodeKind::Quantifier:
      return quantifier(node);
    case NodeKind::Comparison:
      return comparison(node);
    case NodeKind::IsTest:
      return is_test(node);
    case NodeKind::Absence:
      return absence_suffix(node);
    case NodeKind::ByBlock:
      return choice(node, nullptr);
    case NodeKind::Name:
      return named(node, nullptr);
    case NodeKind::Call:
      return call(node, nullptr);
    case NodeKind::Member:
      return member(node, nullptr);
    default:
      return holds(value(node, {}), node);
  }
}

ExprId Checker::connective(NodeId node, ExprKind kind) {
  std::vector<ExprId> operands;
  bool failed = false;
  for (const NodeId child : tree().children(node)) {
    operands.push_back(condition(child));
    failed = failed || operands.back() == kErrorExpr;
  }
  if (failed) return kErrorExpr;
  if (operands.empty()) {  // `all {}` holds, `any {}` does not
    Expr truth = expr(ExprKind::Truth, kBool, node);
    truth.data = kind == ExprKind::And ? 1 : 0;
    return expressions_.add(truth);
  }
  return expressions_.add(expr(kind, kBool, node), operands);
}

ExprId Checker::quantifier(NodeId node) {
  const NodeId variable = tree().child(node, 0);
  const NodeId collection_node = tree().child(node, 1);
  const NodeId body_node = tree().child(node, 2);
  if (!check_new_name(variable)) return kErrorExpr;
  const std::size_t before = expressions_.size();
  const ExprId collection = value(collection_node, {});
  if (collection == kErrorExpr) return kErrorExpr;
  if (expressions_.size() - before <= kPartsOfRange) warn_of_empty_range(collection_node);
  const Type type = at(collection).type;
  if (type.kind == TypeKind::EmptySet || type.kind == TypeKind::EmptyList)
    return fail(diag::EmptyCollection{}.at(place(collection_node)));
  if (type.kind != TypeKind::Set && type.kind != TypeKind::List)
    return fail(diag::NotACollection{.type = type_text(type)}.at(place(collection_node)));

  VariableInfo info{text(variable), value::element_type(type),     {}, nullptr,
                    collection,     rounds_of_elements(collection)};
  if (at(collection).kind == ExprKind::Fact) {
    const FactSource& source = expressions_.source_of(at(collection));
    info.source = source.resource;
    info.iis = source.iis;
  }
  const std::uint32_t index = expressions_.add_variable(std::move(info));
  Expr bound = expr(ExprKind::Variable, value::element_type(type), variable);
  bound.data = index;
  scope_.bindings.push_back({tree().text(variable), expressions_.add(bound)});
  const ExprId body = condition(body_node);
  scope_.bindings.pop_back();
  if (body == kErrorExpr) return kErrorExpr;

  Expr all = expr(tree().op(node) == Op::All ? ExprKind::All : ExprKind::Any, kBool, node);
  all.data = index;
  return expressions_.add(all, {collection, body});
}

/// A boolean value as a condition; what is a condition already stays one.
ExprId Checker::holds(ExprId id, NodeId node) {
  if (id == kErrorExpr || is_condition(at(id).kind)) return id;
  if (kind_of(id) != TypeKind::Bool) {
    const bool is_fact = at(id).kind == ExprKind::Fact;
    return fail(diag::NotACondition{
        .type = type_text(at(id).type),
        .advice = is_fact ? "compare it, or ask whether it `is present`" : "compare it with something"}
                    .at(place(node)));
  }
  if (const value::Value* constant = expressions_.constant_value(id)) {
    Expr truth = expr(ExprKind::Truth, kBool, node);
    truth.data = *constant->get<bool>() ? 1 : 0;
    return expressions_.add(truth);
  }
  return expressions_.add(expr(ExprKind::Holds, kBool, node), {id});
}

ExprId Checker::is_test(NodeId node) {
  Expected object;
  object.object = true;
  const NodeId subject_node = tree().child(node, 0);
  const ExprId subject = value(subject_node, object);
  if (subject == kErrorExpr) return kErrorExpr;
  const NodeId operation = tree().child(node, 1);
  const NodeId word_node = tree().child(node, 2);
  const std::string_view word = tree().text(word_node);
  const bool negated = tree().op(operation) == Op::IsNot;

  if (word == "present" || word == "absent") {
    if (!check_may_be_present(subject_node, subject)) return kErrorExpr;
    Expr test = expr(ExprKind::IsPresent, kBool, node);
    test.inverted = negated != (word == "absent");
    return expressions_.add(test, {subject});
  }
  if (word == "resolved") {
    if (kind_of(subject) != TypeKind::Principal)
      return fail(diag::OnlyPrincipalsResolve{.type = type_text(at(subject).type)}.at(place(subject_node)));
    Expr test = expr(ExprKind::IsResolved, kBool, node);
    test.inverted = negated;
    return expressions_.add(test, {subject});
  }
  return state_test(node, subject, word, negated);
}

/// Constants are never absent, and some resources are not one thing that could be.
bool Checker::check_may_be_present(NodeId node, ExprId subject) {
  const Expr& e = at(subject);
  if (e.kind == ExprKind::Constant || e.kind == ExprKind::Variable) {
    fail(diag::NeverAbsent{}.at(place(node)));
    return false;
  }
  if (e.kind == ExprKind::Fact && expressions_.source_of(e).attribute == kNoAttribute) {
    report_attribute_needed(node, subject);
    return false;
  }
  return true;
}

/// `x is W` is `x.state == W` where that enumeration has W; an enumeration value is compared itself.
ExprId Checker::state_test(NodeId node, ExprId subject, std::string_view word, bool negated) {
  const NodeId word_node = tree().child(node, 2);
  if (at(subject).kind == ExprKind::Fact && !expressions_.source_of(at(subject)).attribute_written) {
    const value::ResourceInfo& info = value::resource_info(expressions_.source_of(at(subject)).resource);
    if (const auto state = value::find_attribute(info, "state"))
      subject = with_attribute(subject, *state, at(subject).origin);
  }
  std::vector<std::string_view> known{"present", "absent"};
  if (kind_of(subject) == TypeKind::Principal) known.push_back("resolved");
  if (kind_of(subject) == TypeKind::Enum) {
    const auto members = members_of(at(subject).type);
    if (std::find(members.begin(), members.end(), word) != members.end()) {
      if (word == kNotConfigured) return not_configured(node, subject, !negated);
      const ExprId member = expressions_.constant(value::Value(value::Symbol{std::string(word)}),
                                                  at(subject).type, origin(word_node));
      Expr compare = expr(ExprKind::Compare, kBool, node);
      compare.comparison = negated ? ir::Comparison::NotEqual : ir::Comparison::Equal;
      return expressions_.add(compare, {subject, member});
    }
    known.insert(known.begin(), members.begin(), members.end());
  }
  return fail(with_nearest(
      diag::UnknownState{.word = std::string(word), .hint = advice(word, known)}.at(place(word_node)), word,
      known));
}

ExprId Checker::absence_suffix(NodeId node) {
  const NodeId operand = tree().child(node, 0);
  const ExprId id = condition(operand);
  if (id == kErrorExpr) return kErrorExpr;
  const ExprKind kind = at(id).kind;
  const std::string suffix(grammar::op_text(tree().op(node)));
  if (kind == ExprKind::IsPresent || kind == ExprKind::IsResolved)
    return fail(diag::AbsenceOnPresence{.suffix = suffix}.at(place(node)));
  if (kind != ExprKind::Compare && kind != ExprKind::Holds)
    return fail(diag::AbsenceNotOnComparison{.suffix = suffix}.at(place(node)));
  const bool is_default = tree().op(node) == Op::Default;
  return expressions_.add(expr(is_default ? ExprKind::OrDefault : ExprKind::OrAbsent, kBool, node), {id});
}

/// `by subject { case: ... }`. With `value_expected` the cases are values of that type, else conditions.
ExprId Checker::choice(NodeId node, const Expected* value_expected) {
  const NodeId subject_node = tree().child(node, 0);
  const ExprId subject = value(subject_node, {});
  if (subject == kErrorExpr) return kErrorExpr;
  if (kind_of(subject) != TypeKind::Enum)
    return fail(diag::ByNeedsEnumeration{.type = type_text(at(subject).type)}.at(place(subject_node)));
  std::vector<std::pair<value::Value, NodeId>> cases;
  const bool exhaustive = value_expected == nullptr || !value_expected->partial;
  if (!check_cases(node, at(subject).type, exhaustive, cases)) return kErrorExpr;

  std::vector<ExprId> operands{subject};
  std::vector<ExprId> results;
  std::unordered_map<NodeId, ExprId> checked;  // `member, workgroup: 8` is one value of two cases
  Expected result_expected = value_expected != nullptr ? *value_expected : Expected{};
  for (const auto& [label, result_node] : cases) {
    const auto [known, is_new] = checked.try_emplace(result_node, kErrorExpr);
    if (is_new)
      known->second =
          value_expected != nullptr ? value(result_node, result_expected) : condition(result_node);
    const ExprId result = known->second;
    if (result == kErrorExpr) return kErrorExpr;
    if (value_expected != nullptr && result_expected.open()) result_expected = same_as(result);
    operands.push_back(expressions_.constant(label, at(subject).type, origin(node)));
    operands.push_back(result);
  }
  const value::Value* known_subject = expressions_.constant_value(subject);
  for (std::size_t i = 1; known_subject != nullptr && i < operands.size(); i += 2) {
    if (*expressions_.constant_value(operands[i]) == *known_subject) return operands[i + 1];
  }
  const Type type = value_expected != nullptr ? at(operands.back()).type : kBool;
  return expressions_.add(expr(value_expected != nullptr ? ExprKind::Choice : ExprKind::Branch, type, node),
                          operands);
}

/// The cases in the order of the enumeration, one for each member; none missing where `exhaustive`.
bool Checker::check_cases(NodeId node, Type subject, bool exhaustive,
                          std::vector<std::pair<value::Value, NodeId>>& cases) {
  const auto members = members_of(subject);
  std::unordered_map<std::string_view, std::pair<NodeId, NodeId>> by_member;  // label, result
  bool correct = true;
  for (const NodeId by_case : tree().children(node)) {
    if (tree().kind(by_case) != NodeKind::ByCase) continue;
    const NodeId result = tree().last_child(by_case);
    for (const NodeId label : tree().children(by_case)) {
      if (label == result) break;
      const std::string_view word = tree().text(label);
      const auto member = std::find(members.begin(), members.end(), word);
      if (member == members.end()) {
        fail(with_nearest(
            diag::UnknownMember{
                .word = std::string(word), .type = type_text(subject), .hint = advice(word, members)}
                .at(place(label)),
            word, members));
        correct = false;
        continue;
      }
      const auto [known, is_new] = by_member.try_emplace(*member, label, result);
      if (is_new) continue;
      base::Diagnostic twice = diag::CaseTwice{.member = std::string(word)}.at(place(label));
      twice.labels.push_back({place(known->second.first), "first case for it"});
      fail(std::move(twice));
      correct = false;
    }
  }
  std::vector<std::string_view> missing;
  for (const std::string_view member : members) {
    const auto found = by_member.find(member);
    if (found == by_member.end()) {
      missing.push_back(member);
    } else {
      cases.emplace_back(value::Value(value::Symbol{std::string(member)}), found->second.second);
    }
  }
  if (correct && exhaustive && !missing.empty()) {
    fail(diag::MissingCases{.missing = joined(missing), .type = type_text(subject)}.at(place(node)));
    correct = false;
  }
  return correct;
}

/// True for syntax that can only be a condition, looking through names of `let` and `def`.
bool Checker::reads_as_condition(NodeId node) {
  node = tree().unparen(node);
  const NodeKind kind = tree().kind(node);
  if (is_connective(kind)) return true;
  if (kind == NodeKind::ByBlock) {
    const NodeId last = tree().last_child(node);
    return tree().kind(last) == NodeKind::ByCase && reads_as_condition(tree().last_child(last));
  }
  if (kind == NodeKind::Name) {
    if (const Binding* binding = find_binding(tree().text(node))) return is_condition(at(binding->expr).kind);
  }
  const NodeId callee = kind == NodeKind::Call ? tree().child(node, 0) : node;
  if (kind == NodeKind::Call && tree().text(callee) == kHasBits) return true;
  const std::optional<DeclarationId> declaration = declaration_named(callee);
  if (!declaration) return false;
  const Declaration& target = package_.declarations[*declaration];
  if (target.kind == DeclarationKind::Param || scope_.expansions >= limits::kInlineDepth) return false;
  const Scoped scope(scope_,
                     Scope{&package_.tree(target.module), target.module, {}, {}, scope_.expansions + 1});
  return reads_as_condition(tree().last_child(target.node));
}

}  // namespace polc::compiler
