#include "runtime/evaluate/elements.hpp"

namespace polc::evaluate {

using value::Integer;
using value::Value;

std::uint64_t Interval::size() const {
  if (last < first || last.is_infinite()) return last < first ? 0 : UINT64_MAX;
  const auto distance = value::subtract(last, first);
  const auto steps = distance ? distance->as_unsigned() : std::nullopt;
  return steps && *steps < UINT64_MAX ? *steps + 1 : UINT64_MAX;
}

Value Interval::at(std::uint64_t index) const {
  const Integer number = value::add(first, Integer::of_unsigned(index)).value_or(last);
  if (!ports) return Value(value::Number::exactly(number));
  return Value(value::Port{static_cast<std::uint16_t>(number.magnitude()), protocol});
}

bool Interval::contains(const Value& v) const {
  if (ports) {
    const auto* port = v.get<value::Port>();
    if (port == nullptr || port->protocol != protocol) return false;
    const Integer number = Integer::of(port->number);
    return first <= number && number <= last;
  }
  const auto* number = v.get<value::Number>();
  return number != nullptr && number->exact() && first <= number->low && number->low <= last;
}

Elements::Elements(Outcome collection) : collection_(std::move(collection)) {
  static const std::vector<Value> kNothing;
  items_ = &kNothing;
  if (!collection_.present()) return;
  const Value& v = collection_.value();
  if (const auto* set = v.get<value::SetValue>()) {
    items_ = &set->low;
    if (set->exact()) return;
    closure_ = set->high ? Closure::Bounded : Closure::OpenEnded;
    possible_ = set->high ? &*set->high : nullptr;
  } else if (const auto* list = v.get<value::ListValue>()) {
    items_ = &list->items;
    if (!list->complete) closure_ = Closure::OpenEnded;
  }
}

Elements::Elements(Interval interval) : collection_(Outcome::own(Value())), interval_(interval) {}

const Value& Elements::at(std::uint64_t index) {
  if (items_ != nullptr) return (*items_)[static_cast<std::size_t>(index)];
  current_ = interval_.at(index);
  return current_;
}

}  // namespace polc::evaluate
