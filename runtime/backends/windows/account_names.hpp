// Accounts by name and by SID, as the local security authority knows them. Windows only.
#pragma once

#include <optional>
#include <string>

#include "runtime/backends/windows/handles.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

/// "S-1-5-32-544"; "" for what is no SID.
std::string sid_text(PSID sid);

/// "BUILTIN\Administrators". Only SIDs that the machine itself names are looked up (well-known ones and those below
/// `host`'s machine SID): for others Windows would ask the network. nullopt when it has no name for it.
std::optional<std::string> account_name_of(const std::string& sid, const value::HostEvidence& host);

}  // namespace polc::backends::windows
