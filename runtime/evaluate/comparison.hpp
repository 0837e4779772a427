// The program's comparisons in terms of the operators of runtime/value.
#pragma once

#include <optional>

#include "runtime/evaluate/elements.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/value/fact_table.hpp"
#include "runtime/value/operations.hpp"

namespace polc::evaluate {

/// `left <comparison> right` of present values with their static types.
value::Answer compare_values(ir::Comparison comparison, const value::Value& left, value::Type left_type,
                             const value::Value& right, value::Type right_type);

/// `element in first..last` or, with NotIn, its opposite.
value::Answer in_range(ir::Comparison comparison, const value::Value& element, value::Type type,
                       const value::Value& first, const value::Value& last);

/// From two exact integers or two ports of one protocol; nullopt for anything else.
std::optional<Interval> make_interval(const value::Value& first, const value::Value& last);

/// The value with every principal as the host's evidence knows it.
value::Value resolve_principals(const value::Value& v, const value::FactTable& facts);

/// True if the value has open bounds or principals without a SID: the reason why a comparison stays open.
bool is_partial(const value::Value& v);

}  // namespace polc::evaluate
