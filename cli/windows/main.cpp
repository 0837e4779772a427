// Connects the process to the command line; Windows hands it over as UTF-16.
#include <string>
#include <vector>

#include "cli/process.hpp"
#include "runtime/os/windows/console_output.hpp"
#include "runtime/os/windows/wide_text.hpp"

int wmain(int argc, wchar_t** argv) {
  std::vector<std::string> arguments;
  for (int i = 0; i < argc; ++i) arguments.push_back(polc::os::utf8_text(argv[i]));
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  const polc::os::ConsoleOutput console;
  return polc::cli::run_process(argc, pointers.data());
}
