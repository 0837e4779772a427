// Firewall rules in the form in which the registry keeps them ([MS-GPFAS] 2.2.2.19):
//
//   v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=443|App=System|Name=Web|
//
// Fields may repeat (Profile, LPort, RA4). A field that limits the rule in a way this version does not model
// sets `has_other_conditions`; nothing is guessed about it.
#pragma once

#include <string_view>

#include "runtime/formats/parse_error.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::formats {

/// The rule without store, id and origin, which the text does not carry. An error where Windows would not
/// take the rule either: no version, no direction, an action or a number it does not know. At most
/// limits::kFirewallRuleBytes bytes.
Parsed<value::FirewallRuleRow> parse_firewall_rule(std::string_view text);

}  // namespace polc::formats
