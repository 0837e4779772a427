// UTF-8 to the UTF-16 of the Windows API and back. Windows only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace polc::os {

/// nullopt when the text is not UTF-8, or holds a NUL character, at which Windows would cut it.
std::optional<std::wstring> wide_text(std::string_view utf8);

/// Unpaired surrogates, which names of files and registry keys may hold, become U+FFFD.
std::string utf8_text(std::wstring_view wide);

/// The system's words for an error of GetLastError: "Access is denied (error 5)".
std::string error_text(unsigned long error);

}  // namespace polc::os
