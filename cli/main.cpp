// Connects the process to the command line.
#include <climits>
#include <cstdio>
#include <iostream>
#include <memory>

#include "cli/environment.hpp"

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#elif defined(__GLIBC__)
#include <malloc.h>
#endif

namespace {

/// A process of a few milliseconds gives no memory back: what one step frees, the next one takes, already mapped.
void keep_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_TOP_PAD, 1 << 20);
#endif
}

}  // namespace

int main(int argc, char** argv) {
#ifdef _WIN32
  // Reports are bytes: no translation of line endings.
  _setmode(_fileno(stdout), _O_BINARY);
#endif
  keep_memory();
  std::ios::sync_with_stdio(false);
  const std::unique_ptr<polc::os::FileSystem> files = polc::os::real_file_system();
  const std::unique_ptr<polc::os::System> system = polc::os::real_system();
  polc::cli::Environment environment{std::cout, std::cerr, *files, *system};
  const int code = polc::cli::run(argc, argv, environment);
  std::cout.flush();
  // A report that did not reach its reader must not look like a success.
  return std::cout ? code : polc::cli::kInternalError;
}
