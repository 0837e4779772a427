// The registries of two policies: each says what it sets and deletes, and where it is silent (merge.hpp).
#include <set>

#include "runtime/derive/merge_internal.hpp"
#include "runtime/derive/registry.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using value::Evidence;
using value::FactStatus;
using value::Reading;
using value::RegistryEvidence;
using value::RegistryKeyEvidence;

/// One of the two policies, as it was before they were joined.
class Side {
 public:
  explicit Side(const Evidence& evidence) : evidence_(evidence), registry_(evidence) {}

  const RegistryKeyEvidence* find(const std::string& path) const {
    const auto found = evidence_.registry.find(path);
    return found == evidence_.registry.end() ? nullptr : &found->second;
  }

  /// True if the policy surely sets no value of the key but those it lists.
  bool lists_all_values(const std::string& path) const {
    const RegistryKeyEvidence* key = find(path);
    return key != nullptr ? key->values_complete || is_deleted(*key) : denies(path);
  }
  bool lists_all_subkeys(const std::string& path) const {
    const RegistryKeyEvidence* key = find(path);
    return key != nullptr ? key->subkeys_complete || is_deleted(*key) : denies(path);
  }

  /// The order by which the policy deletes a key, which it may have given to one above.
  const RegistryKeyEvidence* deletion(std::string_view path) const {
    for (;;) {
      const RegistryKeyEvidence* key = find(std::string(path));
      if (key != nullptr) return is_deleted(*key) ? key : nullptr;
      const auto cut = path.rfind('\\');
      if (cut == std::string_view::npos) return nullptr;
      path = path.substr(0, cut);
    }
  }

  /// Why the policy may do something to a key that it has no record of; nullopt if it does not, or nobody looked.
  std::optional<value::Unknown> reason(const std::string& path) const {
    const value::Fact fact = registry_.subkeys(path);
    if (fact.status != FactStatus::Unknown || fact.unknowns.empty()) return std::nullopt;
    const value::Unknown& why = fact.unknowns.front();
    if (why == value::Unknown{}) return std::nullopt;
    return why;
  }

 private:
  static bool is_deleted(const RegistryKeyEvidence& key) { return key.presence.status == FactStatus::Absent; }
  bool denies(const std::string& path) const { return registry_.subkeys(path).status == FactStatus::Absent; }

  const Evidence& evidence_;
  Registry registry_;
};

/// True if the policy orders all values of the key away but those it sets.
bool deletes_all_values(const RegistryKeyEvidence& key) {
  return key.values.contains(value::folded(value::kAllValues));
}

void join_values(RegistryKeyEvidence& a, const RegistryKeyEvidence& b, const Evidence& evidence) {
  const auto deny = [&](Reading<value::RegistryData>& data, const RegistryKeyEvidence& by) {
    const auto& order = by.values.at(value::folded(value::kAllValues)).data;
    if (data.status != FactStatus::Present) return;
    data = Reading<value::RegistryData>::unreadable(conflict_between(evidence, data.origin, order.origin),
                                                    data.origin);
  };
  const bool a_deletes = deletes_all_values(a);
  for (auto& [name, row] : a.values) {
    const auto other = b.values.find(name);
    if (other != b.values.end()) {
      merge_policies(row.data, other->second.data, true, evidence);
    } else if (deletes_all_values(b)) {
      deny(row.data, b);
    }
  }
  for (const auto& [name, row] : b.values) {
    const auto [joined, is_new] = a.values.emplace(name, row);
    if (is_new && a_deletes) deny(joined->second.data, a);
  }
}

/// A key that one policy writes to and the other deletes.
void deny(RegistryKeyEvidence& key, const value::Unknown& conflict) {
  key.presence = Reading<bool>::unreadable(conflict, key.presence.origin);
  for (auto& [name, row] : key.values) {
    row.data = Reading<value::RegistryData>::unreadable(conflict, row.data.origin);
  }
}

class RegistryJoiner {
 public:
  RegistryJoiner(const Side& ours, const Side& theirs, Evidence& evidence)
      : ours_(ours), theirs_(theirs), evidence_(evidence) {}

  RegistryKeyEvidence join(const std::string& path) const {
    const RegistryKeyEvidence* a = ours_.find(path);
    const RegistryKeyEvidence* b = theirs_.find(path);
    RegistryKeyEvidence key = a != nullptr ? *a : *b;
    if (a != nullptr && b != nullptr) {
      join_values(key, *b, evidence_);
      merge_policies(key.presence, b->presence, true, evidence_);
      key.subkeys.insert(b->subkeys.begin(), b->subkeys.end());
    } else {
      const Side& other = a != nullptr ? theirs_ : ours_;
      if (const auto why = other.reason(path))
        key.presence = Reading<bool>::unreadable(*why, key.presence.origin);
    }
    doubt_values(key, a, theirs_, path);
    doubt_values(key, b, ours_, path);
    deny_deleted(key, a, theirs_, path);
    deny_deleted(key, b, ours_, path);
    key.values_complete = ours_.lists_all_values(path) && theirs_.lists_all_values(path);
    key.subkeys_complete = ours_.lists_all_subkeys(path) && theirs_.lists_all_subkeys(path);
    return key;
  }

 private:
  /// Values that one policy sets and of which the other one may say something else: it could not be read there.
  static void doubt_values(RegistryKeyEvidence& key, const RegistryKeyEvidence* written, const Side& other,
                           const std::string& path) {
    const auto why = written == nullptr ? std::nullopt : other.reason(path);
    if (!why) return;
    const RegistryKeyEvidence* record = other.find(path);
    for (const auto& [name, row] : written->values) {
      if (record != nullptr && record->values.contains(name)) continue;
      Reading<value::RegistryData>& data = key.values.at(name).data;
      data = Reading<value::RegistryData>::unreadable(*why, data.origin);
    }
  }

  /// `written` is the record of the key in the policy that is not `other`.
  void deny_deleted(RegistryKeyEvidence& key, const RegistryKeyEvidence* written, const Side& other,
                    const std::string& path) const {
    if (written == nullptr || !written->presence.present()) return;
    if (const RegistryKeyEvidence* order = other.deletion(path)) {
      deny(key, conflict_between(evidence_, written->presence.origin, order->presence.origin));
    }
  }

  const Side& ours_;
  const Side& theirs_;
  Evidence& evidence_;
};

}  // namespace

void merge_registry_policies(Evidence& a, Evidence& b) {
  if (!b.registry_collected && b.registry.empty()) return;
  if (!a.registry_collected && a.registry.empty()) {
    a.registry = std::move(b.registry);
    a.registry_collected = b.registry_collected;
    return;
  }
  Evidence before;
  before.registry = a.registry;
  const Side ours(before);
  const Side theirs(b);
  const RegistryJoiner joiner(ours, theirs, a);
  std::set<std::string> paths;
  for (const auto& [path, key] : before.registry) paths.insert(path);
  for (const auto& [path, key] : b.registry) paths.insert(path);
  a.registry.clear();
  for (const std::string& path : paths) a.registry.emplace(path, joiner.join(path));
}

}  // namespace polc::derive
