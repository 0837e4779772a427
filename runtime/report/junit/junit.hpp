// The JUnit report: one suite for each policy and host, one case for each control.
//
//   pass                       passed
//   fail                       failure
//   unknown, awaits review     error: CI servers show it among the failures, as "could not be tested"
//   not applicable, waived     skipped, with the reason
#pragma once

#include <string>
#include <vector>

#include "runtime/report/report.hpp"

namespace polc::report {

/// Failures carry the message, the values under the expression and the fix. Ends with a line feed.
std::string write_junit(const std::vector<RunReport>& reports);

}  // namespace polc::report
