#include "runtime/backends/hive/registry_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/security_descriptor.hpp"
#include "runtime/formats/windows_text.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::hive {
namespace {

using formats::HiveKey;
using formats::HiveList;
using formats::HiveValue;
using value::EvidenceSection;
using value::Reading;
using value::RegistryKeyEvidence;
using value::Unknown;
using value::UnknownReason;

/// What a row costs beside the bytes of its names and data.
constexpr std::size_t kRowCost = 256;

using Paths = std::set<std::string, std::less<>>;

/// What is asked of a hive, as folded canonical paths.
struct Wanted {
  bool everything = false;
  bool all_security = false;
  Paths keys;
  Paths trees;  ///< keys with all that is below them
  Paths security;
  Paths above;  ///< of keys and security

  bool values_of(std::string_view path) const {
    if (everything || keys.contains(path)) return true;
    for (auto up = parent(path); up; up = parent(*up)) {
      if (trees.contains(*up)) return true;
    }
    return false;
  }

  bool needs(std::string_view path) const {
    return values_of(path) || security.contains(path) || above.contains(path);
  }

  static std::optional<std::string_view> parent(std::string_view path) {
    const std::size_t cut = path.rfind('\\');
    return cut == std::string_view::npos ? std::nullopt : std::optional(path.substr(0, cut));
  }
};

Wanted wanted_of(const PlanSlice* slice, const RegistryPlace& place) {
  Wanted wanted;
  wanted.everything = wanted.all_security = slice == nullptr;
  if (slice == nullptr) return wanted;
  wanted.keys = slice->registry_keys();
  wanted.trees = slice->registry_trees();
  if (!place.user.empty()) {
    for (const std::string& key : slice->user_keys()) {
      if (auto own = value::registry_key_of_user(key, place.user)) wanted.keys.insert(value::folded(*own));
    }
  }
  if (slice->needs(EvidenceSection::KeySecurity)) {
    const auto* objects = slice->objects(EvidenceSection::KeySecurity);
    wanted.all_security = objects == nullptr;
    if (objects != nullptr) {
      for (const std::string& object : *objects) wanted.security.insert(value::folded(object));
    }
  }
  for (const Paths* paths : {&wanted.keys, &wanted.security}) {
    for (const std::string& path : *paths) {
      for (auto up = Wanted::parent(path); up && wanted.above.emplace(*up).second; up = Wanted::parent(*up)) {
      }
    }
  }
  return wanted;
}

struct Pending {
  HiveKey key;
  std::string path;  ///< as evidence spells it
  std::size_t depth = 0;
  bool behind_link = false;
};

class Rows {
 public:
  Rows(HiveReader& reader, const RegistryPlace& place, const PlanSlice* slice)
      : reader_(reader), place_(place), wanted_(wanted_of(slice, place)) {}

  void read() {
    KeyReading root = reader_.root();
    if (!root.present()) return refuse_registry(reader_.evidence(), place_.prefix, root.unknown);
    pending_.push_back({std::move(root.value), place_.prefix, 0, false});
    while (!pending_.empty()) {
      const Pending at = std::move(pending_.back());
      pending_.pop_back();
      visit(at);
    }
    missing_security();
  }

 private:
  void visit(const Pending& at) {
    const std::string folded = value::folded(at.path);
    const auto [row, is_new] = reader_.evidence().registry.try_emplace(folded);
    RegistryKeyEvidence& record = row->second;
    if (!is_new) return contradict(record);
    record.path = at.path;
    if (!reader_.afford(kRowCost + at.path.size())) {
      record.presence = Reading<bool>::unreadable(HiveReader::exhausted());
      return;
    }
    record.presence = Reading<bool>::of(true, reader_.origin(at.key.cell));
    if (wanted_.values_of(folded)) values(at.key, record);
    subkeys(at, folded, record);
    if (wanted_.all_security || wanted_.security.contains(folded)) security(at);
  }

