// Connects the process to the command line; Windows hands it over as UTF-16.
#include <fcntl.h>
#include <io.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "cli/process.hpp"
#include "runtime/os/windows/console_output.hpp"
#include "runtime/os/windows/wide_text.hpp"

namespace {

/// Policies and messages are bytes: a C runtime that turns LF into CRLF would change the one and break the other.
void take_bytes(std::string_view verb) {
  if (verb != "fmt" && verb != "lsp") return;
  _setmode(_fileno(stdin), _O_BINARY);
  _setmode(_fileno(stdout), _O_BINARY);
}

}  // namespace

int wmain(int argc, wchar_t** argv) {
  std::vector<std::string> arguments;
  for (int i = 0; i < argc; ++i) arguments.push_back(polc::os::utf8_text(argv[i]));
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  if (arguments.size() > 1) take_bytes(arguments[1]);
  const polc::os::ConsoleOutput console;
  return polc::cli::run_process(argc, pointers.data());
}
