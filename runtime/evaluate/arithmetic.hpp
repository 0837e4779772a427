// Operations that make values of values.
#pragma once

#include <vector>

#include "runtime/evaluate/outcome.hpp"
#include "runtime/ir/program.hpp"

namespace polc::evaluate {

/// Result of a value operation whose operands are all present: Present, Absent (a missing map key), Mistyped, or
/// Unknown(overflow). `first_type` is the static type of the first operand.
value::Fact calculate(const ir::Node& node, const std::vector<Outcome>& operands, value::Type first_type);

}  // namespace polc::evaluate
