// Comparisons: which side gives the type, what may be compared with what, ranges of settings.
#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/scoped.hpp"
#include "compiler/types/type_rules.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/addresses.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using grammar::Op;
using value::Type;
using value::TypeKind;

namespace {

bool is_equality(Op op) {
  return op == Op::Equal || op == Op::NotEqual;
}
bool is_membership(Op op) {
  return op == Op::In || op == Op::NotIn;
}

ir::Comparison comparison_of(Op op) {
  switch (op) {
    case Op::NotEqual:
      return ir::Comparison::NotEqual;
    case Op::Less:
      return ir::Comparison::Less;
    case Op::LessEqual:
      return ir::Comparison::LessEqual;
    case Op::Greater:
      return ir::Comparison::Greater;
    case Op::GreaterEqual:
      return ir::Comparison::GreaterEqual;
    case Op::In:
      return ir::Comparison::In;
    case Op::NotIn:
      return ir::Comparison::NotIn;
    case Op::Contains:
      return ir::Comparison::Contains;
    case Op::Within:
      return ir::Comparison::Within;
    case Op::Like:
      return ir::Comparison::Like;
    default:
      return ir::Comparison::Equal;
  }
}

/// `NotConfigured`, as the state of a setting or as a member of its enumeration.
bool means_not_configured(const value::Value* constant) {
  if (constant == nullptr) return false;
  if (const auto* state = constant->get<value::PolicyState>())
    return state->state == value::PolicyState::State::NotConfigured;
  const auto* symbol = constant->get<value::Symbol>();
  return symbol != nullptr && symbol->name == kNotConfigured;
}

bool is_no_address(const value::Value* constant) {
  const auto* addresses = constant != nullptr ? constant->get<value::AddressSet>() : nullptr;
  return addresses != nullptr && addresses->high.ranges.empty();
}

}  // namespace

ExprId Checker::comparison(NodeId node) {
  const NodeId left_node = tree().child(node, 0);
  const NodeId right_node = tree().child(node, 2);
  const Op op = tree().op(tree().child(node, 1));
  if (is_equality(op) && (reads_as_condition(left_node) || reads_as_condition(right_node)))
    return same_truth(node);

  const auto operands = comparison_operands(left_node, right_node, op);
  if (!operands) return kErrorExpr;
  auto [left, right] = *operands;
  if (is_equality(op)) {
    if (means_not_configured(expressions_.constant_value(right)))
      return not_configured(node, left, op == Op::Equal);
    if (means_not_configured(expressions_.constant_value(left)))
      return not_configured(node, right, op == Op::Equal);
  }
  if (!check_comparable(node, op, left, right)) return kErrorExpr;
  if (is_equality(op) || op == Op::Within) {
    if (is_allowed_from(left) && is_no_address(expressions_.constant_value(right)))
      return no_other_machine(node, left, right, op == Op::NotEqual);
    if (is_equality(op) && is_allowed_from(right) && is_no_address(expressions_.constant_value(left)))
      return no_other_machine(node, right, left, op == Op::NotEqual);
  }
  check_setting_range(right_node, left, right);
  check_setting_range(left_node, right, left);
  check_iis_words(right_node, left, right);
  check_iis_words(left_node, right, left);
  Expr compare = expr(ExprKind::Compare, kBool, node);
  compare.comparison = comparison_of(op);
  return expressions_.add(compare, {left, right});
}

/// `==` between two conditions: both hold, or neither does.
ExprId Checker::same_truth(NodeId node) {
  const ExprId left = condition(tree().child(node, 0));
  const ExprId right = condition(tree().child(node, 2));
  if (left == kErrorExpr || right == kErrorExpr) return kErrorExpr;
  Expr same = expr(ExprKind::SameTruth, kBool, node);
  same.inverted = tree().op(tree().child(node, 1)) == Op::NotEqual;
  return expressions_.add(same, {left, right});
}

/// Checks both sides, the one with a type of its own first.
std::optional<std::pair<ExprId, ExprId>> Checker::comparison_operands(NodeId left_node, NodeId right_node,
                                                                      Op op) {
  const bool left_gives_type = !flexible(left_node) || flexible(right_node);
  if (left_gives_type) {
    const ExprId left = value(left_node, {});
    if (left == kErrorExpr) {
      if (!flexible(right_node)) value(right_node, {});
      return std::nullopt;
    }
    const ExprId right = value(right_node, expected_right(left, right_node, op));
    return right == kErrorExpr ? std::nullopt : std::optional(std::pair(left, right));
  }
  const ExprId right = value(right_node, {});
  if (right == kErrorExpr) return std::nullopt;
  const ExprId left = value(left_node, expected_left(right, op));
  return left == kErrorExpr ? std::nullopt : std::optional(std::pair(left, right));
}

/// The type, rights and setting of another expression.
Expected Checker::same_as(ExprId id) const {
  Expected expected = Expected::of(at(id).type);
  expected.object_class = object_class_of(id);
  if (at(id).kind == ExprKind::Fact) expected.setting = expressions_.source_of(at(id)).setting;
  return expected;
}

