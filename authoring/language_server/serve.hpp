// Runs the language server on two streams.
#pragma once

#include <chrono>
#include <iosfwd>

#include "runtime/os/file_system.hpp"

namespace polc::authoring {

/// How long the editor has to be silent before diagnostics are made: while somebody types, they would be stale at once.
inline constexpr std::chrono::milliseconds kSilence{150};

/// Answers messages until `exit` or the end of the input. The result is the exit code of the process: 0 after `shutdown`,
/// else 1. A thread reads ahead, so that requests can be cancelled.
int serve(std::istream& in, std::ostream& out, const os::FileSystem& files);

}  // namespace polc::authoring
