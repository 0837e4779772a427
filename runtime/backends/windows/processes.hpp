// Who owns a socket: processes by number, and the services they host. Windows only.
#pragma once

#include <windows.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

/// What runs now, asked once for all sockets. A process that ends meanwhile becomes Unknown.
class Processes {
 public:
  Processes();

  /// Path of the program; its file name where the path is not to be had; "System" for the kernel.
  value::Reading<std::string> program(DWORD process_id, value::OriginId origin);

  /// The service that the process hosts. Absent only when its token shows that it acts for none: a child of a service
  /// acts for it, too. Unknown where it hosts several.
  value::Reading<std::string> service(DWORD process_id, value::OriginId origin);

 private:
  struct Owner {
    value::Reading<std::string> program;
    value::Reading<std::string> service;
  };
  const Owner& owner(DWORD process_id);
  value::Reading<std::string> find_program(DWORD process_id, HANDLE process, DWORD error) const;
  value::Reading<std::string> find_service(DWORD process_id, HANDLE process, DWORD error) const;

  std::map<DWORD, std::vector<std::wstring>> services_;
  std::map<DWORD, std::wstring> file_names_;
  std::map<DWORD, Owner> known_;
};

}  // namespace polc::backends::windows
