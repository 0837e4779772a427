// Ranges that some value of a parameter would empty: a quantifier over nothing is true whatever the host is like.
#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/scoped.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/limits.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using grammar::Op;
using value::Integer;

namespace {

constexpr std::size_t kParametersTried = 8;  // 2^8 corners of their domains

}  // namespace

/// Sums and products of parameters are extreme where each parameter is: the corners of the domains are enough.
void Checker::warn_of_empty_range(NodeId collection) {
  NodeId range = tree().unparen(collection);
  if (tree().kind(range) == NodeKind::PortSuffix) range = tree().unparen(tree().child(range, 0));
  if (tree().kind(range) != NodeKind::Range) return;
  const NodeId first = tree().child(range, 0);
  const NodeId last = tree().child(range, 1);
  std::vector<const ParameterValue*> parameters;
  if (!bounded_parameters(first, parameters) || !bounded_parameters(last, parameters)) return;
  if (parameters.size() > kParametersTried) return;
  for (std::size_t corner = 0; corner < std::size_t{1} << parameters.size(); ++corner) {
    ParameterCorner values;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      const bool high = (corner >> i & 1U) != 0;
      const auto& [first, last] = *parameters[i]->range;
      values[parameters[i]->declaration] = (high ? last : first).get<value::Number>()->low;
    }
    const auto low = integer_at(first, values);
    const auto high = integer_at(last, values);
    if (!low || !high || *low <= *high) continue;
    std::vector<std::string> assignments;
    for (const ParameterValue* parameter : parameters) {
      assignments.push_back(fmt::format("{} = {}", package_.declarations[parameter->declaration].name,
                                        values[parameter->declaration].text()));
    }
    const bool always = assignments.empty();
    sink_->add(diag::RangeCanBeEmpty{
        .when = always ? "" : fmt::format(" with {}", fmt::join(assignments, ", ")),
        .low = low->text(),
        .high = high->text(),
        .advice = always ? "write the lower bound first" : "narrow the domain of the parameter"}
                   .at(place(collection)));
    return;
  }
}

/// Adds the parameters that an integer expression depends on and whose domain is a range; false for expressions
/// that are not made of literals, parameters and constants.
bool Checker::bounded_parameters(NodeId node, std::vector<const ParameterValue*>& found) {
  node = tree().unparen(node);
  switch (tree().kind(node)) {
    case NodeKind::Int:
    case NodeKind::HexInt:
      return true;
    case NodeKind::Sum:
    case NodeKind::Product:
    case NodeKind::Negation: {
      const auto children = tree().children(node);
      return std::all_of(children.begin(), children.end(), [&](NodeId child) {
        return tree().kind(child) == NodeKind::Operator || bounded_parameters(child, found);
      });
    }
    default:
      break;
  }
  const std::optional<DeclarationId> id = declaration_named(node);
  if (!id) return false;
  const Declaration& declaration = package_.declarations[*id];
  if (declaration.kind == DeclarationKind::Let)
    return in_body(declaration, [&](NodeId body) { return bounded_parameters(body, found); });
  if (declaration.kind != DeclarationKind::Param) return false;
  const ParameterValue* parameter = this->parameter(*id);
  if (parameter == nullptr || parameter->value().get<value::Number>() == nullptr) return false;
  if (parameter->range && std::find(found.begin(), found.end(), parameter) == found.end())
    found.push_back(parameter);
  return true;
}

std::optional<Integer> Checker::integer_at(NodeId node, const ParameterCorner& corner) {
  node = tree().unparen(node);
  switch (tree().kind(node)) {
    case NodeKind::Int:
    case NodeKind::HexInt: {
      const auto number = grammar::decode_integer(tree(), node);
      return number ? std::optional(Integer::of_unsigned(*number)) : std::nullopt;
    }
    case NodeKind::Negation: {
      const auto operand = integer_at(tree().child(node, 0), corner);
      return operand ? value::subtract(Integer::of(0), *operand) : std::nullopt;
    }
    case NodeKind::Sum:
    case NodeKind::Product:
      return folded_at(node, corner);
    default:
      break;
  }
  const std::optional<DeclarationId> id = declaration_named(node);
  if (!id) return std::nullopt;
  const Declaration& declaration = package_.declarations[*id];
  if (declaration.kind == DeclarationKind::Let)
    return in_body(declaration, [&](NodeId body) { return integer_at(body, corner); });
  if (const auto value = corner.find(*id); value != corner.end()) return value->second;
  return parameter(*id)->value().get<value::Number>()->low;
}

std::optional<Integer> Checker::folded_at(NodeId node, const ParameterCorner& corner) {
  const bool is_product = tree().kind(node) == NodeKind::Product;
  std::optional<Integer> whole;
  Op op = Op::Plus;
  for (const NodeId child : tree().children(node)) {
    if (tree().kind(child) == NodeKind::Operator) {
      op = tree().op(child);
      continue;
    }
    const auto operand = integer_at(child, corner);
    if (!operand) return std::nullopt;
    if (!whole) {
      whole = operand;
    } else if (is_product) {
      whole = value::multiply(*whole, *operand);
    } else {
      whole = op == Op::Minus ? value::subtract(*whole, *operand) : value::add(*whole, *operand);
    }
    if (!whole) return std::nullopt;
  }
  return whole;
}

}  // namespace polc::compiler
