// Windows Firewall: profiles and rules of both stores from the registry; what is in force now from INetFwPolicy2.
#include <windows.h>

#include <algorithm>

#include "runtime/backends/firewall_store.hpp"
#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/conversions.hpp"
#include "runtime/backends/windows/firewall_state.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/registry_keys.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

using value::FactStatus;
using value::FirewallProfile;
using value::FirewallProfileRow;
using value::FirewallStore;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

constexpr std::string_view kSoftware = "HKLM\\SOFTWARE\\";
constexpr std::string_view kControlSet = "HKLM\\SYSTEM\\CurrentControlSet\\";

/// The keys of one store in the registry of the machine.
class StoreKeys final : public FirewallKeys {
 public:
  StoreKeys(std::string store, value::Evidence& evidence) : store_(std::move(store)), evidence_(evidence) {}

  FirewallKey key(const std::string& path) override {
    FirewallKey key;
    const std::string full = full_path(path);
    const OpenedKey opened = open_key(full, KEY_QUERY_VALUE);
    key.presence = presence_of(opened, full);
    if (!key.presence.present()) return key;
    const std::uint32_t end = list_values(opened.key.get(), [&](const ListedValue& value) {
      const std::string name = os::utf8_text(value.name);
      const auto origin = add_origin(evidence_, full + ", value \"" + name + '"');
      key.values.push_back({name, data_of(value, origin)});
      return true;
    });
    if (end != ERROR_NO_MORE_ITEMS) key.unfinished = failure("RegEnumValue", end, kAdministrator);
    return key;
  }

  Reading<std::vector<std::string>> subkeys(const std::string& path) override {
    using Names = Reading<std::vector<std::string>>;
    const std::string full = full_path(path);
    const OpenedKey opened = open_key(full, KEY_ENUMERATE_SUB_KEYS);
    const Reading<bool> presence = presence_of(opened, full);
    if (!presence.present()) return {presence.status, {}, presence.unknown, presence.origin};
    std::vector<std::string> names;
    const std::uint32_t end = list_subkeys(opened.key.get(), [&](std::wstring_view name) {
      names.push_back(os::utf8_text(name));
      return true;
    });
    if (end != ERROR_NO_MORE_ITEMS)
      return Names::unreadable(failure("RegEnumKeyEx", end, kAdministrator), presence.origin);
    return Names::of(std::move(names), presence.origin);
  }

 private:
  std::string full_path(const std::string& path) const {
    return path.empty() ? store_ : store_ + '\\' + path;
  }

  Reading<bool> presence_of(const OpenedKey& opened, const std::string& full) {
    const value::OriginId origin = add_origin(evidence_, full);
    if (opened.error == ERROR_SUCCESS) return Reading<bool>::of(true, origin);
    if (opened.error == ERROR_FILE_NOT_FOUND) return Reading<bool>::absent(origin);
    return Reading<bool>::unreadable(failure("RegOpenKeyEx", opened.error, kAdministrator), origin);
  }

  std::string store_;
  value::Evidence& evidence_;
};

void read_store(std::string_view above, std::string_view store_key, FirewallStore store,
                value::Evidence& evidence) {
  StoreKeys keys(std::string(above) + std::string(store_key), evidence);
  read_firewall_store(keys, store, evidence);
}

/// What the registry says about a profile, and what the firewall says itself.
void cross_check_profiles(value::FirewallEvidence& firewall, const FirewallState& state) {
  for (const FirewallProfile profile :
       {FirewallProfile::Domain, FirewallProfile::Private, FirewallProfile::Public}) {
    const auto row_of = [&](FirewallStore store) -> FirewallProfileRow& {
      return *std::find_if(
          firewall.profiles.rows.begin(), firewall.profiles.rows.end(),
          [&](const FirewallProfileRow& row) { return row.profile == profile && row.store == store; });
    };
    cross_check(state.enabled(profile), row_of(FirewallStore::Policy), row_of(FirewallStore::Local));
  }
}

}  // namespace

void cross_check(const Reading<bool>& api, FirewallProfileRow& policy, FirewallProfileRow& local) {
  if (!api.present()) {
    for (Reading<bool>* enabled : {&policy.enabled, &local.enabled}) {
      if (!enabled->present() || !enabled->value) continue;
      Unknown why = api.unknown;
      why.detail += ": whether the firewall runs is not known";
      *enabled = Reading<bool>::unreadable(std::move(why), enabled->origin);
    }
    return;
  }
  // The interface tells the local setting, or the one of a policy that stands over it.
  const auto agrees = [&](const Reading<bool>& enabled) {
    return enabled.status != FactStatus::Present || enabled.value == api.value;
  };
  const bool decided = policy.enabled.status != FactStatus::Absent;
  if (agrees(local.enabled) || (decided && agrees(policy.enabled))) return;
  const Unknown conflict{UnknownReason::Conflict,
                         {},
                         api.value
                             ? "the registry says that the profile is off, INetFwPolicy2 that it is on"
                             : "the registry says that the profile is on, INetFwPolicy2 that it is off"};
  local.enabled = Reading<bool>::unreadable(conflict, local.enabled.origin);
  if (decided) policy.enabled = Reading<bool>::unreadable(conflict, policy.enabled.origin);
}

void collect_firewall(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::Firewall)) return;
  value::FirewallEvidence& firewall = evidence.firewall;
  firewall.profiles.origin = add_origin(evidence, "profiles of Windows Firewall");
  read_store(kSoftware, kPolicyFirewall, FirewallStore::Policy, evidence);
  read_store(kControlSet, kLocalFirewall, FirewallStore::Local, evidence);
  const FirewallState state;
  cross_check_profiles(firewall, state);
  close(firewall.profiles);
  firewall.active = state.active();
  firewall.active.origin = add_origin(evidence, "INetFwPolicy2: CurrentProfileTypes");
}

}  // namespace polc::backends::windows
