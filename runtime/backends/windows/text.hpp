// What collectors share: text of the host as UTF-8, and failures of the Windows API as reasons. Windows only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/os/windows/wide_text.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

/// The text as UTF-8; nullopt for an unpaired surrogate or a zero character, which no policy can name. What stands
/// for such a name on a screen is os::utf8_text.
std::optional<std::string> exact_text(std::wstring_view wide);

/// A text the API ends with a zero; "" for nullptr.
std::wstring_view view(const wchar_t* text);

/// Reason of a text that exact_text refuses.
value::Unknown no_text(std::string_view what);

/// A reading of a text: Present, or Unknown where exact_text refuses it.
value::Reading<std::string> text_reading(std::wstring_view wide, value::OriginId origin);

/// Why a call gave nothing. `error` is a Win32 number (also NET_API_STATUS). Denied: "error 5: RegOpenKeyEx was
/// denied; needs administrator", with `privilege` for what would help ("" = nothing known). A call that this system
/// lacks is unsupported, one that took too long timed out; all others: "NetUserModalsGet failed with 2140".
value::Unknown failure(std::string_view call, std::uint32_t error, std::string_view privilege = {});

/// The same for an NTSTATUS of the Lsa functions.
value::Unknown status_failure(std::string_view call, long status, std::string_view privilege = {});

/// A call that this Windows does not have.
value::Unknown missing_call(std::string_view call);

/// More than is read: `limit` in words.
value::Unknown over_limit(std::string_view limit);

/// A new origin: the object in the host's own words, such as the path of a key or "LSA: SeTcbPrivilege".
value::OriginId add_origin(value::Evidence& evidence, std::string object);

}  // namespace polc::backends::windows
