// Stores of Windows Firewall in the registry: what a test writes there is read. Under Wine alone, where no firewall obeys.
#include <windows.h>

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/backends/windows/collectors.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using namespace polc::backends::windows;
using value::FactStatus;
using value::FirewallProfile;
using value::FirewallStore;

namespace {

constexpr const wchar_t* kPolicyStore = L"SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";
constexpr const wchar_t* kLocalStore =
    L"SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy";

bool under_wine() {
  return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr;
}

/// Values in keys of a store; gone, with the keys that were made for them, at the end.
class StoreSetup {
 public:
  explicit StoreSetup(std::wstring store) : store_(std::move(store)) {}
  ~StoreSetup() {
    for (const auto& [key, name] : values_) RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, key.c_str(), name.c_str());
    for (auto key = made_.rbegin(); key != made_.rend(); ++key)
      RegDeleteKeyExW(HKEY_LOCAL_MACHINE, key->c_str(), KEY_WOW64_64KEY, 0);
  }
  StoreSetup(const StoreSetup&) = delete;
  StoreSetup& operator=(const StoreSetup&) = delete;

  void text(const std::wstring& key, const std::wstring& name, const std::wstring& data) {
    set(key, name, REG_SZ, data.c_str(), (data.size() + 1) * sizeof(wchar_t));
  }
  void dword(const std::wstring& key, const std::wstring& name, DWORD number) {
    set(key, name, REG_DWORD, &number, sizeof number);
  }
  void raw(const std::wstring& key, const std::wstring& name, DWORD type, const std::vector<BYTE>& data) {
    set(key, name, type, data.data(), data.size());
  }

 private:
  void set(const std::wstring& below, const std::wstring& name, DWORD type, const void* data,
           std::size_t size) {
    const std::wstring key = store_ + L'\\' + below;
    make(key);
    REQUIRE(RegSetKeyValueW(HKEY_LOCAL_MACHINE, key.c_str(), name.c_str(), type, data,
                            static_cast<DWORD>(size)) == ERROR_SUCCESS);
    values_.emplace_back(key, name);
  }

  /// Every part of the path that is not there yet.
  void make(const std::wstring& key) {
    for (std::size_t end = key.find(L'\\');; end = key.find(L'\\', end + 1)) {
      const std::wstring part = key.substr(0, end);
      HKEY handle = nullptr;
      DWORD made = 0;
      REQUIRE(RegCreateKeyExW(HKEY_LOCAL_MACHINE, part.c_str(), 0, nullptr, 0, KEY_WRITE | KEY_WOW64_64KEY,
                              nullptr, &handle, &made) == ERROR_SUCCESS);
      RegCloseKey(handle);
      if (made == REG_CREATED_NEW_KEY) made_.push_back(part);
      if (end == std::wstring::npos) return;
    }
  }

  std::wstring store_;
  std::vector<std::pair<std::wstring, std::wstring>> values_;
  std::vector<std::wstring> made_;
};

value::Evidence firewall() {
  value::Evidence evidence;
  collect_firewall(evidence, nullptr);
  return evidence;
}

const value::FirewallProfileRow& profile_of(const value::Evidence& evidence, FirewallProfile profile,
                                            FirewallStore store) {
  const auto& rows = evidence.firewall.profiles.rows;
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) {
    return row.profile == profile && row.store == store;
  });
  REQUIRE(found != rows.end());
  return *found;
}

