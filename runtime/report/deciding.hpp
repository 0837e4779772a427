// What of a run readers look at first: the controls that need attention, and the parts of them that decide.
#pragma once

#include <string>
#include <vector>

#include "runtime/report/report.hpp"

namespace polc::report {

/// The controls with this verdict, most severe first, then in source order.
std::vector<const evaluate::ControlResult*> with_verdict(const RunReport& report, evaluate::Verdict verdict);

/// One group of the policy, as judged.
struct Section {
  std::string title;  ///< as written; "Other controls" for those outside of groups
  Counts counts;
};

/// The groups that have controls in this run, in the order of their first control.
std::vector<Section> sections_of(const RunReport& report);

/// The parts of an explanation that the verdict rests on: requirements that fail, are unknown or, of a pass, hold; the guard
/// where it is unknown or does not apply. None of a control that awaits review. Pointers into `explanation`.
std::vector<const evaluate::Explanation*> deciding(const evaluate::ControlResult& result,
                                                   const evaluate::ControlExplanation& explanation);

}  // namespace polc::report
