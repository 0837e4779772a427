// Timing of whole processes and of functions: several rounds, the median counts.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace polc::bench {

/// What the operating system accounts to one finished process.
struct ProcessFigures {
  double cpu_ms = 0;  ///< user + system
  double wall_ms = 0;
  double peak_mb = 0;  ///< largest resident set
  int exit_code = -1;
};

/// Runs `work` in a copy of this process and gives its answer. The peak of a program counts from the peak of the
/// process that starts it, so that one must stay small.
bool run_apart(const std::function<bool()>& work);

/// Runs a program to its end, its output thrown away. exit_code -1: it could not be started or was killed.
ProcessFigures run_process(const std::vector<std::string>& command);

/// Runs the commands in turn, `rounds` times after one uncounted round; medians per command.
std::vector<ProcessFigures> run_in_turn(const std::vector<std::vector<std::string>>& commands, int rounds);

/// Median milliseconds of processor time that `work` takes over `rounds` runs after one uncounted run.
double median_ms(const std::function<void()>& work, int rounds);

}  // namespace polc::bench
