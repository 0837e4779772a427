// The elements that a quantifier runs over.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/evaluate/outcome.hpp"
#include "runtime/value/value.hpp"

namespace polc::evaluate {

/// Consecutive integers or ports, both ends included; empty when last < first.
struct Interval {
  value::Integer first, last;
  bool ports = false;
  value::Protocol protocol = value::Protocol::Tcp;

  /// UINT64_MAX when there are more.
  std::uint64_t size() const;
  value::Value at(std::uint64_t index) const;
  bool contains(const value::Value& v) const;  ///< `v` an exact Number or a Port
};

/// How far a collection is known.
enum class Closure : std::uint8_t {
  Complete,
  Bounded,    ///< possible() may be in, nothing else
  OpenEnded,  ///< anything else may be in
};

class Elements {
 public:
  /// Of a present set or list; of nothing for other values. Borrows from the outcome, which it keeps.
  explicit Elements(Outcome collection);
  explicit Elements(Interval interval);

  const Outcome& collection() const { return collection_; }
  bool is_interval() const { return items_ == nullptr; }
  const Interval& interval() const { return interval_; }
  Closure closure() const { return closure_; }

  std::uint64_t size() const { return items_ != nullptr ? items_->size() : interval_.size(); }

  /// Valid until the next call.
  const value::Value& at(std::uint64_t index);

  /// With Closure::Bounded: the sure elements and those that may be in.
  const std::vector<value::Value>& possible() const { return *possible_; }

 private:
  Outcome collection_;
  const std::vector<value::Value>* items_ = nullptr;
  const std::vector<value::Value>* possible_ = nullptr;
  Interval interval_;
  Closure closure_ = Closure::Complete;
  value::Value current_;
};

}  // namespace polc::evaluate
