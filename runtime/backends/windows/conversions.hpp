// What numbers and structures of the Windows API mean as evidence. Pure: nothing is asked of the machine. Windows only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/windows/handles.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

// --- account_policy.cpp (MicrosoftDocs/sdk-api lmaccess.h: USER_MODALS_INFO_0 and _3)

/// Lengths and ages of passwords; times in seconds, TIMEQ_FOREVER is "never".
void put_password_rules(const USER_MODALS_INFO_0& rules, value::OriginId origin,
                        value::AccountPolicyEvidence& policy);

/// Lockout. A threshold of 0 is "never", and leaves the two times without a meaning: they are absent.
void put_lockout_rules(const USER_MODALS_INFO_3& rules, value::OriginId origin,
                       value::AccountPolicyEvidence& policy);

// --- audit_policy.cpp

/// Members of audit_outcome for AUDIT_POLICY_INFORMATION::AuditingInformation.
std::vector<std::string> audit_outcomes(std::uint32_t auditing);

/// Lower case, without braces.
std::string guid_text(const GUID& guid);

// --- services.cpp

/// Member of service_state for SERVICE_STATUS::dwCurrentState; nullopt for a number that is none.
std::optional<std::string_view> service_state(std::uint32_t state);

/// Member of service_start for QUERY_SERVICE_CONFIGW::dwStartType.
std::optional<std::string_view> service_start(std::uint32_t start, bool delayed);

// --- accounts.cpp

/// Enabled, password_required, password_expires from the UF_ flags of lmaccess.h.
void put_account_flags(std::uint32_t flags, value::AccountRow& row);

// --- listeners.cpp

/// A port as the IP tables keep it: in the low 16 bits, in network order.
std::uint16_t port_number(std::uint32_t table_port);

/// "127.0.0.1" of an address in network order, "::1" of 16 bytes. A scope of IPv6 is left out.
std::string ipv4_text(std::uint32_t address);
std::string ipv6_text(const std::uint8_t (&address)[16]);

// --- certificates.cpp

/// Days since 1970 of the UTC day.
value::Date date_of(const FILETIME& time);

// --- firewall.cpp

/// Profiles of a set of NET_FW_PROFILE_TYPE2 bits.
std::vector<value::FirewallProfile> firewall_profiles(long types);

/// What the firewall says about a profile, beside what the registry says of it. Where it disagrees with both stores the
/// state is a conflict; where it does not answer (`api` is Unknown), nothing shows that the firewall runs at all, and
/// "enabled" is not believed.
void cross_check(const value::Reading<bool>& api, value::FirewallProfileRow& policy,
                 value::FirewallProfileRow& local);

}  // namespace polc::backends::windows
