#include "runtime/backends/windows/registry.hpp"

#include <algorithm>
#include <vector>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/registry_keys.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::windows {
namespace {

using value::FactStatus;
using value::Reading;
using value::RegistryKeyEvidence;
using value::Unknown;
using value::UnknownReason;

/// What a row costs beside the bytes of its names and data.
constexpr std::size_t kRowCost = 256;

constexpr std::string_view kSelect = "HKLM\\SYSTEM\\Select";

std::uint32_t current_control_set() {
  const auto current = stored_value(kSelect, "Current");
  const auto* number = current.present() ? std::get_if<std::uint64_t>(&current.value.data) : nullptr;
  return number == nullptr || *number == 0 || *number > 999 ? 1 : static_cast<std::uint32_t>(*number);
}

std::string_view parent_of(std::string_view path) {
  return path.substr(0, path.rfind('\\'));
}

std::string_view last_part(std::string_view path) {
  return path.substr(path.rfind('\\') + 1);
}

bool is_hive(std::string_view path) {
  return path.find('\\') == std::string_view::npos;
}

class RegistryCollector {
 public:
  RegistryCollector(value::Evidence& evidence, const RegistryBounds& bounds, const KeyObserver& observer)
      : evidence_(evidence), bounds_(bounds), observer_(observer), control_set_(current_control_set()) {}

  void keys(const PlanSlice& slice) {
    for (const std::string& path : slice.registry_keys()) key(path, path);  // spelled as the machine does
    for (const std::string& path : slice.registry_trees()) tree(path);
    if (slice.user_keys().empty()) return;
    for (const std::string& sid : loaded_hives().sids) {
      for (const std::string& path : slice.user_keys()) {
        const auto own = value::registry_key_of_user(path, sid);
        if (own) key(value::folded(*own), *own);
      }
    }
  }

  /// A key and all that is below it.
  void tree(const std::string& root) {
    std::vector<std::string> pending{root};
    while (!pending.empty() && !exhausted_) {
      const std::string path = std::move(pending.back());
      pending.pop_back();
      const std::string folded = value::folded(path);
      if (seen_below_.contains(folded)) continue;
      seen_below_.insert(folded);
      key(folded, path);
      const auto row = evidence_.registry.find(folded);
      if (row == evidence_.registry.end() || !row->second.presence.present()) continue;
      for (const auto& [folded_name, name] : row->second.subkeys) {
        // A link can lead around in a circle; keys nest no deeper than this.
        const auto below = value::canonical_registry_key(path + "\\" + name, control_set_);
        if (below &&
            static_cast<std::size_t>(std::count(below->begin(), below->end(), '\\')) < limits::kLiveKeyDepth)
          pending.push_back(*below);
      }
    }
  }

 private:
  void key(const std::string& folded, std::string_view path) {
    if (evidence_.registry.contains(folded) || is_below_missing(folded)) return;
    if (!afford(kRowCost + folded.size())) return unreadable(path, over_limit("is read in one run"));
    if (observer_) observer_(folded);
    const OpenedKey opened = open_key(folded);
    if (opened.error == ERROR_SUCCESS) return present(folded, path, opened.key.get());
    if (opened.error == ERROR_FILE_NOT_FOUND) return missing(folded);
    unreadable(path, failure("RegOpenKeyEx", opened.error, privilege_for_key(folded)));
  }

  void present(const std::string& folded, std::string_view path, HKEY handle) {
    RegistryKeyEvidence& record = evidence_.registry[folded];
    record.path = spelled_path(handle, path);
    record.presence = Reading<bool>::of(true, add_origin(evidence_, record.path));
    record.values_complete = list_values(handle, [&](const ListedValue& listed) {
                               return add_value(record, listed);
                             }) == ERROR_NO_MORE_ITEMS;
    bool all_named = !is_hive(folded);
    const std::uint32_t end = list_subkeys(handle, [&](std::wstring_view wide) {
      const auto name = exact_text(wide);
      if (!name) return !(all_named = false);
      if (!afford(kRowCost + name->size())) return false;
      record.subkeys.emplace(value::folded(*name), *name);
      return true;
    });
    record.subkeys_complete = end == ERROR_NO_MORE_ITEMS && all_named;
  }

