// What Windows does while nothing is configured: the documented defaults behind `or default`, by build and role.
// Only what a source states is here; everything else is "default unknown".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/value/fact_table.hpp"
#include "runtime/value/value.hpp"

namespace polc::value {

/// One row: the first that matches a host's build and role decides. An empty value: absent also by default.
struct KnownDefault {
  std::uint32_t min_build = 0;
  std::uint32_t max_build = UINT32_MAX;
  std::uint8_t roles = 7;  ///< bits: 1 dc, 2 member, 4 workgroup
  Value value;
  friend bool operator==(const KnownDefault&, const KnownDefault&) = default;
};

/// Rows for a fact of tls, password_policy, user_right or registry; empty when none are documented. Settings of
/// the Group Policy catalogue carry their own.
std::vector<KnownDefault> known_defaults(const Address& address);

/// What SCHANNEL does with a protocol while its two registry values are missing, value by value.
struct TlsDefault {
  bool enabled = true;
  bool disabled_by_default = false;
};

/// nullopt where no source covers the protocol on that build. `protocol` is spelled as below SCHANNEL\Protocols:
/// "TLS 1.0".
std::optional<TlsDefault> tls_default(std::string_view protocol, bool server, std::uint32_t build);

/// The member of the enumeration tls_state that two registry values make.
std::string_view tls_state(bool enabled, bool disabled_by_default);

}  // namespace polc::value
