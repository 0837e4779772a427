// What the evaluator may ask about a host. Evaluation is a pure function of (Program, FactTable, clock).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/value/fact.hpp"
#include "runtime/value/resource.hpp"

namespace polc::value {

using AddressId = std::uint32_t;  // index into a Program's table of constant addresses

/// Canonical address of one fact: arguments are in the order of the resource's parameters and already in
/// normal form (runtime/value/canonical.hpp); an omitted optional argument is an empty Value.
struct Address {
  ResourceKind resource = ResourceKind::Host;
  AttributeId attribute = 0;
  std::vector<Value> arguments;

  /// The argument at `index`; nullptr where it was omitted or is of another type.
  template <class T>
  const T* argument(std::size_t index) const {
    return index < arguments.size() ? arguments[index].template get<T>() : nullptr;
  }

  friend bool operator==(const Address&, const Address&) = default;
};

/// `registry('HKLM\SYSTEM\...', 'Start')`, `port(443/tcp).listening`: how an address reads in reports.
std::string to_text(const Address& address);

/// "registry/HKLM/SYSTEM/.../Start": fully qualified name for SARIF logical locations.
std::string qualified_name(const Address& address);

/// Identity of the host that the facts are about, for reports, waivers and attestations.
struct HostIdentity {
  std::optional<std::string> name;  ///< unknown host names match no waiver
  std::string os;                   ///< product name; may be empty
  std::optional<std::uint32_t> build;
};

class FactTable {
 public:
  virtual ~FactTable() = default;

  /// Fact of a constant address of the program that this table was made for. Cheap; no allocation.
  virtual const Fact& at(AddressId id) const = 0;

  /// Fact of an address computed during evaluation (quantifier variables).
  virtual Fact read(const Address& address) const = 0;

  /// The same principal with its SID, if this host's evidence knows it. In a workgroup, domain-relative
  /// aliases come back with sid "-" ("nobody"): resolved, and equal to no principal that exists.
  virtual Principal resolve(const Principal& principal) const = 0;

  virtual const HostIdentity& host() const = 0;
  virtual const Origin& origin(OriginId id) const = 0;  ///< id 0 gives an empty origin
};

}  // namespace polc::value
