#include "authoring/analysis/coherence.hpp"

#include <algorithm>
#include <map>

#include "runtime/value/addresses.hpp"
#include "runtime/value/iis_schema.hpp"

namespace polc::analysis {
namespace {

using value::Address;
using value::AddressSet;
using value::Fact;
using value::FactStatus;
using value::ResourceKind;

std::string_view name_of(const Address& address) {
  return value::resource_info(address.resource).attributes[address.attribute].name;
}

bool is_primary(const Address& address) {
  return value::resource_info(address.resource).primary == address.attribute;
}

bool is_iis(ResourceKind kind) {
  return kind == ResourceKind::Iis || kind == ResourceKind::IisList || kind == ResourceKind::IisPaths;
}

/// The web server itself: `iis is present`.
bool is_web_server(const Address& address) {
  return address.resource == ResourceKind::Iis &&
         std::all_of(address.arguments.begin(), address.arguments.end(),
                     [](const value::Value& argument) { return argument.empty(); });
}

/// The key that a registry value is in.
Address key_of(const Address& value) {
  Address key{ResourceKind::RegistryKey, 0, value.arguments};
  key.arguments.erase(key.arguments.begin() + 1);
  return key;
}

/// Locations of one object have one key; "" for what has no object.
std::string object_of(const Address& address) {
  if (is_iis(address.resource)) return "iis";
  if (address.resource == ResourceKind::Host || address.resource == ResourceKind::PasswordPolicy) return {};
  if (address.resource == ResourceKind::Registry) return location_key(key_of(address));
  Address object = address;
  object.attribute = 0;
  return location_key(object);
}

/// Lower decides: the key before its values, the web server before its attributes, the object before its properties.
int rank(const Address& address) {
  if (address.resource == ResourceKind::Registry) return 2;
  if (address.resource == ResourceKind::Iis) return is_web_server(address) ? 0 : 1;
  if (address.resource == ResourceKind::Port) return name_of(address) == "reachable_from" ? 0 : 1;
  return is_primary(address) ? 0 : 1;
}

/// Never absent where its object is there.
bool comes_with_object(const Address& address) {
  switch (address.resource) {
    case ResourceKind::Registry:
    case ResourceKind::IisList:
    case ResourceKind::IisPaths:
      return false;
    case ResourceKind::Account:
    case ResourceKind::Http:
      return true;
    case ResourceKind::Acl:
    case ResourceKind::ShareAcl:
    case ResourceKind::RegistryAcl:
      return name_of(address) != "owner";
    case ResourceKind::Iis: {
      const auto* section = address.argument<std::string>(0);
      const auto* attribute = address.argument<std::string>(1);
      const auto* element = section != nullptr ? value::find_iis_element(*section) : nullptr;
      const auto* known = element != nullptr && attribute != nullptr
                              ? value::find_iis_attribute(element->attributes, *attribute)
                              : nullptr;
      // A path may be of a site that is not there.
      const bool of_the_server = address.arguments.size() < 3 || address.arguments[2].empty();
      return is_web_server(address) || (of_the_server && known != nullptr && value::iis_default(*known));
    }
    default:
      return is_primary(address);
  }
}

bool is_reach_possible(const Fact& reachable, const Address& second, const Fact& fact) {
  const auto* reached = reachable.value.get<AddressSet>();
  if (reached == nullptr) return true;
  if (const auto* allowed = fact.value.get<AddressSet>())
    return value::is_subset(reached->low, allowed->high);
  const auto* listeners = fact.value.get<value::ListValue>();
  return name_of(second) != "listeners" || listeners == nullptr || !listeners->items.empty() ||
         reached->low.ranges.empty();
}

}  // namespace

ObjectRole object_role(const Address& location) {
  return {object_of(location), rank(location) == 0};
}

std::vector<std::pair<LocationId, LocationId>> related_locations(const Locations& locations) {
  std::map<std::string, std::vector<LocationId>> objects;
  for (LocationId id = 0; id < locations.size(); ++id) {
    std::string object = object_of(locations.address(id));
    if (!object.empty()) objects[std::move(object)].push_back(id);
  }
  std::vector<std::pair<LocationId, LocationId>> pairs;
  for (const auto& [object, members] : objects) {
    const auto first = std::min_element(members.begin(), members.end(), [&](LocationId a, LocationId b) {
      return rank(locations.address(a)) < rank(locations.address(b));
    });
    const bool values_alone = locations.address(*first).resource == ResourceKind::Registry;
    for (const LocationId other : members) {
      if (other != *first && !values_alone) pairs.emplace_back(*first, other);
    }
  }
  return pairs;
}

bool hold_addresses(const Address& first, const Address& second) {
  return first.resource == ResourceKind::Port && name_of(first) == "reachable_from" &&
         name_of(second) == "allowed_from";
}

bool can_be_together(const Address& first, const Fact& first_fact, const Address& second,
                     const Fact& second_fact) {
  if (first.resource == ResourceKind::Port)
    return name_of(first) != "reachable_from" || is_reach_possible(first_fact, second, second_fact);
  const bool there = first_fact.status == FactStatus::Present;
  const bool also_there = second_fact.status == FactStatus::Present;
  if (there == also_there) return true;
  // A property shows that there is an object, and with it all that comes with it.
  if (there) return !comes_with_object(second);
  const bool shows_absence = comes_with_object(first) || (is_primary(first) && !is_iis(first.resource));
  return !shows_absence;
}

}  // namespace polc::analysis