Expected Checker::expected_right(ExprId left, NodeId right, Op op) {
  const Type type = at(left).type;
  if (type.kind == TypeKind::Registry || !flexible(right)) {
    // Literals beside registry data keep their own type: it says which registry type is meant.
    Expected natural;
    natural.setting = same_as(left).setting;
    if (is_membership(op)) natural.ends = type;
    return natural;
  }
  Expected expected = same_as(left);
  switch (op) {
    case Op::In:
    case Op::NotIn:
      if (type.kind == TypeKind::AddressSet) return expected;
      expected.type = value::set_of(type.kind, type.detail);
      expected.ends = type;
      return expected;
    case Op::Contains:
      if (type.kind == TypeKind::AddressSet) return expected;
      if (tree().kind(tree().unparen(right)) != NodeKind::Braces) expected.type = value::element_type(type);
      return expected;
    case Op::Like:
      return Expected::of(value::simple(TypeKind::Text));
    default:
      return expected;
  }
}

Expected Checker::expected_left(ExprId right, Op op) const {
  Expected expected = same_as(right);
  const Type type = at(right).type;
  if (type.kind == TypeKind::Registry) return {};
  if (is_membership(op) && type.kind != TypeKind::AddressSet) expected.type = value::element_type(type);
  if (op == Op::Contains && type.kind != TypeKind::Set && type.kind != TypeKind::AddressSet)
    expected.type = value::set_of(type.kind, type.detail);
  return expected;
}

bool Checker::check_comparable(NodeId node, Op op, ExprId& left, ExprId& right) {
  const Type a = at(left).type;
  const Type b = at(right).type;
  if (a.kind == TypeKind::Registry || b.kind == TypeKind::Registry)
    return check_registry_operands(node, op, left, right);
  switch (compare_types(op, a, b)) {
    case Comparability::Fits:
      break;
    case Comparability::NoOrder:
      fail(diag::NoOrder{.type = type_text(a), .op = std::string(grammar::op_text(op))}.at(place(node)));
      return false;
    case Comparability::NotACollection: {
      const bool left_side = op == Op::Contains || op == Op::Within;
      const NodeId side = tree().child(node, left_side ? 0 : 2);
      fail(diag::OperatorNeedsCollection{.op = std::string(grammar::op_text(op)),
                                         .type = type_text(left_side ? a : b),
                                         .advice = std::string(collection_advice(op, left_side ? a : b))}
               .at(place(side)));
      return false;
    }
    case Comparability::NotText:
      fail(diag::LikeNeedsText{.type = type_text(is_textual(a.kind) ? b : a)}.at(place(node)));
      return false;
    case Comparability::Differ:
      fail(diag::TypesDoNotCompare{.left = type_text(a),
                                   .right = type_text(b),
                                   .op = std::string(grammar::op_text(op)),
                                   .advice = std::string(type_advice(a, b))}
               .at(place(node)));
      return false;
  }
  // Text, names and paths may meet; the one that knows how it compares decides.
  if (is_equality(op) || op == Op::Within) {
    const Type common = common_text_type(a, b);
    if (common != a) left = expressions_.retyped(left, common);
    if (common != b) right = expressions_.retyped(right, common);
  }
  return true;
}

/// Registry data against a literal: the literal's own type says which registry type is meant.
bool Checker::check_registry_operands(NodeId node, Op op, ExprId left, ExprId right) {
  const bool left_is_data = kind_of(left) == TypeKind::Registry && !is_constant(left);
  const bool right_is_data = kind_of(right) == TypeKind::Registry && !is_constant(right);
  if (left_is_data && right_is_data) {
    fail(diag::RegistryTypeNeeded{}.at(place(node)));
    return false;
  }
  const ExprId other = left_is_data ? right : left;
  const Type type = at(other).type;
  if (!registry_compares(op, left_is_data, type)) {
    fail(diag::TypesDoNotCompare{
        .left = type_text(at(left).type),
        .right = type_text(at(right).type),
        .op = std::string(grammar::op_text(op)),
        .advice = "registry data is compared with a number (REG_DWORD), a text (REG_SZ), a "
                  "list (REG_MULTI_SZ), or one of these in braces after `in`"}
             .at(place(node)));
    return false;
  }
  const value::Value* constant = expressions_.constant_value(other);
  const auto* number = constant != nullptr ? constant->get<value::Number>() : nullptr;
  if (number == nullptr || (!number->low.is_negative() && number->low.magnitude() <= UINT32_MAX)) return true;
  fail(diag::DwordOutOfRange{.number = number->low.text()}.at(
      place(tree().child(node, left_is_data ? 2 : 0))));
  return false;
}

/// `== NotConfigured` asks whether the setting is absent.
ExprId Checker::not_configured(NodeId node, ExprId fact, bool equal) {
  if (at(fact).kind != ExprKind::Fact || expressions_.source_of(at(fact)).setting == nullptr)
    return fail(diag::NotConfiguredNeedsSetting{}.at(place(node)));
  Expr test = expr(ExprKind::IsPresent, kBool, node);
  test.inverted = equal;
  return expressions_.add(test, {with_attribute(fact, kGpoValue, at(fact).origin)});
}

