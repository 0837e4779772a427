#include "authoring/analysis/assumed_facts.hpp"

#include "runtime/base/hash.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::analysis {

using value::Address;
using value::Fact;
using value::Principal;

LocationId Locations::intern(const Address& address) {
  const auto [found, is_new] =
      ids_.emplace(location_key(address), static_cast<LocationId>(addresses_.size()));
  if (is_new) addresses_.push_back(address);
  return found->second;
}

std::optional<LocationId> Locations::find(const Address& address) const {
  const auto found = ids_.find(location_key(address));
  return found != ids_.end() ? std::optional(found->second) : std::nullopt;
}

Principal assumed_principal(Principal principal) {
  if (principal.resolved()) return principal;
  const auto below = [](std::string_view sid, std::uint32_t rid) {
    return std::string(sid) + "-" + std::to_string(rid);
  };
  switch (principal.form) {
    case Principal::Form::DomainRelative:
      principal.sid = below(evidence::kDomainSid, principal.rid);
      break;
    case Principal::Form::MachineRelative:
      principal.sid = below(evidence::kMachineSid, principal.rid);
      break;
    case Principal::Form::Sid:
    case Principal::Form::Name: {
      const base::Sha1 digest = base::sha1(value::folded(principal.name));
      const std::uint32_t number =
          (std::uint32_t{digest[0]} << 16U) | (std::uint32_t{digest[1]} << 8U) | digest[2];
      principal.sid = below(evidence::kMachineSid, 10'000 + number);
      break;
    }
  }
  return principal;
}

AssumedFacts::AssumedFacts(const Derivation& derivation, const Locations& locations)
    : derivation_(derivation), locations_(locations) {}

void AssumedFacts::assume(LocationId location, const Fact* fact) {
  if (location >= facts_.size()) facts_.resize(locations_.size(), nullptr);
  facts_[location] = fact;
  derived_.clear();
}

void AssumedFacts::forget_all() {
  facts_.assign(facts_.size(), nullptr);
  derived_.clear();
}

const Fact* AssumedFacts::assumed(const Address& location) const {
  const auto id = locations_.find(location);
  return id && *id < facts_.size() ? facts_[*id] : nullptr;
}

Fact AssumedFacts::derived(const Address& address) const {
  std::vector<Assumption> sources;
  for (const Address& location : derivation_.sources(address)) {
    if (const Fact* fact = assumed(location)) sources.push_back({location, *fact});
  }
  return derivation_.derive(address, sources);
}

const Fact& AssumedFacts::at(value::AddressId id) const {
  const auto known = derived_.find(id);
  if (known != derived_.end()) return known->second;
  return derived_.emplace(id, derived(derivation_.program().addresses[id])).first->second;
}

Fact AssumedFacts::read(const Address& address) const {
  return derived(address);
}

Principal AssumedFacts::resolve(const Principal& principal) const {
  return assumed_principal(principal);
}

}  // namespace polc::analysis
