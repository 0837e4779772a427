// Elements of collections under the equality of their type: shared by the operators in comparison.cpp, sets.cpp and
// maps.cpp, of no use elsewhere.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <vector>

#include "runtime/value/operations.hpp"

namespace polc::value {

/// Order of two elements of one type, equal where the language calls them equal. Total, also over values of different
/// kinds.
std::strong_ordering element_order(const Value& a, const Value& b, TypeKind kind);

/// Whether the element's identity is known: not a principal without SID, not an inexact number.
bool is_certain(const Value& element);

/// Conjunction and disjunction of answers; Mistyped beats what is not decided by the other side.
Answer both(Answer a, Answer b);
Answer either(Answer a, Answer b);

/// Looks elements up in a collection that must outlive it.
class ElementIndex {
 public:
  ElementIndex(const std::vector<Value>& elements, TypeKind kind);

  /// True: an equal element is in; false: certainly none; unknown: one that could not be resolved may be it.
  Answer contains(const Value& element) const;

  /// Distinct elements of known identity, and elements without.
  std::size_t certain_count() const { return certain_.size(); }
  std::size_t uncertain_count() const { return uncertain_; }

 private:
  TypeKind kind_;
  std::vector<const Value*> certain_;  ///< ascending, without repetitions
  std::size_t uncertain_ = 0;
};

/// A collection seen as a set: bounds of its elements. `high` is null where anything may be in.
struct SetBounds {
  const std::vector<Value>* low = nullptr;
  const std::vector<Value>* high = nullptr;
  std::vector<Value> owned;  ///< holds the elements where the value itself does not (REG_MULTI_SZ)

  SetBounds() = default;
  SetBounds(const SetBounds&) = delete;
  SetBounds& operator=(const SetBounds&) = delete;
};

/// Fills `bounds` from a set, list or REG_MULTI_SZ; false for other values. `value` must outlive `bounds`.
bool bounds_of(const Value& value, SetBounds& bounds);

/// Type of the elements of a collection of type `type`, for comparing them.
TypeKind element_kind(Type type);

Answer equal_maps(const MapValue& a, const MapValue& b, Type type);
Answer map_within(const MapValue& part, const MapValue& whole, Type type);

}  // namespace polc::value
