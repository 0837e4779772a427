// Security principals by name: well-known SIDs, computed SIDs of virtual accounts, and what needs the host.
// Sources: [MS-DTYP] 2.4.2.4 (well-known SIDs); windows.md B.5 measured the computed ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/resource.hpp"
#include "runtime/value/value.hpp"

namespace polc::value {

/// The principal that a text means, without asking a host:
///   'S-1-5-32-544'                                   that SID
///   'Administrators', 'BUILTIN\Administrators',
///   'SYSTEM', 'NT AUTHORITY\SYSTEM'                  a well-known SID; the authority must be the right one
///   'Domain Admins', 'Guest'                         relative to the domain or the machine, by RID
///   'IIS AppPool\X', 'NT SERVICE\X'                  computed SIDs
///   '.\name', 'DOMAIN\name', 'name@domain'           Form::Name, resolved with the host's evidence
/// nullopt for an unqualified name that is no alias, and for a name the well-known authorities do not have.
/// Names ignore case.
std::optional<Principal> principal_from_text(std::string_view text);

/// The alias that `text` is most likely a misspelling of; "" when nothing is close.
std::string_view nearest_alias(std::string_view text);

/// S-1-5-82-...: SHA-1 of the lower-case UTF-16LE name as five little-endian DWORDs.
std::string application_pool_sid(std::string_view name);

/// S-1-5-80-...: likewise of the upper-case name.
std::string service_sid(std::string_view name);

/// First alias of an absolute well-known SID; nullptr if it has none.
const WellKnownPrincipal* well_known_by_sid(std::string_view sid);

/// A resolved principal that exists nowhere: what a domain-relative alias means on a host without a domain.
inline constexpr std::string_view kNobody = "-";

/// As a policy would write it, and never a name that a policy would take for somebody else: the alias of a
/// well-known SID, else its name if it cannot be mistaken, else the SID.
std::string to_text(const Principal& principal);

}  // namespace polc::value
