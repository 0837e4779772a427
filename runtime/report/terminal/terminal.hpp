// The report for people at a terminal: summary first, then what needs attention, most severe first.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/report/report.hpp"

namespace polc::report {

struct TerminalOptions {
  bool color = false;       ///< ANSI colours
  std::size_t width = 100;  ///< columns
  bool quiet = false;       ///< one line for each run
  bool verbose = false;     ///< passing and not applicable controls too, with their values
};

/// One block for each run. Ends with a line feed. Text of hosts and policies is escaped.
std::string write_terminal(const std::vector<RunReport>& reports, const TerminalOptions& options);

}  // namespace polc::report
