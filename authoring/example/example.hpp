// An example host for a control: a snapshot with no more in it than gives the verdict that is asked for, so that anybody can
// ask a control "what would you accept?".
#pragma once

#include <cstdint>
#include <string>

#include "authoring/analysis/analysis.hpp"

namespace polc::example {

enum class Verdict : std::uint8_t { Pass, Fail, Unknown, Review, NotApplicable };

struct Example {
  analysis::Answer answer = analysis::Answer::Undetermined;
  std::string snapshot;  ///< of Found: YAML that polc reads
  std::string reason;    ///< of Undetermined
};

/// The host is found by the analysis, written as a snapshot, read again, and judged: Found means that the snapshot gives the
/// verdict, before waivers, with `as_of` (seconds since 1970, UTC) as the clock. Never means that no host does.
Example find_example(const analysis::ControlView& control, Verdict verdict, std::int64_t as_of);

}  // namespace polc::example
