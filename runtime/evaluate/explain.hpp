// Why a control has the verdict it has: the power assertion of docs/language.md §8, as data. Made on demand, for
// controls that are shown; runtime/evaluate/render_explanation.hpp turns it into lines of text.
#pragma once

#include "runtime/evaluate/result.hpp"

namespace polc::evaluate {

/// Every sub-expression with its value and evidence, for the guard and each require of the control that `result`
/// is about; passing ones too. Texts in it come from policy and host unescaped. Values of sensitive attributes
/// appear as "met" or "unmet" only.
ControlExplanation explain(const ir::Program& program, const value::FactTable& facts, const Options& options,
                           const ControlResult& result);

}  // namespace polc::evaluate
