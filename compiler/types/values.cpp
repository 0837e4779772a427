// Values: arithmetic, ports and ranges, and the meeting of a value with what is expected of it.
#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/scoped.hpp"
#include "compiler/types/type_rules.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using grammar::Op;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

constexpr Type kInt = value::simple(TypeKind::Int);
constexpr Type kPort = value::simple(TypeKind::Port);

}  // namespace

ExprId Checker::value(NodeId node, const Expected& expected) {
  node = tree().unparen(node);
  if (!enter(node)) return kErrorExpr;
  const Scoped depth(depth_, depth_ + 1);
  const ExprId id = leave(value_of_kind(node, expected), node);
  if (id == kErrorExpr) return kErrorExpr;
  if (is_condition(at(id).kind)) return fail(diag::ConditionAsValue{}.at(place(node)));
  if (at(id).kind == ExprKind::Fact && expressions_.source_of(at(id)).attribute == kNoAttribute &&
      !expected.object) {
    report_attribute_needed(node, id);
    return kErrorExpr;
  }
  if (at(id).kind == ExprKind::Fact && at(id).type.kind == TypeKind::None && !expected.object) {
    const value::ResourceInfo& info = value::resource_info(expressions_.source_of(at(id)).resource);
    return fail(diag::OnlyPresence{.object = std::string(info.name), .example = std::string(info.example)}.at(
        place(node)));
  }
  return conform(id, expected, node);
}

ExprId Checker::value_of_kind(NodeId node, const Expected& expected) {
  switch (tree().kind(node)) {
    case NodeKind::Error:
      return kErrorExpr;
    case NodeKind::Int:
    case NodeKind::HexInt:
      return integer_literal(node, expected);
    case NodeKind::Bool:
      return expressions_.constant(Value(tree().text(node) == "true"), value::simple(TypeKind::Bool),
                                   origin(node));
    case NodeKind::Duration: {
      const auto seconds = value::Integer::of(grammar::decode_duration(tree(), node).value_or(0));
      return expressions_.constant(Value(value::Duration{value::Number::exactly(seconds)}),
                                   value::simple(TypeKind::Duration), origin(node));
    }
    case NodeKind::Date:
      return expressions_.constant(Value(value::Date{grammar::decode_date(tree(), node).value_or(0)}),
                                   value::simple(TypeKind::Date), origin(node));
    case NodeKind::RawString:
    case NodeKind::String:
    case NodeKind::TextBlock:
      return string_literal(node, expected);
    case NodeKind::Name:
      return named(node, &expected);
    case NodeKind::Member:
      return member(node, &expected);
    case NodeKind::Call:
      return call(node, &expected);
    case NodeKind::Index:
      return index(node);
    case NodeKind::ByBlock:
      return choice(node, &expected);
    case NodeKind::List:
      return list_literal(node, expected);
    case NodeKind::Braces:
      return braces(node, expected);
    case NodeKind::Union:
      return set_operation(node, ExprKind::Union, expected);
    case NodeKind::Intersection:
      return set_operation(node, ExprKind::Intersection, expected);
    case NodeKind::Sum:
      return sum(node, expected);
    case NodeKind::Product:
      return product(node);
    case NodeKind::Negation:
      return negation(node);
    case NodeKind::Range:
      return range(node, expected.ends);
    case NodeKind::PortSuffix:
      return port_suffix(node);
    case NodeKind::RightsOn:
      return rights_on(node, expected);
    default:
      return fail(diag::ConditionAsValue{}.at(place(node)));
  }
}

/// Gives a value the type that is expected, or reports that it has another.
ExprId Checker::conform(ExprId id, const Expected& expected, NodeId node) {
  const Type actual = at(id).type;
  const Type wanted = expected.type;
  if (expected.open() || actual == wanted) return id;
  if (!assignable(actual, wanted)) return mismatch(id, expected, node);
  if (!is_constant(id)) return id;
  if (actual.kind != TypeKind::EmptySet) return expressions_.retyped(id, wanted);
  switch (wanted.kind) {
    case TypeKind::AddressSet:
      return expressions_.constant(Value(value::AddressSet{}), wanted, at(id).origin);
    case TypeKind::Map:
      return expressions_.constant(Value(value::MapValue{}), wanted, at(id).origin);
    default:
      return expressions_.retyped(id, wanted);
  }
}

