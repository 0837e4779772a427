// What a value expression gives: a fact. Facts of constant addresses and constants are borrowed, so that the
// common comparison allocates nothing; computed results are owned.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "runtime/value/fact.hpp"

namespace polc::evaluate {

/// Several facts in one operation: the first of Mistyped, Unknown, Absent that occurs decides.
constexpr value::FactStatus worse(value::FactStatus a, value::FactStatus b) {
  constexpr auto rank = [](value::FactStatus status) {
    switch (status) {
      case value::FactStatus::Mistyped:
        return 3;
      case value::FactStatus::Unknown:
        return 2;
      case value::FactStatus::Absent:
        return 1;
      case value::FactStatus::Present:
        break;
    }
    return 0;
  };
  return rank(a) >= rank(b) ? a : b;
}

class Outcome {
 public:
  /// Borrows; the fact must outlive the outcome.
  static Outcome of(const value::Fact& fact) {
    Outcome o;
    o.fact_ = &fact;
    return o;
  }
  /// A known value without evidence of its own; borrows.
  static Outcome of(const value::Value& value) {
    Outcome o;
    o.value_ = &value;
    return o;
  }
  static Outcome own(value::Fact fact) {
    Outcome o;
    o.owned_ = std::make_unique<value::Fact>(std::move(fact));
    o.fact_ = o.owned_.get();
    return o;
  }
  static Outcome own(value::Value value) { return own(value::Fact::present(std::move(value))); }

  value::FactStatus status() const { return fact_ != nullptr ? fact_->status : value::FactStatus::Present; }
  bool present() const { return status() == value::FactStatus::Present; }

  /// The value, or what was there instead of one (Mistyped).
  const value::Value& value() const { return fact_ != nullptr ? fact_->value : *value_; }

  /// nullptr for plain values.
  const value::Fact* fact() const { return fact_; }
  bool owns() const { return owned_ != nullptr; }

 private:
  Outcome() = default;

  const value::Fact* fact_ = nullptr;
  const value::Value* value_ = nullptr;
  std::unique_ptr<value::Fact> owned_;
};

inline value::FactStatus worst(const std::vector<Outcome>& operands) {
  value::FactStatus status = value::FactStatus::Present;
  for (const Outcome& operand : operands) status = worse(status, operand.status());
  return status;
}

}  // namespace polc::evaluate
