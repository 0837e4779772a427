// The HTML report: one page for a reader who was not there. How much is met, section by section; then what fails, with
// evidence, reason and fix; then everything else. Light, dark and printable; needs no script and loads nothing.
#pragma once

#include <string>
#include <vector>

#include "runtime/report/report.hpp"

namespace polc::report {

/// Deterministic. Texts of hosts and policies are escaped; rationale and fix may use Markdown (runtime/report/html/rich_text.hpp).
std::string write_html(const std::vector<RunReport>& reports);

}  // namespace polc::report