bool Checker::is_allowed_from(ExprId id) const {
  if (at(id).kind != ExprKind::Fact) return false;
  const FactSource& source = expressions_.source_of(at(id));
  return source.resource == value::ResourceKind::Port &&
         value::resource_info(source.resource).attributes[source.attribute].name == "allowed_from";
}

/// `allowed_from == none`: a host firewall never keeps the machine from itself, so taken literally this could not
/// hold anywhere; what is meant is that no other machine is let in.
ExprId Checker::no_other_machine(NodeId node, ExprId allowed, ExprId none, bool inverted) {
  const ExprId loopback =
      expressions_.constant(value::Value(value::AddressSet::exactly(value::loopback_addresses())),
                            at(allowed).type, at(none).origin);
  Expr within = expr(ExprKind::Compare, kBool, node);
  within.comparison = ir::Comparison::Within;
  const ExprId nobody = expressions_.add(within, {allowed, loopback});
  return inverted ? expressions_.add(expr(ExprKind::Not, kBool, node), {nobody}) : nobody;
}

/// Constants beside a setting must be ones that it can have.
void Checker::check_setting_range(NodeId node, ExprId fact, ExprId constant) {
  if (at(fact).kind != ExprKind::Fact) return;
  const Setting* setting = expressions_.source_of(at(fact)).setting;
  if (at(constant).kind == ExprKind::Range) {
    for (const ExprId end : expressions_.operands(constant)) check_setting_range(node, fact, end);
    return;
  }
  const value::Value* value = expressions_.constant_value(constant);
  if (setting == nullptr || value == nullptr) return;
  const auto check = [&](const value::Value& v) {
    if (const auto* number = v.get<value::Number>())
      check_number_range(node, number->low, setting->min, setting->max, setting->path);
    if (const auto* label = v.get<std::string>(); label != nullptr && setting->is_choice())
      check_option(node, setting->elements.front(), *label, setting->path);
  };
  check(*value);
  if (const auto* set = value->get<value::SetValue>()) std::for_each(set->low.begin(), set->low.end(), check);
}

bool Checker::check_number_range(NodeId node, value::Integer number, const std::optional<value::Integer>& low,
                                 const std::optional<value::Integer>& high, const std::string& setting) {
  if (number.is_infinite() || ((!low || number >= *low) && (!high || number <= *high))) return true;
  fail(diag::SettingOutOfRange{.number = number.text(),
                               .range = (low ? low->text() : "") + ".." + (high ? high->text() : ""),
                               .setting = setting}
           .at(place(node)));
  return false;
}

bool Checker::check_option(NodeId node, const SettingElement& element, const std::string& label,
                           const std::string& setting) {
  std::vector<std::string_view> labels;
  for (const SettingOption& option : element.options) {
    if (option.label == label) return true;
    labels.push_back(option.label);
  }
  fail(with_nearest_text(
      diag::UnknownOption{.option = label, .setting = setting, .hint = advice(label, labels)}.at(place(node)),
      label, labels));
  return false;
}

/// True for what takes its type from the other side. Looks through names of `let`.
bool Checker::flexible(NodeId node) {
  node = tree().unparen(node);
  switch (tree().kind(node)) {
    case NodeKind::Union:
    case NodeKind::Intersection: {
      const auto children = tree().children(node);
      return std::all_of(children.begin(), children.end(), [&](NodeId child) { return flexible(child); });
    }
    case NodeKind::Sum:
      for (const NodeId child : tree().children(node)) {
        if (tree().kind(child) != NodeKind::Operator && !flexible(child)) return false;
      }
      return true;
    case NodeKind::ByBlock:
      return flexible_cases(node);
    case NodeKind::Name:
    case NodeKind::Member:
      return flexible_name(node);
    default:
      return flexible_syntax(tree(), node);
  }
}

bool Checker::flexible_cases(NodeId by_block) {
  for (const NodeId child : tree().children(by_block)) {
    if (tree().kind(child) == NodeKind::ByCase && !flexible(tree().last_child(child))) return false;
  }
  return true;
}

bool Checker::flexible_name(NodeId node) {
  const bool is_name = tree().kind(node) == NodeKind::Name;
  const std::string_view word = tree().text(node);
  if (is_name && find_binding(word) != nullptr) return false;
  const std::optional<DeclarationId> declaration = declaration_named(node);
  if (!declaration) return is_name && value::find_resource(word) == nullptr;
  const Declaration& target = package_.declarations[*declaration];
  const grammar::SyntaxTree& tree = package_.tree(target.module);
  const bool has_type = target.kind == DeclarationKind::Let && tree.child_count(target.node) > 2;
  if (target.kind != DeclarationKind::Let || has_type) return false;
  const auto [known, is_new] = flexible_lets_.try_emplace(*declaration, false);
  if (is_new) {
    const Scoped scope(scope_, Scope{&tree, target.module, {}, {}, 0});
    const bool result = flexible(tree.last_child(target.node));
    flexible_lets_[*declaration] = result;
    return result;
  }
  return known->second;
}

}  // namespace polc::compiler
