#include "runtime/os/windows/wide_text.hpp"

#include <windows.h>

#include <climits>

namespace polc::os {
namespace {

constexpr DWORD kMessageCharacters = 512;

}  // namespace

std::optional<std::wstring> wide_text(std::string_view utf8) {
  if (utf8.empty()) return std::wstring();
  if (utf8.size() > INT_MAX || utf8.find('\0') != std::string_view::npos) return std::nullopt;
  const int size = static_cast<int>(utf8.size());
  std::wstring wide(utf8.size(), L'\0');  // never more units than bytes
  const int units = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8.data(), size, wide.data(), size);
  if (units <= 0) return std::nullopt;
  wide.resize(static_cast<std::size_t>(units));
  return wide;
}

std::string utf8_text(std::wstring_view wide) {
  constexpr std::size_t kBytesPerUnit = 3;
  if (wide.empty() || wide.size() > INT_MAX / kBytesPerUnit) return {};
  std::string utf8(wide.size() * kBytesPerUnit, '\0');
  const int bytes = WideCharToMultiByte(CP_UTF8, 0, wide.data(), static_cast<int>(wide.size()), utf8.data(),
                                        static_cast<int>(utf8.size()), nullptr, nullptr);
  utf8.resize(static_cast<std::size_t>(bytes));
  return utf8;
}

std::string error_text(unsigned long error) {
  wchar_t buffer[kMessageCharacters];
  constexpr DWORD kFlags =
      FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK;
  const DWORD units = FormatMessageW(kFlags, nullptr, error, 0, buffer, kMessageCharacters, nullptr);
  std::string text = utf8_text({buffer, units});
  while (text.ends_with(' ') || text.ends_with('.')) text.pop_back();
  const std::string number = "error " + std::to_string(error);
  return text.empty() ? number : text + " (" + number + ")";
}

}  // namespace polc::os