  /// Two keys of a hive would be the same key of the machine.
  static void contradict(RegistryKeyEvidence& record) {
    const value::OriginId place = record.presence.origin;
    const std::string path = record.path;
    record = {};
    record.path = path;
    record.presence = Reading<bool>::unreadable(
        {UnknownReason::Conflict, {}, "two keys of the hive have this path"}, place);
  }

  void values(const HiveKey& key, RegistryKeyEvidence& record) {
    const HiveList<HiveValue> list = reader_.hive().values(key);
    record.values_complete = list.complete();
    for (const HiveValue& value : list.items) {
      if (!reader_.afford(kRowCost + value.name.size())) {
        record.values_complete = false;
        return;
      }
      record.values.emplace(value::folded(value.name),
                            value::RegistryValueEvidence{value.name, reader_.data(value)});
    }
  }

  void subkeys(const Pending& at, const std::string& folded, RegistryKeyEvidence& record) {
    HiveList<HiveKey> list = reader_.hive().subkeys(at.key);
    record.subkeys_complete = list.complete();
    for (HiveKey& child : list.items) {
      if (!reader_.afford(kRowCost + child.name.size())) {
        record.subkeys_complete = false;
        return;
      }
      subkey(at, std::move(child), record);
    }
    if (list.error) unread_children(folded, record, *list.error);
  }

  void subkey(const Pending& at, HiveKey child, RegistryKeyEvidence& record) {
    const std::string written = at.path + "\\" + child.name;
    if (is_elsewhere(at, child)) return;
    record.subkeys.emplace(value::folded(child.name), child.name);
    // What no policy can name needs no row.
    const auto path = value::canonical_registry_key(written, place_.current_control_set);
    if (!path) return;
    if (at.depth == 0 && place_.user.empty()) record.subkeys.emplace(value::folded(last(*path)), last(*path));
    if (!wanted_.needs(value::folded(*path))) return;
    const std::size_t depth = at.depth + 1;
    if (depth >= limits::kRegistryDepth) {
      return put_unread(*path,
                        {UnknownReason::Corrupt, {}, fmt::format("more than {} levels of keys", depth)});
    }
    if (!child.is_link) {
      pending_.push_back({std::move(child), *path, depth, at.behind_link});
    } else if (value::folded(*path) == value::folded(written)) {
      follow(at, child, *path);
    }
  }

  /// Keys that a running machine shows another key for: a user's classes, which are a hive of their own, and a
  /// CurrentControlSet that only offline tools leave behind.
  bool is_elsewhere(const Pending& at, const HiveKey& child) const {
    if (!place_.user.empty())
      return at.depth == 1 && base::equal_folded(last(at.path), "Software") &&
             base::equal_folded(child.name, "Classes");
    return at.depth == 0 && base::equal_folded(child.name, "CurrentControlSet");
  }

  static std::string last(std::string_view path) { return std::string(path.substr(path.rfind('\\') + 1)); }

  /// A link shows what it leads to, if that is in this hive. A link behind a link is not followed.
  void follow(const Pending& at, const HiveKey& link, const std::string& path) {
    auto target = target_of(link);
    if (target && !at.behind_link) {
      pending_.push_back({std::move(*target), path, at.depth + 1, true});
    } else {
      put_unread(path, {UnknownReason::Unsupported, {}, "a link that leads out of what can be read"});
    }
  }

  /// The key that "\Registry\Machine\System\CurrentControlSet\..." is in this hive.
  std::optional<HiveKey> target_of(const HiveKey& link) {
    const HiveList<HiveValue> values = reader_.hive().values(link);
    const auto named = std::find_if(values.items.begin(), values.items.end(), [](const HiveValue& value) {
      return base::equal_folded(value.name, "SymbolicLinkValue");
    });
    if (named == values.items.end()) return std::nullopt;
    const auto bytes = reader_.hive().data(*named);
    const auto text = bytes ? formats::utf8_from_utf16(*bytes) : formats::parse_error(0, "");
    if (!text) return std::nullopt;
    const std::string written = value::folded(*text);
    const std::string root = "\\REGISTRY\\MACHINE\\" + value::folded(last(place_.prefix)) + "\\";
    if (!written.starts_with(root)) return std::nullopt;
    std::string below = written.substr(root.size());
    constexpr std::string_view kCurrent = "CURRENTCONTROLSET\\";
    if (below.starts_with(kCurrent))
      below.replace(0, kCurrent.size() - 1, fmt::format("ControlSet{:03}", place_.current_control_set));
    KeyReading found = reader_.key(reader_.root(), below);
    return found.present() ? std::optional(std::move(found.value)) : std::nullopt;
  }

