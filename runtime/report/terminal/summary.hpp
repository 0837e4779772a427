// The head of the terminal report: what was judged, on which evidence, with which outcome. Internal to the writer.
#pragma once

#include <string>

#include "runtime/base/paint.hpp"
#include "runtime/report/report.hpp"
#include "runtime/report/terminal/terminal.hpp"

namespace polc::report::terminal {

/// Policy, host, targets with age, layer, clock, parameters that were set, counts. Ends with a line feed.
std::string summary(const RunReport& report, const TerminalOptions& options);

/// "acme.hosts on automate01: 1 fail (1 high), 3 pass": without a line feed.
std::string one_line(const RunReport& report, const TerminalOptions& options);

/// The word and colour of a verdict: "FAIL", "UNKNOWN".
std::string_view verdict_word(evaluate::Verdict verdict);
base::Ink verdict_ink(evaluate::Verdict verdict);

}  // namespace polc::report::terminal
