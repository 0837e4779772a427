// SIDs of the API as principals. Windows only.
#pragma once

#include <windows.h>

#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

/// "S-1-5-32-544"; "" for what is no SID.
std::string sid_text(PSID sid);

/// A principal by its SID, with the name that the machine itself can tell: SIDs of domains are not looked up, since that
/// asks a domain controller. nullopt for what is no SID.
std::optional<value::PrincipalEvidence> principal_of(PSID sid);

/// SID of a local group or account, "" when nobody has the name. `authority` is "BUILTIN" or the machine's name.
std::string local_sid(const std::wstring& authority, const std::wstring& name, SID_NAME_USE kind);

/// Name of the machine, as an authority of accounts.
std::wstring machine_authority();

/// A call answered with a SID that is none.
value::Unknown no_sid(std::string_view call);

}  // namespace polc::backends::windows
