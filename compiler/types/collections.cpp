// Collections: sets, lists, maps and their operators.
#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/type_rules.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/operations.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

constexpr Type kAddresses = value::simple(TypeKind::AddressSet);

/// Collections do not nest.
bool can_be_element(Type type) {
  switch (type.kind) {
    case TypeKind::Set:
    case TypeKind::List:
    case TypeKind::Map:
    case TypeKind::EmptySet:
    case TypeKind::EmptyList:
      return false;
    default:
      return true;
  }
}

bool has_key(const value::MapValue& map, const Value& key, TypeKind kind) {
  return std::any_of(map.entries.begin(), map.entries.end(), [&](const value::MapEntry& entry) {
    return value::compare(value::Relation::Equal, entry.key, key, value::simple(kind)).is_true();
  });
}

std::optional<Value> fold_sets(ExprKind kind, const Value& a, const Value& b, Type type) {
  if (type.kind == TypeKind::Rights) {
    const auto* x = a.get<value::Rights>();
    const auto* y = b.get<value::Rights>();
    return Value(value::Rights{x->self | y->self, x->subfolders | y->subfolders, x->files | y->files});
  }
  switch (kind) {
    case ExprKind::Union:
      return value::set_union(a, b, type);
    case ExprKind::Intersection:
      return value::set_intersection(a, b, type);
    default:
      return value::set_difference(a, b, type);
  }
}

}  // namespace

/// Values that must have one type: the expected one, else that of the first which has a type of its own.
std::vector<ExprId> Checker::values_alike(const std::vector<NodeId>& nodes, const Expected& expected) {
  std::vector<ExprId> values(nodes.size(), kErrorExpr);
  Expected common = expected;
  std::size_t first = nodes.size();
  if (expected.open() && !nodes.empty()) {
    const auto typed = std::find_if(nodes.begin(), nodes.end(), [&](NodeId n) { return !flexible(n); });
    first = typed == nodes.end() ? 0 : static_cast<std::size_t>(typed - nodes.begin());
    values[first] = value(nodes[first], {});
    if (values[first] == kErrorExpr) return {};
    common = same_as(values[first]);
  }
  bool failed = false;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i == first) continue;
    values[i] = value(nodes[i], common);
    failed = failed || values[i] == kErrorExpr;
  }
  return failed ? std::vector<ExprId>() : values;
}

ExprId Checker::braces(NodeId node, const Expected& expected) {
  const auto children = tree().children(node);
  if (children.empty()) {
    return expressions_.constant(Value(value::SetValue::exactly({})), value::simple(TypeKind::EmptySet),
                                 origin(node));
  }
  if (tree().kind(*children.begin()) == NodeKind::Entry) return map_literal(node, expected);
  if (expected.type.kind == TypeKind::AddressSet) return address_literal(node);
  return set_literal(node, expected);
}

ExprId Checker::set_literal(NodeId node, const Expected& expected) {
  Expected element = expected;
  element.type = value::element_type(expected.type);
  const auto children = tree().children(node);
  const std::vector<NodeId> nodes(children.begin(), children.end());
  const std::vector<ExprId> items = values_alike(nodes, element);
  if (items.empty()) return kErrorExpr;
  const Type type = at(items.front()).type;
  if (type.kind == TypeKind::AddressSet) return unite_addresses(node, items);
  if (!can_be_element(type)) return fail(diag::NoSetOf{.type = type_text(type)}.at(place(nodes.front())));
  const Type set = value::set_of(type.kind, type.detail);
  if (!std::all_of(items.begin(), items.end(), [&](ExprId id) { return is_constant(id); }))
    return expressions_.add(expr(ExprKind::MakeSet, set, node), items);
  std::vector<Value> elements;
  elements.reserve(items.size());
  for (const ExprId id : items) elements.push_back(*expressions_.constant_value(id));
  return expressions_.constant(Value(value::SetValue::exactly(std::move(elements))), set, origin(node));
}

/// Address sets flatten: `{loopback, "10.0.0.0/8"}` is one set.
ExprId Checker::address_literal(NodeId node) {
  std::vector<ExprId> items;
  for (const NodeId child : tree().children(node)) {
    items.push_back(value(child, Expected::of(kAddresses)));
    if (items.back() == kErrorExpr) return kErrorExpr;
  }
  return unite_addresses(node, items);
}

ExprId Checker::unite_addresses(NodeId node, const std::vector<ExprId>& items) {
  ExprId whole = items.front();
  for (std::size_t i = 1; i < items.size(); ++i) whole = combine(node, ExprKind::Union, whole, items[i]);
  return expressions_.moved(whole, origin(node));
}

