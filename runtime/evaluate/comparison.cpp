#include "runtime/evaluate/comparison.hpp"

#include <algorithm>

#include "runtime/ir/op_info.hpp"

namespace polc::evaluate {

using ir::Comparison;
using value::Answer;
using value::Relation;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

/// The type that decides how both sides compare: literals without a type of their own take the other's.
Type common_type(Type left, Type right) {
  const bool untyped =
      left.kind == TypeKind::EmptySet || left.kind == TypeKind::EmptyList || left.kind == TypeKind::None;
  return untyped ? right : left;
}

Answer relate(Relation relation, const Value& left, Type left_type, const Value& right, Type right_type) {
  return value::compare(relation, left, right, common_type(left_type, right_type));
}

std::optional<value::Number> number_in(const Value& v) {
  if (const auto* number = v.get<value::Number>()) return *number;
  const auto* data = v.get<value::RegistryData>();
  if (data == nullptr || data->type != value::RegistryType::Dword) return std::nullopt;
  const auto content = value::registry_content(*data, value::RegistryType::Dword);
  return content ? number_in(*content) : std::nullopt;
}

void resolve_all(std::vector<Value>& values, const value::FactTable& facts) {
  for (Value& v : values) v = resolve_principals(v, facts);
}

bool any_partial(const std::vector<Value>& values) {
  return std::any_of(values.begin(), values.end(), is_partial);
}

}  // namespace

Answer compare_values(Comparison comparison, const Value& left, Type left_type, const Value& right,
                      Type right_type) {
  switch (comparison) {
    case Comparison::Equal:
      return relate(Relation::Equal, left, left_type, right, right_type);
    case Comparison::NotEqual:
      return relate(Relation::NotEqual, left, left_type, right, right_type);
    case Comparison::Less:
      return relate(Relation::Less, left, left_type, right, right_type);
    case Comparison::LessEqual:
      return relate(Relation::LessEqual, left, left_type, right, right_type);
    case Comparison::Greater:
      return relate(Relation::Greater, left, left_type, right, right_type);
    case Comparison::GreaterEqual:
      return relate(Relation::GreaterEqual, left, left_type, right, right_type);
    case Comparison::In:
      return value::is_in(left, right, left_type);
    case Comparison::Contains:
      return value::contains(left, right, common_type(left_type, right_type));
    case Comparison::Within:
      return value::is_within(left, right, common_type(left_type, right_type));
    case Comparison::Like:
      return value::is_like(left, right);
    case Comparison::HasBits:
      return value::has_bits(left, right);
    case Comparison::NotIn:
    case Comparison::NotContains:
    case Comparison::NotWithin:
    case Comparison::NotLike:
    case Comparison::NotHasBits:
      return value::opposite(compare_values(ir::opposite(comparison), left, left_type, right, right_type));
  }
  return Answer::mistyped();
}

Answer in_range(Comparison comparison, const Value& element, Type type, const Value& first,
                const Value& last) {
  const Answer inside = value::is_between(element, first, last, type);
  return comparison == Comparison::NotIn ? value::opposite(inside) : inside;
}

std::optional<Interval> make_interval(const Value& first, const Value& last) {
  const auto* low = first.get<value::Port>();
  const auto* high = last.get<value::Port>();
  if (low != nullptr && high != nullptr && low->protocol == high->protocol) {
    return Interval{value::Integer::of(low->number), value::Integer::of(high->number), true, low->protocol};
  }
  const auto from = number_in(first);
  const auto to = number_in(last);
  if (!from || !to || !from->exact() || !to->exact()) return std::nullopt;
  return Interval{from->low, to->low};
}

Value resolve_principals(const Value& v, const value::FactTable& facts) {
  if (const auto* principal = v.get<value::Principal>()) {
    return principal->resolved() ? v : Value(facts.resolve(*principal));
  }
  Value copy = v;
  if (auto* set = std::get_if<value::SetValue>(&copy.data)) {
    resolve_all(set->low, facts);
    if (set->high) resolve_all(*set->high, facts);
  } else if (auto* list = std::get_if<value::ListValue>(&copy.data)) {
    resolve_all(list->items, facts);
  } else if (auto* map = std::get_if<value::MapValue>(&copy.data)) {
    for (value::MapEntry& entry : map->entries) {
      entry.key = resolve_principals(entry.key, facts);
      entry.value = resolve_principals(entry.value, facts);
    }
  }
  return copy;
}

bool is_partial(const Value& v) {
  if (const auto* number = v.get<value::Number>()) return !number->exact();
  if (const auto* duration = v.get<value::Duration>()) return !duration->seconds.exact();
  if (const auto* principal = v.get<value::Principal>()) return !principal->resolved();
  if (const auto* addresses = v.get<value::AddressSet>()) return !addresses->exact();
  if (const auto* set = v.get<value::SetValue>()) return !set->exact() || any_partial(set->low);
  if (const auto* list = v.get<value::ListValue>()) return !list->complete || any_partial(list->items);
  if (const auto* map = v.get<value::MapValue>()) {
    return !map->complete ||
           std::any_of(map->entries.begin(), map->entries.end(),
                       [](const value::MapEntry& e) { return is_partial(e.key) || is_partial(e.value); });
  }
  return false;
}

}  // namespace polc::evaluate
