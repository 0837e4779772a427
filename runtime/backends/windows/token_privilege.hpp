// A privilege of this process that is switched on for a while. Windows only.
#pragma once

#include <windows.h>

#include "runtime/os/windows/handle.hpp"

namespace polc::backends::windows {

/// Switches on what the account has anyway; nothing happens when it has not. As it was at the end.
class TokenPrivilege {
 public:
  explicit TokenPrivilege(const wchar_t* name);
  ~TokenPrivilege();
  TokenPrivilege(const TokenPrivilege&) = delete;
  TokenPrivilege& operator=(const TokenPrivilege&) = delete;

 private:
  os::WindowsHandle token_;
  TOKEN_PRIVILEGES before_{};  ///< what was changed; empty when nothing was
};

}  // namespace polc::backends::windows
