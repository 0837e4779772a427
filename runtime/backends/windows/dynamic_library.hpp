// A library of Windows that may be missing, or may lack a call. Windows only.
#pragma once

#include <windows.h>

#include <cstring>

namespace polc::backends::windows {

/// Loaded from the system folder alone, so that no file beside polc.exe takes its place.
class DynamicLibrary {
 public:
  explicit DynamicLibrary(const wchar_t* name)
      : module_(LoadLibraryExW(name, nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32)) {}
  ~DynamicLibrary() {
    if (module_ != nullptr) FreeLibrary(module_);
  }
  DynamicLibrary(const DynamicLibrary&) = delete;
  DynamicLibrary& operator=(const DynamicLibrary&) = delete;

  /// nullptr when there is no such call.
  template <class Function>
  Function call(const char* name) const {
    const FARPROC found = module_ == nullptr ? nullptr : GetProcAddress(module_, name);
    Function function = nullptr;
    static_assert(sizeof function == sizeof found);
    std::memcpy(&function, &found, sizeof function);
    return function;
  }

 private:
  HMODULE module_;
};

}  // namespace polc::backends::windows
