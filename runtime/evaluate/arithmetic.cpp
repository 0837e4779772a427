#include "runtime/evaluate/arithmetic.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/base/casefold.hpp"
#include "runtime/value/operations.hpp"

namespace polc::evaluate {

using ir::Op;
using value::Fact;
using value::Number;
using value::Type;
using value::UnknownReason;
using value::Value;

namespace {

using Operands = std::vector<Outcome>;
using Arithmetic = std::optional<Number> (*)(const Number&, const Number&);

Fact present_or_mistyped(std::optional<Value> result, const Value& raw) {
  return result ? Fact::present(std::move(*result)) : Fact::mistyped(raw);
}

Fact present_or_overflow(const std::optional<Number>& result, bool duration) {
  if (!result) return Fact::unknown(UnknownReason::Overflow);
  return Fact::present(duration ? Value(value::Duration{*result}) : Value(*result));
}

/// Numbers are integers or seconds; a duration may be multiplied by an integer.
Fact arithmetic(const Operands& operands, Arithmetic function) {
  const auto number_of = [](const Value& v) -> const Number* {
    const auto* duration = v.get<value::Duration>();
    return duration != nullptr ? &duration->seconds : v.get<Number>();
  };
  const Value& left = operands[0].value();
  const Value& right = operands[1].value();
  const Number* a = number_of(left);
  const Number* b = number_of(right);
  if (a == nullptr) return Fact::mistyped(left);
  if (b == nullptr) return Fact::mistyped(right);
  const bool duration = left.get<value::Duration>() != nullptr || right.get<value::Duration>() != nullptr;
  return present_or_overflow(function(*a, *b), duration);
}

Fact negate(const Value& v) {
  const auto* duration = v.get<value::Duration>();
  const Number* number = duration != nullptr ? &duration->seconds : v.get<Number>();
  if (number == nullptr) return Fact::mistyped(v);
  return present_or_overflow(value::subtract(Number::exactly({}), *number), duration != nullptr);
}

using SetOperation = std::optional<Value> (*)(const Value&, const Value&, Type);

Fact set_algebra(const Operands& operands, SetOperation function, Type type) {
  Value result = operands[0].value();
  for (std::size_t i = 1; i < operands.size(); ++i) {
    auto next = function(result, operands[i].value(), type);
    if (!next) return Fact::mistyped(operands[i].value());
    result = std::move(*next);
  }
  return Fact::present(std::move(result));
}

Fact make_port(const Value& v, value::Protocol protocol) {
  const auto* number = v.get<Number>();
  if (number == nullptr) return Fact::mistyped(v);
  const auto exact = number->exact() ? number->low.as_unsigned() : std::nullopt;
  if (!exact || *exact > UINT16_MAX) return Fact::unknown(UnknownReason::Overflow);
  return Fact::present(Value(value::Port{static_cast<std::uint16_t>(*exact), protocol}));
}

/// Sets of addresses flatten: `{loopback, 10.0.0.0/8}` is one address set.
Fact make_address_set(const Operands& operands) {
  Value all{value::AddressSet{}};
  for (const Outcome& operand : operands) {
    auto next = value::set_union(all, operand.value(), value::simple(value::TypeKind::AddressSet));
    if (!next) return Fact::mistyped(operand.value());
    all = std::move(*next);
  }
  return Fact::present(std::move(all));
}

std::vector<Value> values_of(const Operands& operands) {
  std::vector<Value> values;
  values.reserve(operands.size());
  for (const Outcome& operand : operands) values.push_back(operand.value());
  return values;
}

Fact make_map(const Operands& operands) {
  value::MapValue map;
  for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
    map.entries.push_back({operands[i].value(), operands[i + 1].value()});
  }
  return Fact::present(Value(std::move(map)));
}

/// Text, or registry data that is text.
const std::string* text_in(const Value& v) {
  if (const auto* data = v.get<value::RegistryData>()) {
    const bool is_text = data->type == value::RegistryType::Sz || data->type == value::RegistryType::ExpandSz;
    return is_text ? std::get_if<std::string>(&data->data) : nullptr;
  }
  return v.get<std::string>();
}

Fact int_of(const Value& v) {
  const std::string* text = text_in(v);
  const auto number = text != nullptr ? value::to_integer(*text) : std::nullopt;
  return number ? Fact::present(Value(*number)) : Fact::mistyped(v);
}

Fact split_at(const Value& v, const Value& separator) {
  const std::string* text = text_in(v);
  const auto* at = separator.get<std::string>();
  auto parts = text != nullptr && at != nullptr ? value::split(*text, *at) : std::nullopt;
  return parts ? Fact::present(Value(std::move(*parts))) : Fact::mistyped(v);
}

Fact lower(const Value& v) {
  const std::string* text = text_in(v);
  return text != nullptr ? Fact::present(value::text(base::lower_case(*text))) : Fact::mistyped(v);
}

Fact registry_as(const Value& v, value::RegistryType wanted) {
  const auto* data = v.get<value::RegistryData>();
  return present_or_mistyped(data != nullptr ? value::registry_content(*data, wanted) : std::nullopt, v);
}

Fact count_of(const Value& v, Type type) {
  const auto number = value::count(v, type);
  return number ? Fact::present(Value(*number)) : Fact::mistyped(v);
}

Fact lookup_in(const Value& v, const Value& key, Type type) {
  const auto* map = v.get<value::MapValue>();
  return map != nullptr ? value::lookup(*map, key, type) : Fact::mistyped(v);
}

}  // namespace

Fact calculate(const ir::Node& node, const Operands& operands, Type first_type) {
  const auto operand = [&](std::size_t i) -> const Value& { return operands[i].value(); };
  switch (node.op) {
    case Op::Lookup:
      return lookup_in(operand(0), operand(1), first_type);
    case Op::Add:
      return arithmetic(operands, value::add);
    case Op::Subtract:
      return arithmetic(operands, value::subtract);
    case Op::Multiply:
      return arithmetic(operands, value::multiply);
    case Op::Negate:
      return negate(operand(0));
    case Op::Union:
      return set_algebra(operands, value::set_union, node.type);
    case Op::Intersection:
      return set_algebra(operands, value::set_intersection, node.type);
    case Op::Difference:
      return set_algebra(operands, value::set_difference, node.type);
    case Op::MakePort:
      return make_port(operand(0), node.data == 0 ? value::Protocol::Tcp : value::Protocol::Udp);
    case Op::MakeSet:
      if (node.type.kind == value::TypeKind::AddressSet) return make_address_set(operands);
      return Fact::present(Value(value::SetValue::exactly(values_of(operands))));
    case Op::MakeList:
      return Fact::present(Value(value::ListValue{values_of(operands)}));
    case Op::MakeMap:
      return make_map(operands);
    case Op::Count:
      return count_of(operand(0), first_type);
    case Op::IntOf:
      return int_of(operand(0));
    case Op::Split:
      return split_at(operand(0), operand(1));
    case Op::Lower:
      return lower(operand(0));
    case Op::RegistryAs:
      return registry_as(operand(0), static_cast<value::RegistryType>(node.data));
    default:
      return Fact::unknown(UnknownReason::Unsupported);
  }
}

}  // namespace polc::evaluate
