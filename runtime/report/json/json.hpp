// The JSON report: everything an auditor needs, in a documented, versioned form (docs/report-json.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/report/report.hpp"

namespace polc::report {

/// Value of "format" in every report; changes only when a reader would have to.
inline constexpr std::string_view kReportFormat = "polc-report/1";

/// Every control of every run with its evidence and explanation. Deterministic order; only ASCII in the output, so
/// nothing in it can act on a terminal. Values of sensitive facts are never in it.
std::string write_json(const std::vector<RunReport>& reports);

/// JSON Schema (draft 2020-12) of that form: `polc schema report`.
std::string report_schema();

}  // namespace polc::report
