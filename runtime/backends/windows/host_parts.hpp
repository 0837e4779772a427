// Parts of the machine's identity that take more than one call. Windows only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/backends/windows/registry_keys.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

/// A DSROLE_MACHINE_ROLE; nullopt for numbers that have no meaning.
std::optional<value::HostRole> role_of(std::uint32_t machine_role);

/// Unicast addresses of the adapters that are up, with their prefix, without those of the loopback: "10.1.2.3/24".
value::Reading<std::vector<std::string>> own_addresses(value::Evidence& evidence);

/// What %VARIABLE% in a path means to the machine: folders that Windows itself defines, by upper-case name. The
/// environment of polc's user says nothing, and the machine's own may hold secrets, so that neither is read.
std::map<std::string, std::string> machine_variables();

}  // namespace polc::backends::windows
