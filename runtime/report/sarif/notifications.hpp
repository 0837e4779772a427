// What could not be read and what is wrong with the configuration, as notifications (section 3.58). Internal to
// the SARIF writers.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "runtime/report/notices.hpp"
#include "runtime/report/report.hpp"
#include "runtime/report/sarif/document.hpp"

namespace polc::report::sarif {

/// Rule indices of the run by control, for associatedRule.
using RuleIndices = std::map<std::uint32_t, std::size_t>;

struct Notifications {
  std::vector<Json> execution;
  std::vector<Json> configuration;
  std::set<std::uint16_t> kinds;  ///< diagnostic codes used: the driver describes them
};

/// Facts that could not be read and messages about targets are execution notifications; waivers, parameters and
/// everything else concern the configuration. Level "error" says that the run failed (section 3.58.6), so only a
/// target that could not be opened has it.
Notifications notifications(const RunReport& report, const RuleIndices& rules);

}  // namespace polc::report::sarif
