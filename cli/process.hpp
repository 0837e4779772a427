// The part of starting a process that is the same on every system.
#pragma once

namespace polc::cli {

/// Runs one command line (`arguments[0]` is the program's name) with the process's own streams, files and
/// surroundings; returns its exit code.
int run_process(int argument_count, const char* const* arguments);

}  // namespace polc::cli
