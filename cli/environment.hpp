// Everything the command line touches, passed in: tests run the whole tool without a process.
#pragma once

#include <iosfwd>

#include "runtime/os/file_system.hpp"
#include "runtime/os/system.hpp"

namespace polc::cli {

struct Environment {
  std::istream& in;   ///< policies to format, requests of an editor
  std::ostream& out;  ///< reports
  std::ostream& err;  ///< messages and progress
  os::FileSystem& files;
  os::System& system;
};

/// Exit codes (docs/cli.md). The worst of several counts, in the order of `worse_exit_code`.
enum ExitCode : int {
  kSuccess = 0,
  kFailures = 1,
  kUndecided = 2,
  kPolicyError = 3,
  kEvidenceError = 4,
  kUsageError = 64,
  kInternalError = 70,
};

/// Runs one command line (without the program's name) and returns the process's exit code.
int run(int argument_count, const char* const* arguments, Environment& environment);

}  // namespace polc::cli
