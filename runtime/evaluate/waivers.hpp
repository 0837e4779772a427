// Waivers: the one place where a raw verdict becomes another one.
#pragma once

#include <vector>

#include "runtime/evaluate/result.hpp"

namespace polc::evaluate {

/// States of all waivers on this host at `options.as_of`, in program order; and in `results`, a failing
/// control that an active waiver covers becomes Waived (its raw verdict stays Fail). Of several active ones
/// the latest `until` counts, then source order. `host` nullopt: the name is not known, no waiver matches.
std::vector<WaiverResult> apply_waivers(const ir::Program& program, const Options& options,
                                        const std::optional<std::string>& host,
                                        std::vector<ControlResult>& results);

}  // namespace polc::evaluate
