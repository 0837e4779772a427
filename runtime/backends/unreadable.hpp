// Evidence that says why there is none.
#pragma once

#include "runtime/backends/plan_slice.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends {

/// Marks everything that the slice names (nullptr: every section) as Unknown for one reason. What another target
/// answers stays an answer.
void mark_unreadable(value::Evidence& evidence, const PlanSlice* slice, const value::Unknown& why,
                     value::OriginId origin);

}  // namespace polc::backends