  bool add_value(RegistryKeyEvidence& record, const ListedValue& listed) {
    if (!afford(kRowCost + listed.bytes.size())) return false;
    const auto exact = exact_text(listed.name);
    const std::string name = exact ? *exact : os::utf8_text(listed.name);
    const auto origin = add_origin(evidence_, record.path + ", value \"" + name + "\"");
    auto data = exact ? data_of(listed, origin)
                      : Reading<value::RegistryData>::unreadable(no_text("its name"), origin);
    const auto [row, is_new] =
        record.values.try_emplace(value::folded(name), value::RegistryValueEvidence{name, data});
    if (!is_new) {
      row->second.data = Reading<value::RegistryData>::unreadable(
          {UnknownReason::Conflict, {}, "two values of the key look the same"}, origin);
    }
    return true;
  }

  /// Records the first missing key from above as absent, where the list of its siblings proves it.
  void missing(const std::string& folded) {
    std::string child = folded;
    for (;;) {
      const std::string above(parent_of(child));
      if (is_hive(above)) return unreadable(child, not_loaded(child));
      if (observer_) observer_(above);
      const OpenedKey opened = open_key(above);
      if (opened.error == ERROR_FILE_NOT_FOUND) {
        child = above;
        continue;
      }
      if (opened.error != ERROR_SUCCESS) {
        return unreadable(child, failure("RegOpenKeyEx", opened.error, privilege_for_key(above)));
      }
      return missing_in(opened.key.get(), above, child);
    }
  }

  void missing_in(HKEY handle, const std::string& above, const std::string& child) {
    bool listed = false;
    const std::string wanted(last_part(child));
    const std::uint32_t end = list_subkeys(handle, [&](std::wstring_view wide) {
      listed = value::folded(os::utf8_text(wide)) == wanted;
      return !listed;
    });
    if (listed) return unreadable(child, failure("RegOpenKeyEx", ERROR_FILE_NOT_FOUND));
    if (end != ERROR_NO_MORE_ITEMS) return unreadable(child, failure("RegEnumKeyEx", end));
    RegistryKeyEvidence& record = evidence_.registry[child];
    const std::string spelled = spelled_path(handle, above);
    record.path = spelled + "\\" + wanted;
    record.presence = Reading<bool>::absent(add_origin(evidence_, "not among the subkeys of " + spelled));
  }

  /// A hive that is not there for whoever asks: of a user who is not logged on, or one that only the system sees.
  static Unknown not_loaded(std::string_view path) {
    return {UnknownReason::NotCollected,
            {},
            "the hive " + std::string(path) + " is not loaded: RegOpenKeyEx failed with 2"};
  }

  bool is_below_missing(std::string_view folded) const {
    for (std::string_view up = folded; !is_hive(up); up = parent_of(up)) {
      const auto row = evidence_.registry.find(std::string(up));
      if (row != evidence_.registry.end() && row->second.presence.status == FactStatus::Absent) return true;
    }
    return false;
  }

  void unreadable(std::string_view path, Unknown why) {
    RegistryKeyEvidence& record = evidence_.registry[value::folded(path)];
    record.path = path;
    record.presence = Reading<bool>::unreadable(std::move(why), add_origin(evidence_, record.path));
  }

  bool afford(std::size_t bytes) {
    const bool enough = evidence_.registry.size() < bounds_.keys && bytes <= bounds_.bytes - spent_;
    if (enough) spent_ += bytes;
    exhausted_ = exhausted_ || !enough;
    return enough;
  }

  value::Evidence& evidence_;
  RegistryBounds bounds_;
  const KeyObserver& observer_;
  std::uint32_t control_set_;
  std::size_t spent_ = 0;
  bool exhausted_ = false;
  std::set<std::string> seen_below_;
};

}  // namespace

LoadedHives loaded_hives() {
  LoadedHives hives;
  const OpenedKey users = open_key("HKU");
  hives.error = users.error;
  if (users.error != ERROR_SUCCESS) return hives;
  hives.error = list_subkeys(users.key.get(), [&](std::wstring_view wide) {
    const std::string name = os::utf8_text(wide);
    if (value::folded(name) == ".DEFAULT") hives.sids.insert("S-1-5-18");
    if (auto sid = value::canonical_sid(name)) hives.sids.insert(std::move(*sid));
    return true;
  });
  return hives;
}

void collect_registry(value::Evidence& evidence, const PlanSlice* slice, const RegistryBounds& bounds,
                      const KeyObserver& observer) {
  if (slice != nullptr && !slice->needs(value::EvidenceSection::Registry)) return;
  evidence.registry_collected = true;
  RegistryCollector collector(evidence, bounds, observer);
  if (slice != nullptr) return collector.keys(*slice);
  collector.tree("HKLM");
  collector.tree("HKU");
}

void collect_registry(value::Evidence& evidence, const PlanSlice* slice) {
  collect_registry(evidence, slice, {}, {});
}

}  // namespace polc::backends::windows
