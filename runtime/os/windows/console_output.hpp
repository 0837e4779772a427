// A console that shows what polc writes. Windows only.
#pragma once

#include <windows.h>

namespace polc::os {

/// While it lives, both standard streams carry bytes (no line end is translated), the console reads them as UTF-8 and
/// follows the control sequences of colours where it can. The console belongs to the shell, too: its settings come
/// back at the end.
class ConsoleOutput {
 public:
  ConsoleOutput();
  ~ConsoleOutput();
  ConsoleOutput(const ConsoleOutput&) = delete;
  ConsoleOutput& operator=(const ConsoleOutput&) = delete;

 private:
  struct Changed {
    HANDLE handle = nullptr;  ///< null when nothing was changed
    DWORD mode = 0;           ///< before
  };
  static Changed follow_sequences(DWORD which);

  UINT code_page_ = 0;  ///< before; 0 without a console
  Changed out_;
  Changed error_;
};

}  // namespace polc::os