const value::FirewallRuleRow* rule_of(const value::Section<value::FirewallRuleRow>& section,
                                      std::string_view id) {
  const auto found =
      std::find_if(section.rows.begin(), section.rows.end(), [&](const auto& row) { return row.id == id; });
  return found == section.rows.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("rules of both stores are read from the registry, and are gone when they are removed") {
  if (!under_wine()) {
    WARN("skipped: writes firewall rules");
    return;
  }
  {
    StoreSetup policy(kPolicyStore);
    StoreSetup local(kLocalStore);
    policy.text(L"FirewallRules", L"polc-test-policy",
                L"v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=3389|Name=No RDP|");
    local.text(L"FirewallRules", L"polc-test-local",
               L"v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=3306|RA4=10.0.0.7|"
               L"Name=MySQL f\u00fcr Automate|");
    const value::Evidence evidence = firewall();
    CHECK(evidence.firewall.policy_rules.complete);
    CHECK(evidence.firewall.local_rules.complete);
    const auto* blocked = rule_of(evidence.firewall.policy_rules, "polc-test-policy");
    REQUIRE(blocked != nullptr);
    CHECK_FALSE(blocked->allow);
    CHECK(blocked->store == FirewallStore::Policy);
    const auto* allowed = rule_of(evidence.firewall.local_rules, "polc-test-local");
    REQUIRE(allowed != nullptr);
    CHECK(allowed->store == FirewallStore::Local);
    CHECK(allowed->name == "MySQL f\xC3\xBCr Automate");
    CHECK(allowed->local_ports == std::vector<std::string>{"3306"});
    CHECK(allowed->remote_addresses == std::vector<std::string>{"10.0.0.7"});
    CHECK(evidence.origins[allowed->origin].note ==
          "rule \"MySQL f\xC3\xBCr Automate\", HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\"
          "Parameters\\FirewallPolicy\\FirewallRules, value \"polc-test-local\"");
  }
  const value::Evidence later = firewall();
  CHECK(rule_of(later.firewall.policy_rules, "polc-test-policy") == nullptr);
  CHECK(rule_of(later.firewall.local_rules, "polc-test-local") == nullptr);
}

TEST_CASE("a value that is no rule leaves its store open, and the other rules are read") {
  if (!under_wine()) {
    WARN("skipped: writes firewall rules");
    return;
  }
  StoreSetup local(kLocalStore);
  SECTION("a text that is no rule") {
    local.text(L"FirewallRules", L"polc-test-broken", L"v2.31|Action=Perhaps|Dir=In|");
  }
  SECTION("a number") {
    local.dword(L"FirewallRules", L"polc-test-broken", 1);
  }
  SECTION("half a character") {
    local.raw(L"FirewallRules", L"polc-test-broken", REG_SZ, {'v', 0, '2'});
  }
  SECTION("an unpaired surrogate") {
    local.text(L"FirewallRules", L"polc-test-broken",
               std::wstring(L"v2.31|Action=Allow|Active=TRUE|Dir=In|Name=") + wchar_t(0xD800) + L"|");
  }
  local.text(L"FirewallRules", L"polc-test-good", L"v2.31|Action=Allow|Active=TRUE|Dir=In|Name=Good|");
  const value::Evidence evidence = firewall();
  CHECK(rule_of(evidence.firewall.local_rules, "polc-test-good") != nullptr);
  CHECK(rule_of(evidence.firewall.local_rules, "polc-test-broken") == nullptr);
  CHECK_FALSE(evidence.firewall.local_rules.complete);
  REQUIRE(evidence.firewall.local_rules.unreadable);
  CHECK(evidence.firewall.local_rules.unreadable->reason == value::UnknownReason::Corrupt);
  CHECK(evidence.firewall.local_rules.unreadable->detail.find("polc-test-broken") != std::string::npos);
}

TEST_CASE("profiles of both stores have the names that Windows gave them") {
  if (!under_wine()) {
    WARN("skipped: writes firewall profiles");
    return;
  }
  StoreSetup policy(kPolicyStore);
  StoreSetup local(kLocalStore);
  policy.dword(L"PrivateProfile", L"DefaultOutboundAction", 1);
  policy.dword(L"PublicProfile", L"AllowLocalPolicyMerge", 0);
  local.dword(L"StandardProfile", L"DefaultInboundAction", 1);
  local.dword(L"PublicProfile", L"DefaultInboundAction", 0);
  local.dword(L"DomainProfile", L"DoNotAllowExceptions", 1);
  const value::Evidence evidence = firewall();
  CHECK(evidence.firewall.profiles.complete);
  CHECK(evidence.firewall.profiles.rows.size() == 6);
  CHECK(profile_of(evidence, FirewallProfile::Private, FirewallStore::Policy).block_outbound.value);
  const auto& merge = profile_of(evidence, FirewallProfile::Public, FirewallStore::Policy).local_rules;
  CHECK(merge.present());
  CHECK_FALSE(merge.value);
  CHECK(profile_of(evidence, FirewallProfile::Private, FirewallStore::Local).block_inbound.value);
  const auto& open = profile_of(evidence, FirewallProfile::Public, FirewallStore::Local).block_inbound;
  CHECK(open.present());
  CHECK_FALSE(open.value);
  CHECK(profile_of(evidence, FirewallProfile::Domain, FirewallStore::Local).shields_up.value);
  CHECK(profile_of(evidence, FirewallProfile::Domain, FirewallStore::Policy).enabled.status ==
        FactStatus::Absent);
}

TEST_CASE("a profile that the registry says is on is so only if the firewall answers") {
  if (!under_wine()) {
    WARN("skipped: writes firewall profiles");
    return;
  }
  StoreSetup local(kLocalStore);
  local.dword(L"PublicProfile", L"EnableFirewall", 1);
  const value::Evidence evidence = firewall();
  const auto& enabled = profile_of(evidence, FirewallProfile::Public, FirewallStore::Local).enabled;
  if (enabled.present()) {
    CHECK(enabled.value);
  } else {
    CAPTURE(enabled.unknown.detail);
    CHECK(enabled.status == FactStatus::Unknown);
    CHECK(enabled.unknown.detail.find("INetFwPolicy2") != std::string::npos);
  }
}

TEST_CASE("a setting of a profile that is no number is not read as one") {
  if (!under_wine()) {
    WARN("skipped: writes firewall profiles");
    return;
  }
  StoreSetup local(kLocalStore);
  local.text(L"PublicProfile", L"DefaultInboundAction", L"1");
  const value::Evidence evidence = firewall();
  const auto& setting = profile_of(evidence, FirewallProfile::Public, FirewallStore::Local).block_inbound;
  CHECK(setting.status == FactStatus::Unknown);
  CHECK(setting.unknown.detail == "DefaultInboundAction is no DWORD");
}

TEST_CASE("exceptions in the form of Windows XP and rules of device management leave a store open") {
  if (!under_wine()) {
    WARN("skipped: writes firewall rules");
    return;
  }
  StoreSetup store(kPolicyStore);
  std::string detail;
  SECTION("an open port") {
    store.text(L"StandardProfile\\GloballyOpenPorts\\List", L"3389:TCP", L"3389:TCP:*:enabled:RDP");
    detail = "exceptions in the form of Windows XP";
  }
  SECTION("a rule of device management") {
    store.text(L"Mdm\\FirewallRules", L"polc-test", L"v2.31|Action=Allow|Active=TRUE|Dir=In|");
    detail = "rules of a device management (MDM) store";
  }
  const value::Evidence evidence = firewall();
  CHECK_FALSE(evidence.firewall.policy_rules.complete);
  REQUIRE(evidence.firewall.policy_rules.unreadable);
  CHECK(evidence.firewall.policy_rules.unreadable->detail == detail);
  CHECK(evidence.firewall.local_rules.complete);
}

TEST_CASE(
    "a policy for the standard profile counts for the private one and is uncertain for the public one") {
  if (!under_wine()) {
    WARN("skipped: writes firewall profiles");
    return;
  }
  StoreSetup store(kPolicyStore);
  store.dword(L"StandardProfile", L"DoNotAllowExceptions", 1);
  const value::Evidence evidence = firewall();
  const auto& own = profile_of(evidence, FirewallProfile::Private, FirewallStore::Policy).shields_up;
  CHECK(own.present());
  CHECK(own.value);
  CHECK(profile_of(evidence, FirewallProfile::Public, FirewallStore::Policy).shields_up.status ==
        FactStatus::Unknown);
  CHECK(profile_of(evidence, FirewallProfile::Domain, FirewallStore::Policy).shields_up.status ==
        FactStatus::Absent);
}

TEST_CASE("the active profiles are those that INetFwPolicy2 tells, or unknown with its number") {
  const value::Evidence evidence = firewall();
  const auto& active = evidence.firewall.active;
  if (active.present()) {
    CHECK(active.value.size() <= 3);
  } else {
    CHECK(active.status == FactStatus::Unknown);
    CHECK(active.unknown.detail.find(" failed with 0x") != std::string::npos);
  }
}
