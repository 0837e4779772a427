// The registries of two targets: key by key, with what each one's closure denies.
#include <algorithm>
#include <set>

#include "runtime/derive/merge_internal.hpp"
#include "runtime/derive/registry.hpp"

namespace polc::derive {
namespace {

using value::Evidence;
using value::FactStatus;
using value::Reading;
using value::RegistryKeyEvidence;
using value::Unknown;

/// What one target knows about the presence of a key, whether it recorded the key or the parents of it.
FactStatus presence_in(const Registry& registry, std::string_view path) {
  const value::Fact fact = registry.subkeys(path);
  return fact.status;
}

/// The record of a key in both targets, joined; closure of one contradicts what the other has.
void merge_key(RegistryKeyEvidence& a, RegistryKeyEvidence& b, const Evidence& evidence) {
  const Unknown conflict = conflict_between(evidence, a.presence.origin, b.presence.origin);
  const bool both_exist = a.presence.present() && b.presence.present();
  std::set<std::string> names;
  for (const auto& [name, row] : a.values) names.insert(name);
  for (const auto& [name, row] : b.values) names.insert(name);
  std::map<std::string, value::RegistryValueEvidence> values;
  for (const std::string& name : names) {
    const auto ours = a.values.find(name);
    const auto theirs = b.values.find(name);
    value::RegistryValueEvidence row = ours != a.values.end() ? ours->second : theirs->second;
    const auto denied_by = [&](const RegistryKeyEvidence& other) {
      const bool closed = other.values_complete || other.presence.status == FactStatus::Absent;
      return closed && row.data.status != FactStatus::Absent && row.data.status != FactStatus::Unknown;
    };
    if (ours != a.values.end() && theirs != b.values.end()) {
      merge_reading(row.data, theirs->second.data, evidence);
    } else if (denied_by(ours != a.values.end() ? b : a)) {
      row.data = Reading<value::RegistryData>::unreadable(conflict, row.data.origin);
    }
    values.emplace(name, std::move(row));
  }
  a.values = std::move(values);
  if (both_exist && a.subkeys_complete && b.subkeys_complete) {
    // Two closed lists that differ are closed no more.
    const bool same = std::equal(a.subkeys.begin(), a.subkeys.end(), b.subkeys.begin(), b.subkeys.end(),
                                 [](const auto& x, const auto& y) { return x.first == y.first; });
    a.subkeys_complete = same;
  } else {
    a.subkeys_complete = a.subkeys_complete || b.subkeys_complete;
  }
  a.subkeys.insert(b.subkeys.begin(), b.subkeys.end());
  a.values_complete = a.values_complete || b.values_complete;
  merge_reading(a.presence, b.presence, evidence);
}

/// A key that one target has and the other's closure denies.
void deny_key(RegistryKeyEvidence& key, const Unknown& conflict) {
  key.presence = Reading<bool>::unreadable(conflict, key.presence.origin);
  for (auto& [name, row] : key.values)
    row.data = Reading<value::RegistryData>::unreadable(conflict, row.data.origin);
  key.values_complete = key.subkeys_complete = false;
}

/// The record by which a registry denies that a key exists: that of the nearest recorded ancestor.
std::string denied_by(const Evidence& evidence, std::string_view path) {
  for (auto cut = path.rfind('\\'); cut != std::string_view::npos; cut = path.rfind('\\')) {
    path = path.substr(0, cut);
    if (evidence.registry.count(std::string(path)) > 0) return std::string(path);
  }
  return {};
}

/// What denied a key that the other target has is itself in doubt.
void doubt(Evidence& evidence, const std::set<std::string>& paths) {
  for (const std::string& path : paths) {
    const auto found = evidence.registry.find(path);
    if (found == evidence.registry.end()) continue;
    RegistryKeyEvidence& key = found->second;
    key.subkeys_complete = false;
    if (key.presence.status != FactStatus::Absent) continue;
    const Unknown conflict = conflict_between(evidence, key.presence.origin, 0);
    key.presence = Reading<bool>::unreadable(conflict, key.presence.origin);
    key.values_complete = false;
  }
}

}  // namespace

void merge_registry(Evidence& a, Evidence& b) {
  if (!b.registry_collected && b.registry.empty()) return;
  a.registry_collected = true;
  Evidence before;
  before.registry = a.registry;
  const Registry ours(before);
  const Registry theirs(b);
  const auto contradicts = [](const Registry& other, const RegistryKeyEvidence& key) {
    return (key.presence.present() || is_conflict(key.presence)) &&
           presence_in(other, key.path) == FactStatus::Absent;
  };
  std::set<std::string> doubted;
  for (auto& [path, key] : a.registry) {
    const auto partner = b.registry.find(path);
    if (partner != b.registry.end()) {
      merge_key(key, partner->second, a);
    } else if (contradicts(theirs, key)) {
      doubted.insert(denied_by(b, path));
      deny_key(key, conflict_between(a, key.presence.origin, 0));
    }
  }
  for (auto& [path, key] : b.registry) {
    if (a.registry.count(path) > 0) continue;
    if (contradicts(ours, key)) {
      doubted.insert(denied_by(before, path));
      deny_key(key, conflict_between(a, key.presence.origin, 0));
    }
    a.registry.emplace(path, key);
  }
  doubt(a, doubted);
}

}  // namespace polc::derive
