// Connects the process to the command line.
#include <cstdio>
#include <iostream>
#include <memory>

#include "cli/environment.hpp"

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

int main(int argc, char** argv) {
#ifdef _WIN32
  // Reports are bytes: no translation of line endings.
  _setmode(_fileno(stdout), _O_BINARY);
#endif
  std::ios::sync_with_stdio(false);
  const std::unique_ptr<polc::os::FileSystem> files = polc::os::real_file_system();
  const std::unique_ptr<polc::os::System> system = polc::os::real_system();
  polc::cli::Environment environment{std::cout, std::cerr, *files, *system};
  const int code = polc::cli::run(argc, argv, environment);
  std::cout.flush();
  // A report that did not reach its reader must not look like a success.
  return std::cout ? code : polc::cli::kInternalError;
}
