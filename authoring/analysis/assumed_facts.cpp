#include "authoring/analysis/assumed_facts.hpp"

#include <algorithm>

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

AssumedFacts::Sources AssumedFacts::sources_of(const Address& address) const {
  Sources sources;
  for (const Address& location : derivation_.sources(address)) sources.push_back(locations_.find(location));
  return sources;
}

Fact AssumedFacts::derived(const Address& address, const Sources& sources) const {
  std::vector<Assumption> assumptions;
  for (const auto& id : sources) {
    const Fact* fact = id && *id < facts_.size() ? facts_[*id] : nullptr;
    if (fact != nullptr) assumptions.push_back({locations_.address(*id), *fact});
  }
  return derivation_.derive(address, assumptions);
}

const Fact& AssumedFacts::at(value::AddressId id) const {
  const auto known = derived_.find(id);
  if (known != derived_.end()) return known->second;
  const Address& address = derivation_.program().addresses[id];
  auto sources = sources_.find(id);
  if (sources == sources_.end()) {
    Sources found = sources_of(address);
    const bool all = std::find(found.begin(), found.end(), std::nullopt) == found.end();
    if (!all) return derived_.emplace(id, derived(address, found)).first->second;
    sources = sources_.emplace(id, std::move(found)).first;
  }
  return derived_.emplace(id, derived(address, sources->second)).first->second;
}

Fact AssumedFacts::read(const Address& address) const {
  return derived(address, sources_of(address));
}

Principal AssumedFacts::resolve(const Principal& principal) const {
  return assumed_principal(principal);
}

}  // namespace polc::analysis
