// How outcomes and truth values read in explanations.
#pragma once

#include <string>

#include "runtime/evaluate/evaluator.hpp"

namespace polc::evaluate {

/// "4", "{any}", "absent (key)", "unknown: access denied".
std::string outcome_text(const Outcome& outcome);

/// "true", "false", "unknown" in the author's spelling: `negated` says that the source shows the opposite of the
/// node. An atom that absence or a wrong type settled says which way: "fails (absent)".
std::string truth_text(const AtomResult& result, bool negated);

}  // namespace polc::evaluate
