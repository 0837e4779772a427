// Sets of IP addresses: parsing, set algebra, text. IPv4 and IPv6 are two families that never mix; an IPv4-mapped
// IPv6 address is an IPv6 address.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/value.hpp"

namespace polc::value {

/// What one of these spells, or nullopt:
///   10.0.0.1 · 10.0.0.0/8 · 10.0.0.0/255.0.0.0 · 10.0.0.1-10.0.0.9 · fe80::/10 · ::1 · fe80::1%eth0 ·
///   any · none · loopback
/// Host bits below a prefix are cleared (10.1.2.3/8 is 10.0.0.0/8). IPv4 octets are decimal without leading zeros
/// (RFC 6943 3.1.1), IPv6 is RFC 4291 2.2; a zone is accepted on a single IPv6 address and ignored. Words ignore
/// ASCII case; surrounding spaces are an error.
std::optional<Addresses> parse_addresses(std::string_view text);

Addresses all_addresses();       ///< any
Addresses loopback_addresses();  ///< 127.0.0.0/8 and ::1

/// Sorted, disjoint, adjacent ranges joined: the form every Addresses must have.
Addresses normalised(std::vector<AddressRange> ranges);

Addresses unite(const Addresses& a, const Addresses& b);
Addresses intersect(const Addresses& a, const Addresses& b);
Addresses subtract(const Addresses& a, const Addresses& b);
bool is_subset(const Addresses& part, const Addresses& whole);

/// "any", "none", "loopback", or the fewest terms in order: "10.0.0.0/8, 10.1.0.1-10.1.0.9, fe80::/10". More than
/// one term stands in braces. IPv6 as in RFC 5952.
std::string to_text(const Addresses& addresses);

}  // namespace polc::value
