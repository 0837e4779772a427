// What the tables of the resource catalogue share: short names of types, and the positions of enumerations and records
// that types refer to. Of no use elsewhere.
#pragma once

#include <cstdint>

#include "runtime/value/type.hpp"

namespace polc::value::catalogue {

using K = TypeKind;

inline constexpr Type kBool = simple(K::Bool);
inline constexpr Type kInt = simple(K::Int);
inline constexpr Type kText = simple(K::Text);
inline constexpr Type kName = simple(K::Name);
inline constexpr Type kPath = simple(K::Path);
inline constexpr Type kDuration = simple(K::Duration);
inline constexpr Type kDate = simple(K::Date);
inline constexpr Type kPort = simple(K::Port);
inline constexpr Type kPrincipal = simple(K::Principal);
inline constexpr Type kAddresses = simple(K::AddressSet);
inline constexpr Type kRegistry = simple(K::Registry);

// Indices into enumerations(); the order of the two lists must agree (checked by a unit test).
enum EnumIndex : std::uint16_t {
  kRole,
  kInstallation,
  kTlsState,
  kTlsSide,
  kServiceState,
  kServiceStart,
  kAuditOutcome,
  kCharacterClass,
  kExposureState,
  kPolicyStateEnum,
  kFirewallProfile,
  kFirewallAction,
  kDirection,
  kAceType,
  kScope,
  kProtocol,
};

// Indices into records().
enum RecordIndex : std::uint16_t {
  kListener,
  kIisElement,
  kAccountRow,
  kFirewallRule,
  kShareRow,
  kCertificateRow,
  kVolumeRow,
  kAce,
};

}  // namespace polc::value::catalogue
