// Policies, services, accounts and groups of the machine the tests run on. Under Wine some calls fail for real: those must
// come out as "could not be read", with the number.
#include <algorithm>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/dynamic_library.hpp"
#include "runtime/backends/windows/handles.hpp"
#include "runtime/backends/windows/local_groups.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using namespace polc::backends::windows;
using value::EvidenceSection;
using value::FactStatus;

namespace {

bool under_wine() {
  return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr;
}

using Collect = void (*)(value::Evidence&, const PlanSlice*);

value::Evidence collected(Collect collect, EvidenceSection section) {
  value::Evidence evidence;
  PlanSlice slice;
  slice.add(section);
  collect(evidence, &slice);
  return evidence;
}

}  // namespace

TEST_CASE("an account policy that NetUserModalsGet does not tell is unknown, with its number") {
  const auto policy = collected(collect_account_policy, EvidenceSection::AccountPolicy).account_policy;
  BYTE* buffer = nullptr;
  const NET_API_STATUS status = NetUserModalsGet(nullptr, 0, &buffer);
  const NetApiMemory<BYTE> owned(buffer);
  if (under_wine()) CHECK(status == 2140);
  for (const auto* reading : {&policy.min_length, &policy.history, &policy.max_age, &policy.min_age}) {
    CHECK(reading->present() == (status == NERR_Success));
    if (status == 2140) CHECK(reading->unknown.detail == "NetUserModalsGet failed with 2140");
    CHECK(reading->status != FactStatus::Absent);
  }
  if (under_wine()) CHECK(policy.lockout_threshold.unknown.detail == "NetUserModalsGet failed with 2140");
}

TEST_CASE("complexity and reversible encryption are unknown, with the way out") {
  const auto policy = collected(collect_account_policy, EvidenceSection::AccountPolicy).account_policy;
  for (const auto* reading : {&policy.complexity, &policy.reversible_encryption}) {
    CHECK(reading->status == FactStatus::Unknown);
    CHECK(reading->unknown.reason == value::UnknownReason::Unsupported);
    CHECK(reading->unknown.detail.find("secedit or the SAM hive") != std::string::npos);
  }
}

TEST_CASE("rights of which the machine tells no holder at all are unknown, and not held by nobody") {
  const auto section = collected(collect_user_rights, EvidenceSection::UserRights).user_rights;
  CHECK(section.collected);
  if (!under_wine()) return;
  CHECK_FALSE(section.complete);
  REQUIRE(section.unreadable);
  CHECK(section.unreadable->detail.starts_with("LsaEnumerateAccountsWithUserRight "));
  REQUIRE(section.rows.size() == value::privileges().size());
  for (const auto& row : section.rows) CHECK(row.holders.status == FactStatus::Unknown);
}

TEST_CASE("an audit policy is unknown where the system has no call for it") {
  const auto section = collected(collect_audit_policy, EvidenceSection::AuditPolicy).audit_policy;
  const DynamicLibrary library(L"advapi32.dll");
  if (library.call<FARPROC>("AuditEnumerateSubCategories") != nullptr) return;
  CHECK(section.collected);
  CHECK_FALSE(section.complete);
  REQUIRE(section.unreadable);
  CHECK(section.unreadable->reason == value::UnknownReason::Unsupported);
  CHECK(section.unreadable->detail == "this system has no AuditQuerySystemPolicy");
}

TEST_CASE("services are enumerated with state, start and account") {
  const auto section = collected(collect_services, EvidenceSection::Services).services;
  CHECK(section.complete);
  REQUIRE_FALSE(section.rows.empty());
  for (const auto& row : section.rows) {
    CAPTURE(row.name);
    CHECK(value::canonical_service_name(row.name));
    CHECK(row.state.present());
    // Wine does not tell a delayed start from an automatic one.
    if (!row.start.present()) CHECK(row.start.unknown.detail == "QueryServiceConfig2W failed with 124");
    CHECK(row.account.present());
    CHECK(row.origin != 0);
  }
  const auto plug_play = std::find_if(section.rows.begin(), section.rows.end(),
                                      [](const auto& row) { return row.name == "PlugPlay"; });
  REQUIRE(plug_play != section.rows.end());
  CHECK(plug_play->state.value == "running");
}

