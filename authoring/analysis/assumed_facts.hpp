// A fact table of what is assumed about a host, location by location. What nobody assumed is Unknown(not collected), so
// that the evaluator judges a half-made assumption as it would judge a host of which only that much is known.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "authoring/analysis/location.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::analysis {

using LocationId = std::uint32_t;

/// The locations of one question, by identity; shared by the programs that it is about.
class Locations {
 public:
  LocationId intern(const value::Address& address);
  std::optional<LocationId> find(const value::Address& address) const;
  const value::Address& address(LocationId id) const { return addresses_[id]; }
  std::size_t size() const { return addresses_.size(); }

 private:
  std::vector<value::Address> addresses_;
  std::map<std::string, LocationId> ids_;
};

/// The principal with a SID: its own, or one made up for its name. Different names are different principals.
value::Principal assumed_principal(value::Principal principal);

/// Borrows all that it is given. Not for several threads.
class AssumedFacts final : public value::FactTable {
 public:
  AssumedFacts(const Derivation& derivation, const Locations& locations);

  /// Facts are borrowed; nullptr forgets.
  void assume(LocationId location, const value::Fact* fact);
  void forget_all();

  const value::Fact& at(value::AddressId id) const override;
  value::Fact read(const value::Address& address) const override;
  value::Principal resolve(const value::Principal& principal) const override;
  const value::HostIdentity& host() const override { return host_; }
  const value::Origin& origin(value::OriginId) const override { return origin_; }

 private:
  using Sources = std::vector<std::optional<LocationId>>;

  Sources sources_of(const value::Address& address) const;
  value::Fact derived(const value::Address& address, const Sources& sources) const;

  const Derivation& derivation_;
  const Locations& locations_;
  std::vector<const value::Fact*> facts_;  ///< by LocationId
  mutable std::map<value::AddressId, value::Fact> derived_;
  mutable std::map<value::AddressId, Sources> sources_;  ///< all of which are locations of the question
  value::HostIdentity host_;
  value::Origin origin_;
};

}  // namespace polc::analysis
