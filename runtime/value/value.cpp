// Equality and order of values by structure. What a policy means by `==` is in operations.hpp.
#include "runtime/value/value.hpp"

#include <algorithm>
#include <tuple>

#include "runtime/value/fact.hpp"

namespace polc::value {
namespace {

using Order = std::strong_ordering;

Order structure(const Value& a, const Value& b);

template <class T, class Compare>
Order lexicographic(const std::vector<T>& a, const std::vector<T>& b, Compare compare) {
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(), compare);
}

Order structure_of_pointers(const Value* a, const Value* b) {
  return structure(*a, *b);
}

std::vector<const Value*> sorted(const std::vector<Value>& values) {
  std::vector<const Value*> pointers;
  pointers.reserve(values.size());
  for (const Value& v : values) pointers.push_back(&v);
  std::sort(pointers.begin(), pointers.end(),
            [](const Value* a, const Value* b) { return structure(*a, *b) < 0; });
  const auto repeated = std::unique(pointers.begin(), pointers.end(),
                                    [](const Value* a, const Value* b) { return structure(*a, *b) == 0; });
  pointers.erase(repeated, pointers.end());
  return pointers;
}

Order structure(const std::vector<Value>& a, const std::vector<Value>& b) {
  return lexicographic(sorted(a), sorted(b), structure_of_pointers);
}

Order structure(const Number& a, const Number& b) {
  return std::tie(a.low, a.high, a.open_ended) <=> std::tie(b.low, b.high, b.open_ended);
}

Order structure(const Principal& a, const Principal& b) {
  return std::tie(a.sid, a.name, a.form, a.rid) <=> std::tie(b.sid, b.name, b.form, b.rid);
}

Order structure(const Rights& a, const Rights& b) {
  return std::tie(a.self, a.subfolders, a.files) <=> std::tie(b.self, b.subfolders, b.files);
}

Order structure(const Addresses& a, const Addresses& b) {
  return lexicographic(a.ranges, b.ranges, [](const auto& x, const auto& y) { return x <=> y; });
}

Order structure(const AddressSet& a, const AddressSet& b) {
  const Order low = structure(a.low, b.low);
  return low != 0 ? low : structure(a.high, b.high);
}

Order structure(const RegistryData& a, const RegistryData& b) {
  return std::tie(a.type, a.other_type, a.data) <=> std::tie(b.type, b.other_type, b.data);
}

Order structure(const PolicyState& a, const PolicyState& b) {
  return std::tie(a.state, a.option) <=> std::tie(b.state, b.option);
}

Order structure(const SetValue& a, const SetValue& b) {
  if (const Order low = structure(a.low, b.low); low != 0) return low;
  if (!a.high || !b.high) return a.high.has_value() <=> b.high.has_value();
  return structure(*a.high, *b.high);
}

Order structure(const ListValue& a, const ListValue& b) {
  if (const Order items =
          lexicographic(a.items, b.items, [](const Value& x, const Value& y) { return structure(x, y); });
      items != 0) {
    return items;
  }
  return a.complete <=> b.complete;
}

Order structure(const MapEntry& a, const MapEntry& b) {
  const Order key = structure(a.key, b.key);
  return key != 0 ? key : structure(a.value, b.value);
}

Order structure(const MapValue& a, const MapValue& b) {
  const auto by_key = [](const MapValue& map) {
    std::vector<const MapEntry*> entries;
    entries.reserve(map.entries.size());
    for (const MapEntry& e : map.entries) entries.push_back(&e);
    std::sort(entries.begin(), entries.end(),
              [](const MapEntry* x, const MapEntry* y) { return structure(*x, *y) < 0; });
    return entries;
  };
  const Order entries = lexicographic(by_key(a), by_key(b),
                                      [](const MapEntry* x, const MapEntry* y) { return structure(*x, *y); });
  return entries != 0 ? entries : a.complete <=> b.complete;
}

Order structure(const RecordField& a, const RecordField& b) {
  const auto key = [](const RecordField& f) { return std::tie(f.name, f.fact.status, f.fact.level); };
  const Order own = key(a) <=> key(b);
  return own != 0 ? own : structure(a.fact.value, b.fact.value);
}

Order structure(const Record& a, const Record& b) {
  if (a == b) return Order::equal;
  if (!a || !b) return (a != nullptr) <=> (b != nullptr);
  return lexicographic(a->fields, b->fields,
                       [](const RecordField& x, const RecordField& y) { return structure(x, y); });
}

template <class T>
Order structure(const T& a, const T& b) {
  return a <=> b;
}

Order structure(const std::monostate&, const std::monostate&) {
  return Order::equal;
}
Order structure(const Duration& a, const Duration& b) {
  return structure(a.seconds, b.seconds);
}
Order structure(const Symbol& a, const Symbol& b) {
  return a.name <=> b.name;
}

Order structure(const Value& a, const Value& b) {
  if (a.data.index() != b.data.index()) return a.data.index() <=> b.data.index();
  return std::visit(
      [&b](const auto& left) { return structure(left, std::get<std::decay_t<decltype(left)>>(b.data)); },
      a.data);
}

}  // namespace

SetValue SetValue::exactly(std::vector<Value> elements) {
  std::sort(elements.begin(), elements.end(), precedes);
  elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
  SetValue set;
  set.high = elements;
  set.low = std::move(elements);
  return set;
}

bool SetValue::exact() const {
  return high && structure(low, *high) == 0;
}

bool operator==(const SetValue& a, const SetValue& b) {
  return structure(a, b) == 0;
}
bool operator==(const ListValue& a, const ListValue& b) {
  return structure(a, b) == 0;
}
bool operator==(const MapValue& a, const MapValue& b) {
  return structure(a, b) == 0;
}
bool operator==(const Value& a, const Value& b) {
  return structure(a, b) == 0;
}
std::strong_ordering structural_order(const Value& a, const Value& b) {
  return structure(a, b);
}

}  // namespace polc::value
