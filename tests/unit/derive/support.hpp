// Small evidence for derivation tests, written as briefly as the case needs.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/derive/host_facts.hpp"
#include "runtime/value/addresses.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/evidence.hpp"
#include "runtime/value/principals.hpp"
#include "tests/unit/catch.hpp"

namespace polc::derive::test {

using value::Address;
using value::Evidence;
using value::Fact;
using value::FactStatus;
using value::Reading;
using value::RegistryData;
using value::RegistryType;
using value::ResourceKind;
using value::Unknown;
using value::UnknownReason;
using value::Value;

/// 2026-11-22T00:00:00Z.
inline constexpr std::int64_t kNow = 1795305600;

inline RegistryData dword(std::uint64_t n) {
  return {RegistryType::Dword, 0, n};
}
inline RegistryData sz(std::string s) {
  return {RegistryType::Sz, 0, std::move(s)};
}

/// Adds (or finds) a key that exists.
inline value::RegistryKeyEvidence& key(Evidence& evidence, std::string_view path) {
  auto& row = evidence.registry[value::folded(path)];
  row.path = path;
  row.presence = Reading<bool>::of(true);
  evidence.registry_collected = true;
  return row;
}

inline void set(Evidence& evidence, std::string_view path, std::string_view name, RegistryData data) {
  key(evidence, path).values[value::folded(name)] = {std::string(name),
                                                     Reading<RegistryData>::of(std::move(data))};
}

inline value::AttributeId attribute(ResourceKind kind, std::string_view name) {
  return value::find_attribute(value::resource_info(kind), name).value();
}

inline Address address(ResourceKind kind, std::string_view attribute_name,
                       std::vector<Value> arguments = {}) {
  return {kind, attribute(kind, attribute_name), std::move(arguments)};
}

inline Value principal(std::string_view text) {
  return Value(value::principal_from_text(text).value());
}

/// The fact of one address, over an otherwise empty program.
inline Fact fact(const Evidence& evidence, const Address& asked, std::int64_t as_of = kNow) {
  const ir::Program program;
  return HostFacts(program, evidence, evidence.layer, as_of).read(asked);
}

inline Fact registry(const Evidence& evidence, std::string_view path, std::string_view name) {
  return fact(evidence, address(ResourceKind::Registry, "value",
                                {value::text(std::string(path)), value::text(std::string(name))}));
}

/// "present dword(1)", "absent key", "unknown: access denied", "mistyped \"1\"": one line for tables.
inline std::string line(const Fact& fact) {
  static constexpr const char* kLevels[] = {"value", "key", "setting", "object"};
  switch (fact.status) {
    case FactStatus::Present:
      return value::to_text(fact.value);
    case FactStatus::Mistyped:
      return "mistyped " + value::to_text(fact.value);
    case FactStatus::Absent:
      return std::string("absent ") + kLevels[static_cast<int>(fact.level)];
    case FactStatus::Unknown:
      break;
  }
  return fact.unknowns.empty() ? "unknown without a reason"
                               : "unknown: " + std::string(value::reason_text(fact.unknowns.front().reason));
}

inline value::Addresses addresses(std::string_view text) {
  return value::parse_addresses(text).value();
}

}  // namespace polc::derive::test
