#include "runtime/backends/registry_builder.hpp"

#include <algorithm>

#include "runtime/backends/origins.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace {

using value::FactStatus;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

bool says_the_same(const RegistryBuilder::Data& a, const RegistryBuilder::Data& b) {
  return a.status == b.status && a.value == b.value;
}

bool is_at_or_below(std::string_view path, std::string_view root) {
  return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '\\');
}

}  // namespace

RegistryBuilder::RegistryBuilder(value::Evidence& evidence, const PlanSlice* slice)
    : evidence_(evidence), slice_(slice) {}

bool RegistryBuilder::is_needed(const std::string& folded) const {
  return slice_ == nullptr || slice_->needs_registry_key(folded);
}

/// The record of a key, made if there is none; nullptr beyond the limit.
RegistryBuilder::Key* RegistryBuilder::record(std::string_view path) {
  const std::string folded = value::folded(path);
  const auto found = evidence_.registry.find(folded);
  if (found != evidence_.registry.end()) return &found->second;
  if (evidence_.registry.size() >= limits::kRegistryKeys) {
    overflowed_ = true;
    return nullptr;
  }
  evidence_.registry_collected = true;
  Key& key = evidence_.registry[folded];
  key.path = path;
  return &key;
}

/// Who creates a key below a deleted one creates that again, too.
void RegistryBuilder::revive_ancestors(std::string_view path, const std::string& folded,
                                       value::OriginId origin) {
  if (!any_deleted_) return;
  std::size_t spelled = 0;
  for (auto cut = folded.find('\\'); cut != std::string::npos; cut = folded.find('\\', cut + 1)) {
    spelled = path.find('\\', spelled + 1);
    const auto above = evidence_.registry.find(folded.substr(0, cut));
    const bool deleted =
        above != evidence_.registry.end() && above->second.presence.status == FactStatus::Absent;
    if (deleted) open(path.substr(0, spelled), origin);
  }
}

/// The record of a key that is there from now on. One that was deleted before is new and holds nothing.
RegistryBuilder::Key* RegistryBuilder::open(std::string_view path, value::OriginId origin) {
  revive_ancestors(path, value::folded(path), origin);
  Key* key = record(path);
  if (key == nullptr || key->presence.present()) return key;
  key->values_complete = key->subkeys_complete = key->presence.status == FactStatus::Absent;
  key->presence = Reading<bool>::of(true, origin);
  return key;
}

void RegistryBuilder::create_key(std::string_view path, value::OriginId origin) {
  if (is_needed(value::folded(path))) open(path, origin);
}

void RegistryBuilder::write(Key& key, const std::string& folded, std::string_view name, Data data) {
  const std::string folded_name = value::folded(name);
  value::RegistryValueEvidence& row = key.values[folded_name];
  const auto [part, is_new] = written_.try_emplace({folded, folded_name}, part_);
  const bool contradicts = !is_new && part->second != part_ && !says_the_same(row.data, data);
  if (contradicts && data.status != FactStatus::Unknown) {
    data = Data::unreadable(conflict_between(evidence_, row.data.origin, data.origin), data.origin);
  }
  part->second = part_;
  live_[folded].push_back(folded_name);
  if (row.name.empty()) row.name = name;
  row.data = std::move(data);
}

void RegistryBuilder::set(std::string_view path, std::string_view name, Data data) {
  const std::string folded = value::folded(path);
  if (!is_needed(folded)) return;
  if (Key* key = open(path, data.origin)) write(*key, folded, name, std::move(data));
}

void RegistryBuilder::delete_values(std::string_view path, value::OriginId origin) {
  const std::string folded = value::folded(path);
  Key* key = is_needed(folded) ? open(path, origin) : nullptr;
  if (key == nullptr) return;
  for (const std::string& name : live_[folded]) {
    Data& data = key->values[name].data;
    if (data.status == FactStatus::Absent) continue;
    data = Data::unreadable(conflict_between(evidence_, data.origin, origin), origin);
  }
  live_.erase(folded);
  key->values_complete = true;
  write(*key, folded, value::kAllValues, Data::absent(origin));
}

