// Maps: equality and inclusion entry by entry, look-up. Keys are unique; a key whose identity is not known may be any
// key that is not otherwise there.
#include <algorithm>

#include "runtime/value/elements.hpp"

namespace polc::value {
namespace {

using Fits = Answer (*)(const Value& value, const Value& other, Type type);

Answer equal_values(const Value& value, const Value& other, Type type) {
  return compare(Relation::Equal, value, other, type);
}

Answer value_within(const Value& value, const Value& other, Type type) {
  return value.get<Rights>() != nullptr ? is_within(value, other, type) : equal_values(value, other, type);
}

/// The entries of one map, to find partners for those of another.
class Partners {
 public:
  Partners(const MapValue& map, Type type) : map_(map), kind_(type.key), value_type_(simple(type.element)) {
    for (const MapEntry& entry : map.entries) {
      if (is_certain(entry.key)) {
        certain_.push_back(&entry);
      } else {
        ++uncertain_;
      }
      distinct_values_.push_back(&entry.value);
    }
    std::sort(certain_.begin(), certain_.end(), [this](const MapEntry* a, const MapEntry* b) {
      return element_order(a->key, b->key, kind_) < 0;
    });
    std::sort(distinct_values_.begin(), distinct_values_.end(),
              [](const Value* a, const Value* b) { return precedes(*a, *b); });
    const auto repeated = std::unique(distinct_values_.begin(), distinct_values_.end(),
                                      [](const Value* a, const Value* b) { return *a == *b; });
    distinct_values_.erase(repeated, distinct_values_.end());
  }

  const MapEntry* find(const Value& key) const {
    const auto found = std::lower_bound(certain_.begin(), certain_.end(), &key,
                                        [this](const MapEntry* entry, const Value* wanted) {
                                          return element_order(entry->key, *wanted, kind_) < 0;
                                        });
    const bool equal = found != certain_.end() && element_order((*found)->key, key, kind_) == 0;
    return equal ? *found : nullptr;
  }

  /// Whether this map has an entry of the same key whose value fits. `fits(value, ours)` takes the other map's value
  /// first.
  Answer match(const MapEntry& entry, Fits fits) const {
    if (is_certain(entry.key)) {
      if (const MapEntry* partner = find(entry.key)) return fits(entry.value, partner->value, value_type_);
      if (uncertain_ == 0) return map_.complete ? Answer::of(false) : Answer::unknown();
    } else if (map_.entries.empty()) {
      return map_.complete ? Answer::of(false) : Answer::unknown();
    }
    // The partner can only be found by resolving a name; without any value that fits there is none.
    const bool possible =
        std::any_of(distinct_values_.begin(), distinct_values_.end(),
                    [&](const Value* ours) { return !fits(entry.value, *ours, value_type_).is_false(); });
    if (possible) return Answer::unknown(UnknownReason::UnresolvedName);
    return map_.complete ? Answer::of(false) : Answer::unknown();
  }

 private:
  const MapValue& map_;
  TypeKind kind_;
  Type value_type_;
  std::vector<const MapEntry*> certain_;
  std::vector<const Value*> distinct_values_;
  std::size_t uncertain_ = 0;
};

Answer all_match(const MapValue& entries, const Partners& partners, Fits fits) {
  Answer answer = entries.complete ? Answer::of(true) : Answer::unknown();
  for (const MapEntry& entry : entries.entries) {
    answer = both(answer, partners.match(entry, fits));
    if (answer.is_false()) break;
  }
  return answer;
}

}  // namespace

Answer equal_maps(const MapValue& a, const MapValue& b, Type type) {
  return both(all_match(a, Partners(b, type), equal_values), all_match(b, Partners(a, type), equal_values));
}

Answer map_within(const MapValue& part, const MapValue& whole, Type type) {
  return all_match(part, Partners(whole, type), value_within);
}

Fact lookup(const MapValue& map, const Value& key, Type map_type) {
  const bool unresolved_key = !is_certain(key);
  if (!unresolved_key) {
    if (const MapEntry* entry = Partners(map, map_type).find(key)) return Fact::present(entry->value);
  }
  const bool unresolved_entry = std::any_of(map.entries.begin(), map.entries.end(),
                                            [](const MapEntry& entry) { return !is_certain(entry.key); });
  if (unresolved_entry || (unresolved_key && !map.entries.empty()))
    return Fact::unknown(UnknownReason::UnresolvedName);
  return map.complete ? Fact::absent(AbsentLevel::Value) : Fact::unknown(UnknownReason::NotCollected);
}

}  // namespace polc::value
