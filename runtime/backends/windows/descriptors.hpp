// Security descriptors as SDDL. Windows only.
#pragma once

#include "runtime/backends/windows/handles.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

/// Owner, group and discretionary list.
inline constexpr SECURITY_INFORMATION kDescriptorParts =
    OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;

/// A descriptor as SDDL; Unknown when it cannot be written so, or takes more than limits::kSddlBytes.
value::Reading<std::string> sddl_of(PSECURITY_DESCRIPTOR descriptor, value::OriginId origin);

/// The names that the machine has for the SIDs in a descriptor.
std::vector<value::PrincipalEvidence> names_in(PSECURITY_DESCRIPTOR descriptor);

}  // namespace polc::backends::windows
