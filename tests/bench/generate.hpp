// The same N registry checks in the forms that polc and its peer read: half "equals", half "at least"; every
// tenth value violates its check. Deterministic.
#pragma once

#include <cstddef>
#include <string>

namespace polc::bench {

std::string policy_text(std::size_t controls);  ///< a .pol file
std::string crowded_policy_text(
    std::size_t controls);                    ///< ten controls about each value, each for hosts of its own
std::string host_json(std::size_t controls);  ///< a snapshot that holds every value
std::string oval_definitions(std::size_t controls);      ///< OVAL 5.11.1 definitions
std::string oval_characteristics(std::size_t controls);  ///< OVAL system characteristics of the same host

/// Number of checks that fail on that host.
std::size_t expected_failures(std::size_t controls);

}  // namespace polc::bench
