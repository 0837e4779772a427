// Windows Firewall as the registry keeps it: settings of profiles and rules below the key of a store ([MS-GPFAS] 2.2). One
// reader for every backend that can read keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/evidence.hpp"

namespace polc::backends {

/// Where the stores are, without hive: below HKLM\SOFTWARE, and below the control set in HKLM\SYSTEM.
inline constexpr std::string_view kPolicyFirewall = "Policies\\Microsoft\\WindowsFirewall";
inline constexpr std::string_view kLocalFirewall = "Services\\SharedAccess\\Parameters\\FirewallPolicy";

struct FirewallValue {
  std::string name;
  value::Reading<value::RegistryData> data;  ///< Absent: a policy deletes it
};

/// A key at or below that of a store.
struct FirewallKey {
  value::Reading<bool> presence;             ///< `value` means nothing; the origin is the key's
  std::vector<FirewallValue> values;         ///< of a key that is present
  std::optional<value::Unknown> unfinished;  ///< why there may be values that are not listed
};

/// The keys of one store, as a backend reads them.
class FirewallKeys {
 public:
  virtual ~FirewallKeys() = default;

  /// `path` is below the store's key; "" is that key itself.
  virtual FirewallKey key(const std::string& path) = 0;

  /// Names of all subkeys; Absent where there is no such key.
  virtual value::Reading<std::vector<std::string>> subkeys(const std::string& path) = 0;
};

/// Adds the profiles of a store and its rules to evidence.firewall. Rules of a kind or a store that is not read, and what
/// could not be read, leave the rules open. The table of profiles is not closed: it is about both stores.
void read_firewall_store(FirewallKeys& keys, value::FirewallStore store, value::Evidence& evidence);

}  // namespace polc::backends