/// Turns what other parts wrote at or below a key into Unknown(conflict); false if they wrote nothing there.
bool RegistryBuilder::contradict_values_below(const std::string& folded, value::OriginId origin) {
  if (contradicted_.contains(folded)) return true;
  bool contradicted = false;
  const auto contradict = [&](const std::string& path, Key& key) {
    for (auto& [name, row] : key.values) {
      const auto part = written_.find({path, name});
      if (part == written_.end() || part->second == part_) continue;
      contradicted = true;
      row.data = Data::unreadable(conflict_between(evidence_, row.data.origin, origin), origin);
    }
  };
  if (const auto key = evidence_.registry.find(folded); key != evidence_.registry.end()) {
    contradict(key->first, key->second);
  }
  const std::string prefix = folded + '\\';
  for (auto row = evidence_.registry.lower_bound(prefix);
       row != evidence_.registry.end() && row->first.starts_with(prefix); ++row) {
    contradict(row->first, row->second);
  }
  if (contradicted) contradicted_.insert(folded);
  return contradicted;
}

/// Drops a key and what is below it.
void RegistryBuilder::forget(const std::string& folded) {
  const auto drop = [&](const std::string& path) {
    for (auto row = written_.lower_bound({path, {}}); row != written_.end() && row->first.first == path;) {
      row = written_.erase(row);
    }
    live_.erase(path);
  };
  drop(folded);
  evidence_.registry.erase(folded);
  const std::string prefix = folded + '\\';
  auto row = evidence_.registry.lower_bound(prefix);
  while (row != evidence_.registry.end() && row->first.starts_with(prefix)) {
    drop(row->first);
    row = evidence_.registry.erase(row);
  }
}

void RegistryBuilder::delete_key(std::string_view path, value::OriginId origin) {
  const std::string folded = value::folded(path);
  if (!is_needed(folded) || contradict_values_below(folded, origin)) return;
  forget(folded);
  if (Key* key = record(path)) key->presence = Reading<bool>::absent(origin);
  any_deleted_ = true;
}

/// Closure of a key says something about what is below it only if the keys in between are recorded too.
bool RegistryBuilder::record_ancestors(std::string_view root, value::OriginId origin) {
  const std::string folded_root = value::folded(root);
  std::map<std::string, std::string> missing;
  for (const auto& [folded, key] : evidence_.registry) {
    if (!is_at_or_below(folded, folded_root) || key.presence.status == FactStatus::Absent) continue;
    std::string_view path = key.path;
    for (auto cut = path.rfind('\\'); cut != std::string_view::npos && cut >= root.size();
         cut = path.rfind('\\')) {
      path = path.substr(0, cut);
      std::string above = value::folded(path);
      if (evidence_.registry.contains(above) || missing.contains(above)) break;
      missing.emplace(std::move(above), path);
      if (evidence_.registry.size() + missing.size() > limits::kRegistryKeys) return false;
    }
  }
  for (const auto& [folded, path] : missing) {
    if (Key* key = record(path)) key->presence = Reading<bool>::of(true, origin);
  }
  return open(root, origin) != nullptr;
}

void RegistryBuilder::close(std::string_view root, value::OriginId origin) {
  if (overflowed_ || !record_ancestors(root, origin)) {
    leave_open(root, {UnknownReason::Budget, {}, "too many registry keys"}, origin);
    return;
  }
  const std::string folded_root = value::folded(root);
  for (auto& [folded, key] : evidence_.registry) {
    if (!is_at_or_below(folded, folded_root)) continue;
    if (key.presence.present()) key.values_complete = key.subkeys_complete = true;
  }
}

void RegistryBuilder::leave_open(std::string_view root, const Unknown& why, value::OriginId origin) {
  // The root is recorded even beyond the limit: it carries the reason.
  const std::string folded_root = value::folded(root);
  evidence_.registry_collected = true;
  evidence_.registry[folded_root].path = root;
  for (auto& [folded, key] : evidence_.registry) {
    if (!is_at_or_below(folded, folded_root)) continue;
    // The rows stay; whatever else is asked about the key gets the reason.
    if (key.presence.status != FactStatus::Absent) key.presence = Reading<bool>::unreadable(why, origin);
    key.values_complete = key.subkeys_complete = false;
  }
}

void RegistryBuilder::doubt(std::string_view root, const Unknown& why, value::OriginId origin) {
  leave_open(root, why, origin);
  const std::string folded_root = value::folded(root);
  for (auto& [folded, key] : evidence_.registry) {
    if (!is_at_or_below(folded, folded_root)) continue;
    key.presence = Reading<bool>::unreadable(why, origin);
    for (auto& [name, row] : key.values) {
      if (row.data.status != FactStatus::Unknown) row.data = Data::unreadable(why, row.data.origin);
    }
  }
}

}  // namespace polc::backends
