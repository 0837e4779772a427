// Why verdicts are unknown, in the form people read.
#pragma once

#include <vector>

#include "runtime/value/fact.hpp"

namespace polc::report {

/// The same unknowns with consecutive ports as one: 1001 of "port(40000/udp).allowed_from" and so on become
/// "port(40000..41000/udp).allowed_from", as plans and explanations name them. Ordered by reason, address, detail;
/// addresses that differ in their port alone by its number.
std::vector<value::Unknown> merge_ports(const std::vector<value::Unknown>& unknowns);

}  // namespace polc::report
