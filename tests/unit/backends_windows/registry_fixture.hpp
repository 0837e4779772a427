// A key of the registry that a test writes and that goes with it.
#pragma once

#include <windows.h>

#include <string>
#include <string_view>

#include "runtime/backends/windows/handles.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/unit/catch.hpp"

namespace polc::test {

/// HKLM\Software\polc-test-<process>, in the 64-bit view; `view` KEY_WOW64_32KEY for the other one.
class TestKey {
 public:
  explicit TestKey(REGSAM view = KEY_WOW64_64KEY)
      : name_(L"Software\\polc-test-" + std::to_wstring(GetCurrentProcessId())), view_(view) {
    create(L"");
  }
  ~TestKey() {
    remove_below();
    RegDeleteKeyExW(HKEY_LOCAL_MACHINE, name_.c_str(), view_, 0);
  }
  TestKey(const TestKey&) = delete;
  TestKey& operator=(const TestKey&) = delete;

  void create(const std::wstring& below) { open(below); }

  void set(const std::wstring& value, DWORD type, std::string_view bytes, const std::wstring& below = L"") {
    const auto key = open(below);
    REQUIRE(RegSetValueExW(key.get(), value.c_str(), 0, type, reinterpret_cast<const BYTE*>(bytes.data()),
                           static_cast<DWORD>(bytes.size())) == ERROR_SUCCESS);
  }

  /// Canonical: "HKLM\Software\polc-test-12\below".
  std::string path(const std::string& below = "") const {
    std::string path = "HKLM\\" + std::string(name_.begin(), name_.end());
    return below.empty() ? path : path + "\\" + below;
  }
  std::string folded(const std::string& below = "") const { return value::folded(path(below)); }

 private:
  backends::windows::KeyHandle open(const std::wstring& below) {
    const std::wstring path = below.empty() ? name_ : name_ + L"\\" + below;
    HKEY key = nullptr;
    REQUIRE(RegCreateKeyExW(HKEY_LOCAL_MACHINE, path.c_str(), 0, nullptr, 0, KEY_ALL_ACCESS | view_, nullptr,
                            &key, nullptr) == ERROR_SUCCESS);
    return backends::windows::KeyHandle(key);
  }
  void remove_below() {
    HKEY key = nullptr;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, name_.c_str(), 0, KEY_ALL_ACCESS | view_, &key) != ERROR_SUCCESS)
      return;
    RegDeleteTreeW(key, nullptr);
    RegCloseKey(key);
  }

  std::wstring name_;
  REGSAM view_;
};

}  // namespace polc::test