ExprId Checker::map_literal(NodeId node, const Expected& expected) {
  Expected key, entry_value = expected;
  key.type = value::simple(expected.type.key);
  entry_value.type =
      value::simple(expected.type.kind == TypeKind::Map ? expected.type.element : TypeKind::None);
  std::vector<ExprId> operands;
  value::MapValue map;
  bool constant = true;
  for (const NodeId entry : tree().children(node)) {
    const NodeId key_node = tree().child(entry, 0);
    const ExprId k = value(key_node, key);
    const ExprId v = value(tree().child(entry, 1), entry_value);
    if (k == kErrorExpr || v == kErrorExpr) return kErrorExpr;
    if (key.open()) key = same_as(k);
    if (entry_value.open()) entry_value = same_as(v);
    operands.insert(operands.end(), {k, v});
    const Value* constant_key = expressions_.constant_value(k);
    const Value* constant_value = expressions_.constant_value(v);
    constant = constant && constant_key != nullptr && constant_value != nullptr;
    if (!constant) continue;
    if (has_key(map, *constant_key, key.type.kind))
      return fail(diag::KeyTwice{.key = text(key_node)}.at(place(key_node)));
    map.entries.push_back({*constant_key, *constant_value});
  }
  const Type type = value::map_of(key.type.kind, entry_value.type.kind);
  if (constant) return expressions_.constant(Value(std::move(map)), type, origin(node));
  return expressions_.add(expr(ExprKind::MakeMap, type, node), operands);
}

ExprId Checker::list_literal(NodeId node, const Expected& expected) {
  Expected element = expected;
  element.type = value::element_type(expected.type);
  const auto children = tree().children(node);
  const std::vector<NodeId> nodes(children.begin(), children.end());
  if (nodes.empty())
    return expressions_.constant(Value(value::ListValue{}), value::simple(TypeKind::EmptyList), origin(node));
  const std::vector<ExprId> items = values_alike(nodes, element);
  if (items.empty()) return kErrorExpr;
  const Type type = at(items.front()).type;
  if (!can_be_element(type)) return fail(diag::NoSetOf{.type = type_text(type)}.at(place(nodes.front())));
  const Type list = value::list_of(type.kind, type.detail);
  if (!std::all_of(items.begin(), items.end(), [&](ExprId id) { return is_constant(id); }))
    return expressions_.add(expr(ExprKind::MakeList, list, node), items);
  value::ListValue constant;
  for (const ExprId id : items) constant.items.push_back(*expressions_.constant_value(id));
  return expressions_.constant(Value(std::move(constant)), list, origin(node));
}

ExprId Checker::set_operation(NodeId node, ExprKind kind, const Expected& expected) {
  const auto children = tree().children(node);
  const std::vector<NodeId> nodes(children.begin(), children.end());
  const std::vector<ExprId> operands = values_alike(nodes, expected);
  if (operands.empty()) return kErrorExpr;
  ExprId whole = operands.front();
  for (std::size_t i = 1; i < operands.size() && whole != kErrorExpr; ++i)
    whole = combine(node, kind, whole, operands[i]);
  return whole;
}

/// Union, intersection or difference of two sets of one type; access masks unite too.
ExprId Checker::combine(NodeId node, ExprKind kind, ExprId left, ExprId right) {
  const Type type = at(left).type;
  const bool rights = type.kind == TypeKind::Rights && kind == ExprKind::Union;
  if (!rights && type.kind != TypeKind::AddressSet && !is_set(type.kind))
    return fail(diag::NotASet{.type = type_text(type)}.at(place(node)));
  if (!assignable(at(right).type, type)) {
    return fail(diag::TypeMismatch{.expected = type_text(type),
                                   .found = type_text(at(right).type),
                                   .advice = std::string(type_advice(type, at(right).type))}
                    .at(place(node)));
  }
  const Value* a = expressions_.constant_value(left);
  const Value* b = expressions_.constant_value(right);
  if (a != nullptr && b != nullptr) {
    if (const auto folded = fold_sets(kind, *a, *b, type))
      return expressions_.constant(*folded, type, origin(node));
  }
  return expressions_.add(expr(kind, type, node), {left, right});
}

ExprId Checker::index(NodeId node) {
  const NodeId object = tree().child(node, 0);
  const ExprId map = value(object, {});
  if (map == kErrorExpr) return kErrorExpr;
  const Type type = at(map).type;
  if (type.kind != TypeKind::Map) return fail(diag::NotAMap{.type = type_text(type)}.at(place(object)));
  Expected key = Expected::of(value::simple(type.key));
  const ExprId k = value(tree().child(node, 1), key);
  if (k == kErrorExpr) return kErrorExpr;
  return expressions_.add(expr(ExprKind::Lookup, value::simple(type.element), node), {map, k});
}

}  // namespace polc::compiler
