#include "runtime/derive/registry.hpp"

#include <algorithm>

#include "runtime/derive/facts.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using value::AbsentLevel;
using value::Fact;
using value::FactStatus;
using value::RegistryKeyEvidence;
using value::UnknownReason;

constexpr std::string_view kUsers = "HKU\\";

/// Parameters of registry(key, value, view, user) and registry_key(key, view, user).
struct Arguments {
  std::string_view key;
  std::string_view value_name;
  std::string_view user;
  std::string key_in_view32;  ///< what `key` shows, when that is asked for
};

/// Views into the address and into `result`.
void read_arguments(const value::Address& address, Arguments& result) {
  const bool is_value = address.resource == value::ResourceKind::Registry;
  const std::size_t view_index = is_value ? 2 : 1;
  result.key = text_argument(address, 0);
  if (is_value) result.value_name = text_argument(address, 1);
  const auto* view = address.argument<value::Number>(view_index);
  if (view != nullptr && *view == value::Number::exactly(value::Integer::of(32))) {
    result.key_in_view32 = value::registry_key_in_view32(result.key);
    result.key = result.key_in_view32;
  }
  if (const auto* user = address.argument<value::Principal>(view_index + 1)) {
    result.user = user->resolved() ? user->sid : user->name;
  }
}

/// Keys come in normal form, so the hive is spelled one way; most are below HKLM and need no closer look.
bool is_per_user(std::string_view key) {
  return key.substr(0, 4) == "HKCU" && value::is_per_user_key(key);
}

/// Names of a key's parts: those seen, and whether there can be others.
value::Value name_set(const std::vector<std::string>& names, bool complete) {
  value::SetValue set;
  for (const std::string& name : names) set.low.push_back(value::text(name));
  if (complete) set.high = set.low;
  return value::Value(std::move(set));
}

/// The name after `depth` separators of a key's path.
std::string part(std::string_view path, std::ptrdiff_t depth) {
  for (; depth > 0; --depth) path.remove_prefix(std::min(path.find('\\'), path.size() - 1) + 1);
  return std::string(path.substr(0, path.find('\\')));
}

}  // namespace

Registry::Place Registry::locate(std::string_view key, std::string_view user) const {
  Place place;
  const auto moved = is_per_user(key) ? value::registry_key_of_user(key, user) : std::nullopt;
  place.path = value::folded(moved ? std::string_view(*moved) : key);
  if (place.path.compare(0, kUsers.size(), kUsers) == 0) {
    place.user = place.path.substr(kUsers.size(), place.path.find('\\', kUsers.size()) - kUsers.size());
    constexpr std::string_view kClasses = "_CLASSES";
    if (place.user.size() > kClasses.size() &&
        place.user.compare(place.user.size() - kClasses.size(), kClasses.size(), kClasses) == 0) {
      place.user.resize(place.user.size() - kClasses.size());
    }
  }
  const auto found = evidence_.registry.find(place.path);
  if (found != evidence_.registry.end()) place.key = &found->second;
  return place;
}

bool Registry::has_descendant(const std::string& path) const {
  const std::string prefix = path + '\\';
  for (auto row = evidence_.registry.lower_bound(prefix);
       row != evidence_.registry.end() && row->first.compare(0, prefix.size(), prefix) == 0; ++row) {
    if (row->second.presence.present()) return true;
  }
  return false;
}

/// A key without a record of its own that nevertheless was seen: something below it was, or its parent lists it.
bool Registry::exists(const Place& place) const {
  if (has_descendant(place.path)) return true;
  const auto cut = place.path.rfind('\\');
  if (cut == std::string::npos) return true;
  const auto parent = evidence_.registry.find(place.path.substr(0, cut));
  return parent != evidence_.registry.end() && parent->second.presence.present() &&
         parent->second.subkeys.count(place.path.substr(cut + 1)) > 0;
}

/// Unknown for the hive of a user that could not be loaded.
std::optional<Fact> Registry::unread_hive(const Place& place) const {
  if (place.user.empty()) return std::nullopt;
  for (const auto& profile : evidence_.users.rows) {
    if (!profile.hive_readable && value::folded(profile.sid) == place.user) {
      return unknown_fact(profile.hive_unreadable, profile.origin);
    }
  }
  return std::nullopt;
}

/// What is known about a key that has no record of its own: the nearest recorded ancestor tells.
Fact Registry::missing(const Place& place) const {
  std::string_view path = place.path;
  for (auto cut = path.rfind('\\'); cut != std::string_view::npos; cut = path.rfind('\\')) {
    const std::string child(path.substr(cut + 1));
    path = path.substr(0, cut);
    const auto found = evidence_.registry.find(std::string(path));
    if (found == evidence_.registry.end()) continue;
    const RegistryKeyEvidence& ancestor = found->second;
    if (ancestor.presence.status == FactStatus::Absent) {
      return Fact::absent(AbsentLevel::Key, ancestor.presence.origin);
    }
    if (!ancestor.presence.present())
      return unknown_fact(ancestor.presence.unknown, ancestor.presence.origin);
    if (!ancestor.subkeys_complete) break;
    const bool listed = ancestor.subkeys.count(child) > 0 || has_descendant(std::string(path) + '\\' + child);
    if (!listed) return Fact::absent(AbsentLevel::Key, ancestor.presence.origin);
    break;
  }
  return Fact::unknown(UnknownReason::NotCollected);
}

