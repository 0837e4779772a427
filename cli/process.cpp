#include "cli/process.hpp"

#include <iostream>
#include <memory>

#include "cli/environment.hpp"

namespace polc::cli {

int run_process(int argument_count, const char* const* arguments) {
  std::ios::sync_with_stdio(false);
  const std::unique_ptr<os::FileSystem> files = os::real_file_system();
  const std::unique_ptr<os::System> system = os::real_system();
  Environment environment{std::cin, std::cout, std::cerr, *files, *system};
  const int code = run(argument_count, arguments, environment);
  std::cout.flush();
  // A report that did not reach its reader must not look like a success.
  return std::cout ? code : kInternalError;
}

}  // namespace polc::cli
