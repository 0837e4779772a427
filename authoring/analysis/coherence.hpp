// What facts of one object say about one another: what is not there has no properties, and what is reached is allowed.
#pragma once

#include <utility>
#include <vector>

#include "authoring/analysis/assumed_facts.hpp"
#include "runtime/value/fact.hpp"

namespace polc::analysis {

/// What a location is of its object: a registry value of its key, an attribute of the web server, the start of a service.
struct ObjectRole {
  std::string object;   ///< identity, one for all locations of the object; "" for what has none
  bool itself = false;  ///< whether the object is there
};
ObjectRole object_role(const value::Address& location);

/// Pairs of locations that cannot have any values side by side, the one that decides first.
std::vector<std::pair<LocationId, LocationId>> related_locations(const Locations& locations);

/// Whether a host can have both facts, each present or absent, at two related locations.
bool can_be_together(const value::Address& first, const value::Fact& first_fact, const value::Address& second,
                     const value::Fact& second_fact);

/// Whether both are sets of addresses of which one lies inside the other: who reaches a port, and who is allowed to.
bool hold_addresses(const value::Address& first, const value::Address& second);

}  // namespace polc::analysis