Fact Registry::data(std::string_view key, std::string_view name, std::string_view user) const {
  const Place place = locate(key, user);
  if (auto hive = unread_hive(place)) return *std::move(hive);
  if (place.key == nullptr) return missing(place);
  const RegistryKeyEvidence& record = *place.key;
  if (record.presence.status == FactStatus::Absent)
    return Fact::absent(AbsentLevel::Key, record.presence.origin);
  const auto found = record.values.find(value::folded(name));
  if (found != record.values.end()) {
    return fact_of(found->second.data, AbsentLevel::Value,
                   [](const value::RegistryData& data) { return value::Value(data); });
  }
  if (!record.presence.present()) return unknown_fact(record.presence.unknown, record.presence.origin);
  if (record.values_complete) return Fact::absent(AbsentLevel::Value, record.presence.origin);
  return Fact::unknown(UnknownReason::NotCollected, {}, record.presence.origin);
}

std::optional<value::OriginId> Registry::deletion(std::string_view key, std::string_view name,
                                                  std::string_view user) const {
  const Place place = locate(key, user);
  if (place.key == nullptr) return std::nullopt;
  const auto& values = place.key->values;
  auto row = values.find(value::folded(name));
  if (row == values.end()) row = values.find(value::folded(value::kAllValues));
  if (row == values.end() || row->second.data.status != FactStatus::Absent) return std::nullopt;
  return row->second.data.origin;
}

Fact Registry::subkeys(std::string_view key, std::string_view user) const {
  const Place place = locate(key, user);
  if (auto hive = unread_hive(place)) return *std::move(hive);
  std::map<std::string, std::string> names;
  value::OriginId origin = 0;
  bool complete = false;
  if (place.key != nullptr) {
    const RegistryKeyEvidence& record = *place.key;
    if (record.presence.status == FactStatus::Absent)
      return Fact::absent(AbsentLevel::Key, record.presence.origin);
    if (!record.presence.present()) return unknown_fact(record.presence.unknown, record.presence.origin);
    names = record.subkeys;
    origin = record.presence.origin;
    complete = record.subkeys_complete;
  } else if (!exists(place)) {
    return missing(place);
  }
  const std::string prefix = place.path + '\\';
  const auto depth = std::count(prefix.begin(), prefix.end(), '\\');
  for (auto row = evidence_.registry.lower_bound(prefix);
       row != evidence_.registry.end() && row->first.compare(0, prefix.size(), prefix) == 0; ++row) {
    if (!row->second.presence.present()) continue;
    const auto end = row->first.find('\\', prefix.size());
    names.emplace(row->first.substr(prefix.size(), end - prefix.size()), part(row->second.path, depth));
  }
  std::vector<std::string> spelled;
  for (const auto& [folded, name] : names) spelled.push_back(name);
  Fact fact = Fact::present(name_set(spelled, complete), origin);
  if (!complete) fact.unknowns.push_back({UnknownReason::NotCollected, {}, "not all subkeys were listed"});
  return fact;
}

Fact Registry::values(std::string_view key, std::string_view user) const {
  const Place place = locate(key, user);
  if (auto hive = unread_hive(place)) return *std::move(hive);
  std::vector<std::string> names;
  value::OriginId origin = 0;
  bool complete = false;
  if (place.key != nullptr) {
    const RegistryKeyEvidence& record = *place.key;
    if (record.presence.status == FactStatus::Absent)
      return Fact::absent(AbsentLevel::Key, record.presence.origin);
    if (!record.presence.present()) return unknown_fact(record.presence.unknown, record.presence.origin);
    origin = record.presence.origin;
    complete = record.values_complete;
    for (const auto& [folded, row] : record.values) {
      if (row.data.status == FactStatus::Absent) continue;
      // A value whose data could not be read may or may not be there.
      if (row.data.status == FactStatus::Unknown) {
        complete = false;
        continue;
      }
      names.push_back(row.name);
    }
  } else if (!exists(place)) {
    return missing(place);
  }
  Fact fact = Fact::present(name_set(names, complete), origin);
  if (!complete) fact.unknowns.push_back({UnknownReason::NotCollected, {}, "not all values were listed"});
  return fact;
}

Fact Registry::fact(const value::Address& address) const {
  Arguments arguments;
  read_arguments(address, arguments);
  if (arguments.user.empty() && is_per_user(arguments.key)) {
    return Fact::unknown(UnknownReason::UnresolvedName, "HKCU without a user");
  }
  if (address.resource == value::ResourceKind::Registry) {
    return data(arguments.key, arguments.value_name, arguments.user);
  }
  return address.attribute == 0 ? subkeys(arguments.key, arguments.user)
                                : values(arguments.key, arguments.user);
}

}  // namespace polc::derive
