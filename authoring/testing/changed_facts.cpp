#include "authoring/testing/changed_facts.hpp"

#include "runtime/evaluate/comparison.hpp"
#include "runtime/value/address_key.hpp"

namespace polc::authoring {
namespace {

/// Origins of changes are numbered apart from those of evidence.
constexpr value::OriginId kFirstOrigin = 1U << 31U;

std::string_view attribute_name(const value::Address& address) {
  return value::resource_info(address.resource).attributes[address.attribute].name;
}

}  // namespace

ChangedFacts::ChangedFacts(const ir::Program& program, const value::FactTable& derived,
                           const std::vector<compiler::FactChange>& changes,
                           const base::SourceManager& sources)
    : derived_(derived), host_(derived.host()) {
  for (const compiler::FactChange& change : changes) set(change, sources);
  for (value::AddressId id = 0; id < program.addresses.size(); ++id) {
    const auto changed = changed_.find(value::address_key(program.addresses[id]));
    slots_.push_back(changed != changed_.end() ? &changed->second : &derived.at(id));
  }
}

void ChangedFacts::set(const compiler::FactChange& change, const base::SourceManager& sources) {
  value::Fact fact = change.fact;
  fact.value = evaluate::resolve_principals(fact.value, derived_);
  fact.origin = kFirstOrigin + static_cast<value::OriginId>(origins_.size());
  if (const base::SourceBuffer* buffer = sources.find(change.span.file)) {
    const base::LineColumn place = buffer->position(change.span.begin);
    origins_.push_back({"test", std::string(buffer->name()), place.line, place.column, {}});
  } else {
    origins_.push_back({"test", {}, 0, 0, {}});
  }
  set_identity(change.address, fact);
  changed_.insert_or_assign(value::address_key(change.address), std::move(fact));
}

/// Waivers match the host's name, and defaults its build.
void ChangedFacts::set_identity(const value::Address& address, const value::Fact& fact) {
  if (address.resource != value::ResourceKind::Host) return;
  const bool present = fact.status == value::FactStatus::Present;
  const auto* text = present ? fact.value.get<std::string>() : nullptr;
  const auto* number = present ? fact.value.get<value::Number>() : nullptr;
  const std::string_view attribute = attribute_name(address);
  if (attribute == "name") host_.name = text != nullptr ? std::optional(*text) : std::nullopt;
  if (attribute == "os") host_.os = text != nullptr ? *text : std::string();
  if (attribute == "build") {
    const auto build = number != nullptr ? number->low.as_unsigned() : std::nullopt;
    host_.build = build ? std::optional(static_cast<std::uint32_t>(*build)) : std::nullopt;
  }
}

value::Fact ChangedFacts::read(const value::Address& address) const {
  if (changed_.empty()) return derived_.read(address);
  const auto changed = changed_.find(value::address_key(address));
  return changed != changed_.end() ? changed->second : derived_.read(address);
}

const value::Origin& ChangedFacts::origin(value::OriginId id) const {
  return id >= kFirstOrigin ? origins_[id - kFirstOrigin] : derived_.origin(id);
}

}  // namespace polc::authoring