ExprId Checker::mismatch(ExprId id, const Expected& expected, NodeId node) {
  return fail(diag::TypeMismatch{.expected = type_text(expected.type),
                                 .found = type_text(at(id).type),
                                 .advice = std::string(type_advice(at(id).type, expected.type))}
                  .at(place(node)));
}

// --- numbers

/// `S-1-5-32-544`.
bool Checker::is_bare_sid(NodeId node) {
  const std::string written = text(node);
  return (written.starts_with("S-") || written.starts_with("s-")) &&
         value::canonical_sid(written).has_value();
}

ExprId Checker::sum(NodeId node, const Expected& expected) {
  if (is_bare_sid(node)) {
    base::Diagnostic problem = diag::BareSid{.sid = text(node)}.at(place(node));
    problem.fixes.push_back({place(node), "'" + text(node) + "'"});
    return fail(std::move(problem));
  }
  std::vector<NodeId> nodes;
  std::vector<ExprKind> kinds;
  for (const NodeId child : tree().children(node)) {
    if (tree().kind(child) == NodeKind::Operator) {
      kinds.push_back(tree().op(child) == Op::Minus ? ExprKind::Subtract : ExprKind::Add);
    } else {
      nodes.push_back(child);
    }
  }
  const std::vector<ExprId> operands = values_alike(nodes, expected);
  if (operands.empty()) return kErrorExpr;
  ExprId whole = operands.front();
  for (std::size_t i = 1; i < operands.size() && whole != kErrorExpr; ++i) {
    const TypeKind kind = kind_of(whole);
    const bool sets = is_set(kind) || kind == TypeKind::AddressSet;
    if (sets && kinds[i - 1] == ExprKind::Add) return fail(diag::UnionNotPlus{}.at(place(node)));
    whole = sets ? combine(node, ExprKind::Difference, whole, operands[i])
                 : arithmetic(node, kinds[i - 1], whole, operands[i]);
  }
  return whole;
}

ExprId Checker::product(NodeId node) {
  ExprId whole = kErrorExpr;
  for (const NodeId child : tree().children(node)) {
    const ExprId factor = value(child, {});
    if (factor == kErrorExpr) return kErrorExpr;
    whole = whole == kErrorExpr ? factor : arithmetic(node, ExprKind::Multiply, whole, factor);
    if (whole == kErrorExpr) return kErrorExpr;
  }
  return whole;
}

ExprId Checker::arithmetic(NodeId node, ExprKind kind, ExprId left, ExprId right) {
  for (const ExprId operand : {left, right}) {
    if (kind_of(operand) == TypeKind::Int) continue;
    const bool registry = kind_of(operand) == TypeKind::Registry;
    return fail(
        diag::NotANumber{.type = type_text(at(operand).type),
                         .advice = registry ? "write `dword(registry(...))` or `qword(registry(...))`" : ""}
            .at(place(node)));
  }
  const Value* a = expressions_.constant_value(left);
  const Value* b = expressions_.constant_value(right);
  if (a == nullptr || b == nullptr) return expressions_.add(expr(kind, kInt, node), {left, right});
  const value::Integer x = a->get<value::Number>()->low;
  const value::Integer y = b->get<value::Number>()->low;
  const auto result = kind == ExprKind::Add        ? value::add(x, y)
                      : kind == ExprKind::Subtract ? value::subtract(x, y)
                                                   : value::multiply(x, y);
  if (!result) return fail(diag::ArithmeticOverflow{}.at(place(node)));
  return expressions_.constant(Value(value::Number::exactly(*result)), kInt, origin(node));
}

ExprId Checker::negation(NodeId node) {
  const ExprId operand = value(tree().child(node, 0), {});
  if (operand == kErrorExpr) return kErrorExpr;
  const ExprId zero = expressions_.constant(value::integer(0), kInt, origin(node));
  if (is_constant(operand) || kind_of(operand) != TypeKind::Int)
    return arithmetic(node, ExprKind::Subtract, zero, operand);
  return expressions_.add(expr(ExprKind::Negate, kInt, node), {operand});
}

// --- ranges and ports