  /// Keys that are asked for and may be among those that could not be read.
  void unread_children(const std::string& folded, const RegistryKeyEvidence& record,
                       const formats::ParseError& error) {
    const std::string prefix = folded + "\\";
    for (const Paths* paths : {&wanted_.keys, &wanted_.security, &wanted_.above}) {
      for (auto path = paths->lower_bound(prefix); path != paths->end() && path->starts_with(prefix);
           ++path) {
        const std::string child = path->substr(prefix.size());
        if (child.find('\\') != std::string::npos || record.subkeys.contains(child)) continue;
        put_unread(*path, reader_.corrupt(error));
      }
    }
  }

  void put_unread(const std::string& path, Unknown why) {
    RegistryKeyEvidence record;
    record.path = path;
    record.presence = Reading<bool>::unreadable(std::move(why));
    reader_.evidence().registry.try_emplace(value::folded(path), std::move(record));
  }

  void security(const Pending& at) {
    value::SecurityRow row;
    row.path = at.path;
    const value::OriginId place = reader_.origin(at.key.security);
    const auto bytes = reader_.hive().security(at.key);
    constexpr std::size_t kTextForByte = 4;
    if (!bytes) {
      row.sddl = TextReading::unreadable(reader_.corrupt(bytes.error()), place);
    } else if (!reader_.afford(kRowCost + bytes->size() * kTextForByte)) {
      row.sddl = TextReading::unreadable(HiveReader::exhausted(), place);
    } else if (const auto text = formats::security_descriptor_text(*bytes)) {
      row.sddl = TextReading::of(*text, place);
    } else {
      row.sddl = TextReading::unreadable(reader_.corrupt(text.error()), place);
    }
    reader_.evidence().key_security.rows.push_back(std::move(row));
  }

  /// Keys of this hive whose access list is asked for and that do not exist.
  void missing_security() {
    auto& section = reader_.evidence().key_security;
    section.collected = section.collected || wanted_.all_security || !wanted_.security.empty();
    const std::string own = value::folded(place_.prefix) + "\\";
    for (const std::string& path : wanted_.security) {
      if (path.starts_with(own) && is_absent(path)) section.rows.push_back({path, TextReading::absent(), {}});
    }
  }

  /// The nearest recorded key above says that there is no such key.
  bool is_absent(const std::string& path) const {
    const auto& registry = reader_.evidence().registry;
    std::string_view child = path;
    for (auto up = Wanted::parent(path); up; child = *up, up = Wanted::parent(*up)) {
      if (registry.contains(std::string(child))) return false;
      const auto found = registry.find(std::string(*up));
      if (found == registry.end()) continue;
      const RegistryKeyEvidence& record = found->second;
      return record.presence.present() && record.subkeys_complete &&
             !record.subkeys.contains(std::string(child.substr(up->size() + 1)));
    }
    return false;
  }

  HiveReader& reader_;
  const RegistryPlace& place_;
  Wanted wanted_;
  std::vector<Pending> pending_;
};

}  // namespace

void read_registry(HiveReader& reader, const RegistryPlace& place, const PlanSlice* slice) {
  if (slice != nullptr && !slice->needs(EvidenceSection::Registry) &&
      !slice->needs(EvidenceSection::KeySecurity))
    return;
  reader.evidence().registry_collected = true;
  Rows(reader, place, slice).read();
}

void refuse_registry(value::Evidence& evidence, const std::string& path, Unknown why) {
  evidence.registry_collected = true;
  RegistryKeyEvidence record;
  record.path = path;
  record.presence = Reading<bool>::unreadable(std::move(why));
  evidence.registry.try_emplace(value::folded(path), std::move(record));
}

}  // namespace polc::backends::hive
