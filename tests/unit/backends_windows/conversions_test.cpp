// What numbers and structures of the Windows API mean, without a machine.
#include "runtime/backends/windows/conversions.hpp"

#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/net_list.hpp"
#include "runtime/value/resource.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends::windows;
using value::FactStatus;
using value::Integer;

TEST_CASE("password rules are lengths and seconds, and never is infinite") {
  USER_MODALS_INFO_0 rules{};
  rules.usrmod0_min_passwd_len = 14;
  rules.usrmod0_password_hist_len = 24;
  rules.usrmod0_max_passwd_age = 42 * 86'400;
  rules.usrmod0_min_passwd_age = 86'400;
  value::AccountPolicyEvidence policy;
  put_password_rules(rules, 7, policy);
  CHECK(policy.min_length.value == Integer::of(14));
  CHECK(policy.history.value == Integer::of(24));
  CHECK(policy.max_age.value == Integer::of(42 * 86'400));
  CHECK(policy.min_age.value == Integer::of(86'400));
  CHECK(policy.max_age.origin == 7);

  for (const DWORD never : {DWORD{TIMEQ_FOREVER}, DWORD{0}}) {
    rules.usrmod0_max_passwd_age = never;
    put_password_rules(rules, 7, policy);
    CHECK(policy.max_age.value == Integer::infinity());
  }
}

TEST_CASE("without a lockout threshold accounts are never locked, and the two times are absent") {
  USER_MODALS_INFO_3 rules{};
  rules.usrmod3_lockout_duration = 1800;
  rules.usrmod3_lockout_observation_window = 900;
  value::AccountPolicyEvidence policy;
  put_lockout_rules(rules, 0, policy);
  CHECK(policy.lockout_threshold.value == Integer::infinity());
  CHECK(policy.lockout_duration.status == FactStatus::Absent);
  CHECK(policy.lockout_window.status == FactStatus::Absent);

  rules.usrmod3_lockout_threshold = 5;
  put_lockout_rules(rules, 0, policy);
  CHECK(policy.lockout_threshold.value == Integer::of(5));
  CHECK(policy.lockout_duration.value == Integer::of(1800));
  CHECK(policy.lockout_window.value == Integer::of(900));

  rules.usrmod3_lockout_duration = TIMEQ_FOREVER;
  put_lockout_rules(rules, 0, policy);
  CHECK(policy.lockout_duration.value == Integer::infinity());
}

TEST_CASE("audit outcomes are success and failure; none and unchanged are neither") {
  using Names = std::vector<std::string>;
  CHECK(audit_outcomes(POLICY_AUDIT_EVENT_SUCCESS) == Names{"success"});
  CHECK(audit_outcomes(POLICY_AUDIT_EVENT_FAILURE) == Names{"failure"});
  CHECK(audit_outcomes(POLICY_AUDIT_EVENT_SUCCESS | POLICY_AUDIT_EVENT_FAILURE) ==
        Names{"success", "failure"});
  CHECK(audit_outcomes(POLICY_AUDIT_EVENT_NONE).empty());
  CHECK(audit_outcomes(POLICY_AUDIT_EVENT_UNCHANGED).empty());
}

TEST_CASE("a GUID is written as the catalogue of audit subcategories writes it") {
  const GUID logon{0x0cce9215, 0x69ae, 0x11d9, {0xbe, 0xd3, 0x50, 0x50, 0x54, 0x50, 0x30, 0x30}};
  CHECK(guid_text(logon) == value::find_audit_subcategory("Logon")->guid);
}

TEST_CASE("states and start types of services are the words of the catalogue") {
  const auto& states = value::enumerations()[value::enumeration_index("service_state")].members;
  for (DWORD state = SERVICE_STOPPED; state <= SERVICE_PAUSED; ++state) {
    CAPTURE(state);
    CHECK(service_state(state) == states[state - 1]);
  }
  CHECK_FALSE(service_state(0));
  CHECK_FALSE(service_state(8));
  CHECK(service_state(SERVICE_RUNNING) == "running");

  CHECK(service_start(SERVICE_AUTO_START, false) == "automatic");
  CHECK(service_start(SERVICE_AUTO_START, true) == "automatic_delayed");
  CHECK(service_start(SERVICE_DEMAND_START, true) == "manual");
  CHECK(service_start(SERVICE_DISABLED, false) == "disabled");
  CHECK_FALSE(service_start(5, false));
}

TEST_CASE("flags of an account say whether it is enabled and what holds for its password") {
  value::AccountRow row;
  put_account_flags(UF_NORMAL_ACCOUNT, row);
  CHECK(row.enabled.value);
  CHECK(row.password_required.value);
  CHECK(row.password_expires.value);
  put_account_flags(UF_NORMAL_ACCOUNT | UF_ACCOUNTDISABLE | UF_PASSWD_NOTREQD | UF_DONT_EXPIRE_PASSWD, row);
  CHECK_FALSE(row.enabled.value);
  CHECK_FALSE(row.password_required.value);
  CHECK_FALSE(row.password_expires.value);
}

TEST_CASE("ports and addresses of the IP tables are in network order") {
  CHECK(port_number(0xBB01) == 443);
  CHECK(port_number(0xFFFFBB01) == 443);  // the upper half means nothing
  CHECK(ipv4_text(0x0100007F) == "127.0.0.1");
  CHECK(ipv4_text(0) == "0.0.0.0");
  CHECK(ipv6_text({}) == "::");
  CHECK(ipv6_text({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}) == "::1");
  CHECK(ipv6_text({0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xab, 0xcd}) == "fe80::abcd");
}

TEST_CASE("a certificate is valid until a UTC day") {
  const auto date = [](std::uint64_t ticks) {
    return date_of({static_cast<DWORD>(ticks & 0xFFFFFFFF), static_cast<DWORD>(ticks >> 32U)}).text();
  };
  constexpr std::uint64_t k1970 = 116'444'736'000'000'000;
  CHECK(date(k1970) == "1970-01-01");
  CHECK(date(k1970 - 1) == "1969-12-31");
  CHECK(date(133'801'632'000'000'000) == "2025-01-01");
}

// --- the firewall and what it says about itself

namespace {

value::FirewallProfileRow profile(std::optional<bool> enabled) {
  value::FirewallProfileRow row;
  row.enabled = enabled ? value::Reading<bool>::of(*enabled) : value::Reading<bool>::absent();
  return row;
}

}  // namespace

TEST_CASE("a profile whose state INetFwPolicy2 confirms keeps it") {
  auto policy = profile(std::nullopt);
  auto local = profile(true);
  cross_check(value::Reading<bool>::of(true), policy, local);
  CHECK(local.enabled.value);
  CHECK(policy.enabled.status == FactStatus::Absent);
}

TEST_CASE("where INetFwPolicy2 tells the policy's state the local one may differ") {
  auto policy = profile(true);
  auto local = profile(false);
  cross_check(value::Reading<bool>::of(true), policy, local);
  CHECK(policy.enabled.value);
  CHECK(local.enabled.present());
  CHECK_FALSE(local.enabled.value);
}

TEST_CASE("a registry that says on where INetFwPolicy2 says off is a conflict") {
  auto policy = profile(std::nullopt);
  auto local = profile(true);
  cross_check(value::Reading<bool>::of(false), policy, local);
  CHECK(local.enabled.status == FactStatus::Unknown);
  CHECK(local.enabled.unknown.reason == value::UnknownReason::Conflict);
  CHECK(policy.enabled.status == FactStatus::Absent);

  policy = profile(true);
  local = profile(true);
  cross_check(value::Reading<bool>::of(false), policy, local);
  CHECK(policy.enabled.unknown.reason == value::UnknownReason::Conflict);
}

TEST_CASE("a firewall that does not answer is not believed to be on") {
  auto policy = profile(std::nullopt);
  auto local = profile(true);
  const value::Unknown why{value::UnknownReason::NotCollected, {}, "INetFwPolicy2 failed with 0x800706D9"};
  cross_check(value::Reading<bool>::unreadable(why), policy, local);
  CHECK(local.enabled.status == FactStatus::Unknown);
  CHECK(local.enabled.unknown.detail ==
        "INetFwPolicy2 failed with 0x800706D9: whether the firewall runs is not known");
  // That it is off needs no witness.
  local = profile(false);
  cross_check(value::Reading<bool>::unreadable(why), policy, local);
  CHECK(local.enabled.present());
}

TEST_CASE("profiles in force are bits") {
  using value::FirewallProfile;
  CHECK(firewall_profiles(0).empty());
  CHECK(firewall_profiles(1) == std::vector{FirewallProfile::Domain});
  CHECK(firewall_profiles(6) == std::vector{FirewallProfile::Private, FirewallProfile::Public});
  CHECK(firewall_profiles(0x7FFFFFFF).size() == 3);
}

// --- bounds

TEST_CASE("a table of the machine holds as many rows as the limit says and no more") {
  value::Section<value::FeatureRow> section;
  for (std::size_t i = 0; i < limits::kLiveRows; ++i) add_row(section, value::FeatureRow{});
  close(section);
  CHECK(section.rows.size() == limits::kLiveRows);
  CHECK(section.complete);
  CHECK_FALSE(add_row(section, value::FeatureRow{}));
  CHECK(section.rows.size() == limits::kLiveRows);
  CHECK_FALSE(section.complete);
  CHECK(section.unreadable->reason == value::UnknownReason::Budget);
  close(section);
  CHECK_FALSE(section.complete);
}

TEST_CASE("what grows while it is read is asked for again as often as the limit says") {
  constexpr std::uint32_t kTooSmall = ERROR_MORE_DATA;
  const auto answered_at = [&](std::size_t attempt) {
    std::size_t asked = 0;
    return read_growing(kTooSmall, [&] { return ++asked == attempt ? ERROR_SUCCESS : kTooSmall; });
  };
  CHECK(answered_at(1) == ERROR_SUCCESS);
  CHECK(answered_at(limits::kGrowingReads) == ERROR_SUCCESS);
  CHECK(answered_at(limits::kGrowingReads + 1) == kTooSmall);
  CHECK(read_growing(kTooSmall, [] { return std::uint32_t{ERROR_ACCESS_DENIED}; }) == ERROR_ACCESS_DENIED);
}

TEST_CASE("a list that never ends is given up") {
  std::size_t calls = 0;
  const auto grows = [&](BYTE** buffer, DWORD* count) -> NET_API_STATUS {
    NetApiBufferAllocate(sizeof(LOCALGROUP_INFO_0), reinterpret_cast<void**>(buffer));
    *count = 1;
    ++calls;
    return ERROR_MORE_DATA;
  };
  const auto failed =
      read_net_list<LOCALGROUP_INFO_0>("NetLocalGroupEnum", "", grows, [](const auto&) { return true; });
  REQUIRE(failed);
  CHECK(failed->reason == value::UnknownReason::Budget);
  CHECK(calls == limits::kLiveRows + 1);
}

TEST_CASE("pieces of nothing are no end of a list") {
  const auto nothing = [](BYTE** buffer, DWORD* count) -> NET_API_STATUS {
    *buffer = nullptr;
    *count = 0;
    return ERROR_MORE_DATA;
  };
  CHECK(read_net_list<LOCALGROUP_INFO_0>("NetLocalGroupEnum", "", nothing, [](const auto&) { return true; }));
}

TEST_CASE("a list that breaks off says so, and one that ends does not") {
  std::size_t seen = 0;
  NET_API_STATUS last = NERR_Success;
  std::size_t piece = 0;
  const auto next = [&](BYTE** buffer, DWORD* count) -> NET_API_STATUS {
    NetApiBufferAllocate(2 * sizeof(LOCALGROUP_INFO_0), reinterpret_cast<void**>(buffer));
    *count = 2;
    return ++piece == 2 ? last : static_cast<NET_API_STATUS>(ERROR_MORE_DATA);
  };
  const auto use = [&](const LOCALGROUP_INFO_0&) {
    ++seen;
    return true;
  };
  CHECK_FALSE(read_net_list<LOCALGROUP_INFO_0>("NetLocalGroupEnum", "", next, use));
  CHECK(seen == 4);
  piece = 0;
  last = ERROR_ACCESS_DENIED;
  const auto failed = read_net_list<LOCALGROUP_INFO_0>("NetLocalGroupEnum", "administrator", next, use);
  REQUIRE(failed);
  CHECK(failed->reason == value::UnknownReason::AccessDenied);
  CHECK(failed->detail == "error 5: NetLocalGroupEnum was denied; needs administrator");
}