/// Only ranges of numbers can be gone through; asked what is in it, a range has ends of any type with an order.
ExprId Checker::range(NodeId node, Type ends) {
  const bool is_numeric = !is_ordered(ends.kind) || ends.kind == TypeKind::Int;
  std::vector<ExprId> bounds;
  for (const NodeId child : tree().children(node)) {
    const ExprId bound = value(child, is_numeric ? Expected{} : Expected::of(ends));
    if (bound == kErrorExpr) return kErrorExpr;
    if (is_numeric && kind_of(bound) != TypeKind::Int)
      return fail(diag::NotANumber{.type = type_text(at(bound).type), .advice = ""}.at(place(child)));
    bounds.push_back(bound);
  }
  const TypeKind element = is_numeric ? TypeKind::Int : ends.kind;
  return expressions_.add(expr(ExprKind::Range, value::set_of(element), node), bounds);
}

ExprId Checker::port_suffix(NodeId node) {
  const ExprId numbers = value(tree().child(node, 0), {});
  if (numbers == kErrorExpr) return kErrorExpr;
  const Op op = tree().op(node);
  if (op == Op::TcpUdp) return both_protocols(node, numbers);
  const value::Protocol protocol = op == Op::Udp ? value::Protocol::Udp : value::Protocol::Tcp;
  if (at(numbers).kind != ExprKind::Range) return make_port(node, numbers, protocol);
  const ExprId first = make_port(node, expressions_.operand(numbers, 0), protocol);
  const ExprId last = make_port(node, expressions_.operand(numbers, 1), protocol);
  if (first == kErrorExpr || last == kErrorExpr) return kErrorExpr;
  return expressions_.add(expr(ExprKind::Range, value::set_of(TypeKind::Port), node), {first, last});
}

ExprId Checker::make_port(NodeId node, ExprId number, value::Protocol protocol) {
  if (kind_of(number) != TypeKind::Int)
    return fail(diag::NotANumber{.type = type_text(at(number).type), .advice = ""}.at(place(node)));
  const Value* constant = expressions_.constant_value(number);
  if (constant == nullptr) {
    Expr port = expr(ExprKind::MakePort, kPort, node);
    port.data = static_cast<std::uint32_t>(protocol);
    return expressions_.add(port, {number});
  }
  const value::Integer n = constant->get<value::Number>()->low;
  if (n < value::Integer::of(1) || n > value::Integer::of(UINT16_MAX))
    return fail(diag::PortOutOfRange{.number = n.text()}.at(place(node)));
  return expressions_.constant(Value(value::Port{static_cast<std::uint16_t>(n.magnitude()), protocol}), kPort,
                               origin(node));
}

/// `8002/tcp+udp` is a set of two ports, a range twice as many.
ExprId Checker::both_protocols(NodeId node, ExprId numbers) {
  const bool is_range = at(numbers).kind == ExprKind::Range;
  const ExprId first = is_range ? expressions_.operand(numbers, 0) : numbers;
  const ExprId last = is_range ? expressions_.operand(numbers, 1) : numbers;
  const Type set = value::set_of(TypeKind::Port);
  std::vector<Value> ports;
  std::vector<ExprId> computed;
  for (const value::Protocol protocol : {value::Protocol::Tcp, value::Protocol::Udp}) {
    const ExprId low = make_port(node, first, protocol);
    const ExprId high = make_port(node, last, protocol);
    if (low == kErrorExpr || high == kErrorExpr) return kErrorExpr;
    if (!is_range) computed.push_back(low);
    if (!is_constant(low) || !is_constant(high)) {
      if (is_range) return fail(diag::NotConstant{}.at(place(node)));
      continue;
    }
    const std::uint32_t end = expressions_.constant_value(high)->get<value::Port>()->number;
    for (std::uint32_t n = expressions_.constant_value(low)->get<value::Port>()->number; n <= end; ++n)
      ports.emplace_back(value::Port{static_cast<std::uint16_t>(n), protocol});
  }
  if (!computed.empty() && ports.size() != computed.size())
    return expressions_.add(expr(ExprKind::MakeSet, set, node), computed);
  return expressions_.constant(Value(value::SetValue::exactly(std::move(ports))), set, origin(node));
}

}  // namespace polc::compiler
