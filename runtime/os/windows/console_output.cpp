#include "runtime/os/windows/console_output.hpp"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>

namespace polc::os {

ConsoleOutput::Changed ConsoleOutput::follow_sequences(DWORD which) {
  const HANDLE handle = GetStdHandle(which);
  DWORD mode = 0;
  if (GetConsoleMode(handle, &mode) == 0) return {};
  if (SetConsoleMode(handle, mode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING) == 0)
    return {};
  return {handle, mode};
}

ConsoleOutput::ConsoleOutput() : code_page_(GetConsoleOutputCP()) {
  _setmode(_fileno(stdout), _O_BINARY);
  _setmode(_fileno(stderr), _O_BINARY);
  if (code_page_ != 0) SetConsoleOutputCP(CP_UTF8);
  out_ = follow_sequences(STD_OUTPUT_HANDLE);
  error_ = follow_sequences(STD_ERROR_HANDLE);
}

ConsoleOutput::~ConsoleOutput() {
  // In reverse: where both streams are one console, the first one saw its own mode.
  if (error_.handle != nullptr) SetConsoleMode(error_.handle, error_.mode);
  if (out_.handle != nullptr) SetConsoleMode(out_.handle, out_.mode);
  if (code_page_ != 0) SetConsoleOutputCP(code_page_);
}

}  // namespace polc::os