TEST_CASE("a service with a delayed start is told from an automatic one") {
  const ServiceHandle manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CREATE_SERVICE));
  if (!manager) {
    WARN("skipped: services cannot be created here");
    return;
  }
  const ServiceHandle service(CreateServiceW(
      manager.get(), L"polc-test-delayed", L"polc test", SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS,
      SERVICE_AUTO_START, SERVICE_ERROR_IGNORE, L"C:\\polc-test.exe", nullptr, nullptr, nullptr,
      L"NT AUTHORITY\\LocalService", nullptr));
  REQUIRE(service);
  SERVICE_DELAYED_AUTO_START_INFO delayed{TRUE};
  const bool set =
      ChangeServiceConfig2W(service.get(), SERVICE_CONFIG_DELAYED_AUTO_START_INFO, &delayed) != 0;
  const auto section = collected(collect_services, EvidenceSection::Services).services;
  DeleteService(service.get());
  const auto row = std::find_if(section.rows.begin(), section.rows.end(),
                                [](const auto& r) { return r.name == "polc-test-delayed"; });
  REQUIRE(row != section.rows.end());
  CHECK(row->state.value == "stopped");
  CHECK(row->account.value.name == "NT AUTHORITY\\LocalService");
  if (set && row->start.present()) CHECK(row->start.value == "automatic_delayed");
  if (!row->start.present())
    CHECK(row->start.unknown.detail.starts_with("QueryServiceConfig2W failed with "));
}

TEST_CASE("a machine that has no local group at all is not believed") {
  const auto section = collected(collect_local_groups, EvidenceSection::LocalGroups).local_groups;
  if (!section.rows.empty()) return;
  CHECK_FALSE(section.complete);
  REQUIRE(section.unreadable);
  CHECK(section.unreadable->detail == "NetLocalGroupEnum finds no group, which no Windows does");
}

TEST_CASE("members of a local group are SIDs, or unknown with the number") {
  const GroupMembers members = local_group_members(L"Administrators", 5);
  CHECK(members.origin == 5);
  CHECK(members.status != FactStatus::Absent);
  if (members.present()) {
    for (const auto& member : members.value) CHECK(value::canonical_sid(member.sid));
  } else {
    CHECK(members.unknown.detail.starts_with("NetLocalGroupGetMembers failed with "));
  }
}

TEST_CASE("local groups come with members by SID, or with the reason") {
  const auto section = collected(collect_local_groups, EvidenceSection::LocalGroups).local_groups;
  CHECK(section.collected);
  if (!section.complete) {
    REQUIRE(section.unreadable);
    CHECK_FALSE(section.unreadable->detail.empty());
  }
  for (const auto& row : section.rows) {
    CAPTURE(row.group.name);
    CHECK_FALSE(row.group.name.empty());
    if (!row.members.present()) {
      CHECK(row.members.status == FactStatus::Unknown);
      CHECK_FALSE(row.members.unknown.detail.empty());
      continue;
    }
    for (const auto& member : row.members.value) CHECK(value::canonical_sid(member.sid));
  }
}

TEST_CASE("accounts come with flags and SID, or with the reason") {
  const auto section = collected(collect_accounts, EvidenceSection::Accounts).accounts;
  CHECK(section.collected);
  if (!section.complete) {
    REQUIRE(section.unreadable);
    CHECK_FALSE(section.unreadable->detail.empty());
    return;
  }
  REQUIRE_FALSE(section.rows.empty());
  for (const auto& row : section.rows) {
    CHECK_FALSE(row.account.name.empty());
    CHECK(row.enabled.present());
  }
}

TEST_CASE("a slice without a section leaves its collector with nothing to do") {
  PlanSlice slice;
  slice.add(EvidenceSection::Host);
  value::Evidence evidence;
  for (const Collect collect :
       {collect_account_policy, collect_user_rights, collect_audit_policy, collect_services,
        collect_local_groups, collect_accounts, collect_listeners, collect_firewall, collect_iis,
        collect_volumes, collect_certificates, collect_windows_features}) {
    collect(evidence, &slice);
  }
  CHECK(evidence.origins.size() == 1);
  for (const bool looked :
       {evidence.user_rights.collected, evidence.audit_policy.collected, evidence.services.collected,
        evidence.local_groups.collected, evidence.accounts.collected, evidence.tcp_listeners.collected,
        evidence.udp_listeners.collected, evidence.firewall.profiles.collected,
        evidence.firewall.local_rules.collected, evidence.iis.files.collected, evidence.volumes.collected,
        evidence.windows_features.collected, !evidence.certificates.empty()}) {
    CHECK_FALSE(looked);
  }
}
