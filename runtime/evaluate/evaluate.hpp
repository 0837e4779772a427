// Verdicts: a pure function of the program, one host's facts and the clock (docs/language.md §4, §6, §7).
#pragma once

#include "runtime/evaluate/result.hpp"

namespace polc::evaluate {

/// Evaluates the controls that `options` names. The program must have passed ir::verify, the table must have
/// been made for it. Bounded by limits::kEvaluationSteps for each control: what exceeds it is
/// Unknown(budget). Thread-safe: several hosts may be evaluated against one program at once.
Evaluation evaluate(const ir::Program& program, const value::FactTable& facts, const Options& options);

/// Fact of a control's attestation: the key, and the age it may have.
value::Address attestation_address(const ir::Program& program, const ir::Manual& manual);

}  // namespace polc::evaluate
