// Running another program and reading what it prints, with bounds on time and size.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace polc::os {

struct ProcessRequest {
  std::vector<std::string> command;  ///< program and arguments; the program is found as the system finds it
  std::string input;                 ///< written to its standard input, which is then closed
  std::chrono::milliseconds time_limit{};
  std::size_t output_limit = 0;  ///< bytes of standard output
};

enum class ProcessEnd { Exited, Crashed, TimedOut, TooMuchOutput, NotStarted };

struct ProcessResult {
  ProcessEnd end = ProcessEnd::NotStarted;
  int code = 0;        ///< exit code, or signal where it crashed
  std::string output;  ///< what came before the end, at most output_limit bytes
  std::string errors;  ///< the first kilobytes of its standard error
  std::string detail;  ///< the system's words, when it could not be started
};

/// Runs a program to its end, or ends it with all that it started. It gets the variables that programs need to run
/// (PATH, HOME, SystemRoot and the like) and no others: a secret handed over in a variable does not reach it.
ProcessResult run_process(const ProcessRequest& request);

/// "python3 'my probe.py' -x" as words: separated by spaces, kept together by single or double quotes. Empty when a
/// quote is not closed.
std::vector<std::string> split_command(const std::string& text);

/// "exited with 3", "was ended after 60 s".
std::string end_text(const ProcessRequest& request, const ProcessResult& result);

}  // namespace polc::os
