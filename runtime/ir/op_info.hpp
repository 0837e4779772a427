// Facts about the operations of the program: what each needs. Shared by verifier, evaluator and explanations.
#pragma once

#include "runtime/ir/program.hpp"

namespace polc::ir {

inline constexpr Op kLastOp = Op::Select;
inline constexpr Comparison kLastComparison = Comparison::NotHasBits;

/// True for operations that give a truth value, false for those that give a value.
constexpr bool is_boolean(Op op) {
  return op >= Op::True;
}

/// True for operations that settle absence and wrong types: where values become truth.
constexpr bool is_atom(Op op) {
  return op == Op::Compare || op == Op::Holds || op == Op::IsPresent || op == Op::IsResolved;
}

/// Bounds on the number of operands. Max UINT32_MAX: only the limit on operands applies.
struct Arity {
  std::uint32_t min = 0;
  std::uint32_t max = 0;
};
Arity arity_of(Op op);

/// "Compare", for messages about programs.
std::string_view op_name(Op op);

/// The comparison that is true exactly when this one is false (for definite operands).
Comparison opposite(Comparison comparison);

/// An equality or order with its sides exchanged: `1 < x` is `x > 1`. nullopt for the others.
std::optional<Comparison> mirrored(Comparison comparison);

/// As written in a policy: "==", "not in", "has_bits".
std::string_view comparison_text(Comparison comparison);

}  // namespace polc::ir
