// The firewall's policy store as a Group Policy object writes it.
#pragma once

#include "runtime/value/evidence.hpp"

namespace polc::backends::gpo {

/// Folded canonical key of the policy store.
std::string firewall_store_key();

/// Profiles and rules from the keys of the policy store in evidence.registry, which has been closed. Of the machine's own
/// store a policy says nothing.
void read_firewall_policy(value::Evidence& evidence);

}  // namespace polc::backends::gpo
