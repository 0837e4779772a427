// Sets with bounds: membership, inclusion, algebra, size.
#include <algorithm>

#include "runtime/value/addresses.hpp"
#include "runtime/value/elements.hpp"
#include "runtime/value/principals.hpp"

namespace polc::value {
namespace {

bool is_nobody(const Value& element) {
  const auto* principal = element.get<Principal>();
  return principal != nullptr && principal->sid == kNobody;
}

/// Whether every element is in the collection.
Answer all_in(const std::vector<Value>& elements, const ElementIndex& index) {
  Answer answer = Answer::of(true);
  for (const Value& element : elements) {
    answer = both(answer, index.contains(element));
    if (answer.is_false()) break;
  }
  return answer;
}

Answer set_within(const SetBounds& part, const SetBounds& whole, TypeKind kind) {
  if (part.high != nullptr) {
    const Answer surely = all_in(*part.high, ElementIndex(*whole.low, kind));
    if (surely.is_true()) return surely;
    // Both sides complete: the one comparison decides, also when it is unknown.
    if (part.low == part.high && whole.low == whole.high) return surely;
  }
  const Answer possibly =
      whole.high != nullptr ? all_in(*part.low, ElementIndex(*whole.high, kind)) : Answer::of(true);
  return possibly.is_true() ? Answer::unknown() : possibly;
}

Answer addresses_within(const AddressSet& part, const AddressSet& whole) {
  if (is_subset(part.high, whole.low)) return Answer::of(true);
  return is_subset(part.low, whole.high) ? Answer::unknown() : Answer::of(false);
}

Answer rights_within(const Rights& part, const Rights& whole) {
  const auto fits = [](std::uint32_t inner, std::uint32_t outer) { return (inner & ~outer) == 0; };
  return Answer::of(fits(part.self, whole.self) && fits(part.subfolders, whole.subfolders) &&
                    fits(part.files, whole.files));
}

Answer equal_to_any(const Value& element, const std::vector<Value>& elements, Type type) {
  Answer answer = Answer::of(false);
  for (const Value& candidate : elements) {
    answer = either(answer, compare(Relation::Equal, element, candidate, type));
    if (answer.is_true()) break;
  }
  return answer;
}

/// Elements of `from` whose membership in `index` is one of the wanted kinds.
std::vector<Value> selected(const std::vector<Value>& from, const ElementIndex& index,
                            std::initializer_list<Answer::Kind> wanted) {
  std::vector<Value> result;
  std::copy_if(from.begin(), from.end(), std::back_inserter(result), [&](const Value& element) {
    return std::find(wanted.begin(), wanted.end(), index.contains(element).kind) != wanted.end();
  });
  return result;
}

using Kind = Answer::Kind;

std::vector<Value> united(const std::vector<Value>& a, const std::vector<Value>& b, TypeKind kind) {
  std::vector<Value> result = a;
  const std::vector<Value> more = selected(b, ElementIndex(a, kind), {Kind::False, Kind::Unknown});
  result.insert(result.end(), more.begin(), more.end());
  return result;
}

/// What may be in both: an element that could not be resolved may be any of the other side.
std::vector<Value> possibly_common(const std::vector<Value>& a, const std::vector<Value>& b, TypeKind kind) {
  std::vector<Value> result = selected(a, ElementIndex(b, kind), {Kind::True, Kind::Unknown});
  const std::vector<Value> more = selected(b, ElementIndex(a, kind), {Kind::Unknown});
  result.insert(result.end(), more.begin(), more.end());
  return result;
}

SetValue bounded(std::vector<Value> low, std::optional<std::vector<Value>> high) {
  SetValue set = SetValue::exactly(std::move(low));
  if (high) {
    set.high = std::move(SetValue::exactly(std::move(*high)).low);
  } else {
    set.high.reset();
  }
  return set;
}

SetValue union_of(const SetBounds& a, const SetBounds& b, TypeKind kind) {
  std::optional<std::vector<Value>> high;
  if (a.high != nullptr && b.high != nullptr) high = united(*a.high, *b.high, kind);
  return bounded(united(*a.low, *b.low, kind), std::move(high));
}

SetValue intersection_of(const SetBounds& a, const SetBounds& b, TypeKind kind) {
  std::optional<std::vector<Value>> high;
  if (a.high != nullptr && b.high != nullptr) {
    high = possibly_common(*a.high, *b.high, kind);
  } else if (a.high != nullptr || b.high != nullptr) {
    high = a.high != nullptr ? *a.high : *b.high;
  }
  return bounded(selected(*a.low, ElementIndex(*b.low, kind), {Kind::True}), std::move(high));
}

SetValue difference_of(const SetBounds& a, const SetBounds& b, TypeKind kind) {
  std::vector<Value> low;
  if (b.high != nullptr) low = selected(*a.low, ElementIndex(*b.high, kind), {Kind::False});
  std::optional<std::vector<Value>> high;
  if (a.high != nullptr) high = selected(*a.high, ElementIndex(*b.low, kind), {Kind::False, Kind::Unknown});
  return bounded(std::move(low), std::move(high));
}

template <class OfSets, class OfAddresses>
std::optional<Value> combine(const Value& a, const Value& b, Type type, OfSets of_sets,
                             OfAddresses of_addresses) {
  const auto* x = a.get<AddressSet>();
  const auto* y = b.get<AddressSet>();
  if (x != nullptr && y != nullptr) return Value(of_addresses(*x, *y));
  if (a.get<SetValue>() == nullptr || b.get<SetValue>() == nullptr) return std::nullopt;
  SetBounds left;
  SetBounds right;
  bounds_of(a, left);
  bounds_of(b, right);
  return Value(of_sets(left, right, element_kind(type)));
}

Integer integer_of(std::size_t n) {
  return Integer::of_unsigned(n);
}

Number count_of(const SetBounds& bounds, TypeKind kind) {
  const ElementIndex low(*bounds.low, kind);
  // Elements without identity may all be one, or one of the known ones.
  const bool only_uncertain = low.certain_count() == 0 && low.uncertain_count() > 0;
  const Integer least = integer_of(low.certain_count() + (only_uncertain ? 1 : 0));
  if (bounds.high == nullptr) return Number::at_least(least);
  const ElementIndex high(*bounds.high, kind);
  return {least, integer_of(high.certain_count() + high.uncertain_count()), false};
}

}  // namespace

TypeKind element_kind(Type type) {
  switch (type.kind) {
    case TypeKind::Set:
    case TypeKind::List:
      return type.element;
    case TypeKind::Map:
      return type.key;
    case TypeKind::Registry:
      return TypeKind::Text;
    default:
      return type.kind;
  }
}

bool is_certain(const Value& element) {
  if (const auto* principal = element.get<Principal>()) return principal->resolved();
  if (const auto* number = element.get<Number>()) return number->exact();
  if (const auto* duration = element.get<Duration>()) return duration->seconds.exact();
  return true;
}

ElementIndex::ElementIndex(const std::vector<Value>& elements, TypeKind kind) : kind_(kind) {
  certain_.reserve(elements.size());
  for (const Value& element : elements) {
    if (is_certain(element)) {
      certain_.push_back(&element);
    } else {
      ++uncertain_;
    }
  }
  std::sort(certain_.begin(), certain_.end(),
            [kind](const Value* a, const Value* b) { return element_order(*a, *b, kind) < 0; });
  const auto repeated = std::unique(certain_.begin(), certain_.end(), [kind](const Value* a, const Value* b) {
    return element_order(*a, *b, kind) == 0;
  });
  certain_.erase(repeated, certain_.end());
}

Answer ElementIndex::contains(const Value& element) const {
  const auto unresolved = Answer::unknown(element.get<Principal>() != nullptr ? UnknownReason::UnresolvedName
                                                                              : UnknownReason::NotCollected);
  if (is_nobody(element)) return Answer::of(false);
  if (!is_certain(element)) return certain_.empty() && uncertain_ == 0 ? Answer::of(false) : unresolved;
  const auto found =
      std::lower_bound(certain_.begin(), certain_.end(), &element,
                       [this](const Value* a, const Value* b) { return element_order(*a, *b, kind_) < 0; });
  if (found != certain_.end() && element_order(**found, element, kind_) == 0) return Answer::of(true);
  return uncertain_ == 0 ? Answer::of(false) : unresolved;
}

bool bounds_of(const Value& value, SetBounds& bounds) {
  if (const auto* set = value.get<SetValue>()) {
    bounds.low = &set->low;
    bounds.high = set->high ? &*set->high : nullptr;
    // The usual case, a set that is known completely, is recognised by its bounds being one and the same.
    if (bounds.high != nullptr && *bounds.high == *bounds.low) bounds.high = bounds.low;
    return true;
  }
  if (const auto* list = value.get<ListValue>()) {
    bounds.low = &list->items;
    bounds.high = list->complete ? &list->items : nullptr;
    return true;
  }
  const auto* data = value.get<RegistryData>();
  if (data == nullptr) return false;
  auto content = registry_content(*data, RegistryType::MultiSz);
  if (!content) return false;
  bounds.owned = std::move(std::get<ListValue>(content->data).items);
  bounds.low = bounds.high = &bounds.owned;
  return true;
}

Answer is_in(const Value& element, const Value& collection, Type element_type) {
  const auto* addresses = collection.get<AddressSet>();
  if (addresses != nullptr) return is_within(element, collection, simple(TypeKind::AddressSet));
  SetBounds bounds;
  if (!bounds_of(collection, bounds)) return Answer::mistyped();
  const Answer surely = equal_to_any(element, *bounds.low, element_type);
  if (surely.is_true() || bounds.high == bounds.low) return surely;
  if (bounds.high == nullptr) return surely.kind == Kind::Mistyped ? surely : Answer::unknown();
  const Answer possibly = equal_to_any(element, *bounds.high, element_type);
  return possibly.is_true() ? Answer::unknown() : possibly;
}

Answer is_within(const Value& part, const Value& whole, Type type) {
  if (const auto* a = part.get<AddressSet>()) {
    const auto* b = whole.get<AddressSet>();
    return b != nullptr ? addresses_within(*a, *b) : Answer::mistyped();
  }
  if (const auto* a = part.get<Rights>()) {
    const auto* b = whole.get<Rights>();
    return b != nullptr ? rights_within(*a, *b) : Answer::mistyped();
  }
  if (const auto* a = part.get<MapValue>()) {
    const auto* b = whole.get<MapValue>();
    return b != nullptr ? map_within(*a, *b, type) : Answer::mistyped();
  }
  SetBounds inner;
  SetBounds outer;
  if (!bounds_of(part, inner) || !bounds_of(whole, outer)) return Answer::mistyped();
  return set_within(inner, outer, element_kind(type));
}

Answer contains(const Value& collection, const Value& what, Type collection_type) {
  const bool is_element = what.get<SetValue>() == nullptr && what.get<ListValue>() == nullptr &&
                          what.get<MapValue>() == nullptr && what.get<AddressSet>() == nullptr &&
                          what.get<Rights>() == nullptr;
  if (!is_element) return is_within(what, collection, collection_type);
  return is_in(what, collection, simple(element_kind(collection_type)));
}

std::optional<Value> set_union(const Value& a, const Value& b, Type type) {
  return combine(a, b, type, union_of, [](const AddressSet& x, const AddressSet& y) {
    return AddressSet{unite(x.low, y.low), unite(x.high, y.high)};
  });
}

std::optional<Value> set_intersection(const Value& a, const Value& b, Type type) {
  return combine(a, b, type, intersection_of, [](const AddressSet& x, const AddressSet& y) {
    return AddressSet{intersect(x.low, y.low), intersect(x.high, y.high)};
  });
}

std::optional<Value> set_difference(const Value& a, const Value& b, Type type) {
  return combine(a, b, type, difference_of, [](const AddressSet& x, const AddressSet& y) {
    return AddressSet{subtract(x.low, y.high), subtract(x.high, y.low)};
  });
}

std::optional<Number> count(const Value& collection, Type type) {
  if (const auto* list = collection.get<ListValue>()) {
    const Integer size = integer_of(list->items.size());
    return list->complete ? Number::exactly(size) : Number::at_least(size);
  }
  if (const auto* map = collection.get<MapValue>()) {
    const Integer size = integer_of(map->entries.size());
    return map->complete ? Number::exactly(size) : Number::at_least(size);
  }
  if (const auto* data = collection.get<RegistryData>()) {
    const auto content = registry_content(*data, RegistryType::MultiSz);
    return content ? count(*content, type) : std::nullopt;
  }
  SetBounds bounds;
  if (!bounds_of(collection, bounds)) return std::nullopt;
  return count_of(bounds, element_kind(type));
}

}  // namespace polc::value
