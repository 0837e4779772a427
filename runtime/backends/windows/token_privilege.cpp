#include "runtime/backends/windows/token_privilege.hpp"

namespace polc::backends::windows {

TokenPrivilege::TokenPrivilege(const wchar_t* name) {
  HANDLE token = nullptr;
  if (OpenProcessToken(GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY, &token) == 0) return;
  token_ = os::WindowsHandle(token);
  TOKEN_PRIVILEGES wanted{};
  wanted.PrivilegeCount = 1;
  wanted.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
  if (LookupPrivilegeValueW(nullptr, name, &wanted.Privileges[0].Luid) == 0) return;
  DWORD size = sizeof before_;
  if (AdjustTokenPrivileges(token, FALSE, &wanted, sizeof before_, &before_, &size) == 0)
    before_.PrivilegeCount = 0;
}

TokenPrivilege::~TokenPrivilege() {
  if (before_.PrivilegeCount != 0) AdjustTokenPrivileges(token_.get(), FALSE, &before_, 0, nullptr, nullptr);
}

}  // namespace polc::backends::windows
