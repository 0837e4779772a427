#include "runtime/derive/merge_internal.hpp"

#include <set>

#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using value::Evidence;
using value::FactStatus;
using value::OriginId;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

/// Calls `f` with every origin that the evidence holds.
template <class F>
void for_each_origin(Evidence& evidence, F f) {
  const auto of_readings = [&](auto& row) {
    std::apply([&](auto&... reading) { (f(reading.origin), ...); },
               Fields<std::remove_reference_t<decltype(row)>>::readings(row));
    if constexpr (requires { row.origin; }) f(row.origin);
  };
  const auto of_table = [&](auto& section, auto&) {
    f(section.origin);
    for (auto& row : section.rows) of_readings(row);
  };
  for_each_single(evidence, evidence, [&](auto& reading, auto&) { f(reading.origin); });
  for_each_table(evidence, evidence, of_table);
  for_each_statement_table(evidence, evidence, of_table);
  for (auto& [store, section] : evidence.certificates) of_table(section, section);
  for (auto& [path, key] : evidence.registry) {
    f(key.presence.origin);
    for (auto& [name, row] : key.values) f(row.data.origin);
  }
}

}  // namespace

std::string place_text(const Evidence& evidence, OriginId origin) {
  if (origin == 0 || origin >= evidence.origins.size()) return "a place that is not known";
  const value::Origin& place = evidence.origins[origin];
  const std::string& name = place.file.empty() ? place.backend : place.file;
  return place.line == 0 ? name : name + ':' + std::to_string(place.line);
}

Unknown conflict_between(const Evidence& evidence, OriginId a, OriginId b) {
  return {
      UnknownReason::Conflict, {}, place_text(evidence, a) + " and " + place_text(evidence, b) + " differ"};
}

void shift_origins(Evidence& evidence, OriginId offset) {
  for_each_origin(evidence, [&](OriginId& origin) {
    if (origin != 0) origin += offset;
  });
}

void make_stale(Evidence& evidence, const std::string& detail) {
  const Unknown stale{UnknownReason::Stale, {}, detail};
  const value::Reading<std::string> name = evidence.host.name;
  for_each_single(evidence, evidence, [&](auto& reading, auto&) {
    if (reading.status == FactStatus::Unknown && reading.unknown.reason == UnknownReason::NotCollected)
      return;
    reading = {FactStatus::Unknown, {}, stale, reading.origin};
  });
  evidence.host.name = name;
  evidence.host.variables.clear();
  const auto empty = [&](auto& section, auto&) {
    if (!section.collected) return;
    section.rows.clear();
    section.complete = section.object_missing = false;
    section.unreadable = stale;
  };
  for_each_table(evidence, evidence, empty);
  for (auto& [store, section] : evidence.certificates) empty(section, section);
  if (!evidence.registry_collected && evidence.registry.empty()) return;
  evidence.registry.clear();
  for (const char* hive : {"HKLM", "HKU"}) {
    evidence.registry[hive] = {hive, Reading<bool>::unreadable(stale), {}, false, {}, false};
  }
}

bool same_data(const value::PrincipalEvidence& a, const value::PrincipalEvidence& b) {
  return principal_key(a) == principal_key(b);
}

bool same_data(const std::vector<value::PrincipalEvidence>& a,
               const std::vector<value::PrincipalEvidence>& b) {
  const auto keys = [](const std::vector<value::PrincipalEvidence>& list) {
    std::set<std::string> result;
    for (const auto& shown : list) result.insert(principal_key(shown));
    return result;
  };
  return keys(a) == keys(b);
}

bool same_data(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

}  // namespace polc::derive
