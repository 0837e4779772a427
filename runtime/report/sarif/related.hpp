// Related locations of a result (section 3.27.22): what decided, and where to look. Internal to the SARIF writers.
#pragma once

#include <string>
#include <vector>

#include "runtime/report/report.hpp"
#include "runtime/report/sarif/document.hpp"

namespace polc::report::sarif {

/// Numbered locations, and the sentence that links to them: GitHub shows only those that the message links to.
struct Related {
  std::vector<Json> locations;
  std::string sentence;  ///< "See [requirement 1](1), [evidence](2)."; may be empty
};

/// The requirements that decided, the parameters they mention, the evidence inside the root, and the waiver.
Related related_locations(const RunReport& report, const evaluate::ControlResult& result,
                          const evaluate::ControlExplanation& explanation);

}  // namespace polc::report::sarif
