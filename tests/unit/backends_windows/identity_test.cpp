// Who the live machine is, its users, and what of it Wine cannot say.
#include <windows.h>
// After windows.h, which it needs.
#include <dsrole.h>

#include <algorithm>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/host_parts.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using value::FactStatus;
using value::UnknownReason;

namespace {

value::Evidence host() {
  value::Evidence evidence;
  windows::collect_host(evidence);
  return evidence;
}

}  // namespace

TEST_CASE("live host: name, system and build are those that Windows tells") {
  const auto evidence = host();
  wchar_t name[64];
  DWORD units = 64;
  REQUIRE(GetComputerNameW(name, &units) != 0);
  REQUIRE(evidence.host.name.present());
  CHECK(evidence.host.name.value == os::utf8_text({name, units}));
  CHECK(evidence.host.os.value.find("Windows") != std::string::npos);
  CHECK(evidence.host.build.value >= 7600);
  CHECK(evidence.origins.at(evidence.host.build.origin).note ==
        "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion, value \"CurrentBuildNumber\"");
}

TEST_CASE("live host: what is not in the registry of the machine is not made up") {
  const auto evidence = host();
  for (const auto* reading : {&evidence.host.edition, &evidence.host.installation_type}) {
    const auto key =
        windows::stored_value("HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
                              reading == &evidence.host.edition ? "EditionID" : "InstallationType");
    CHECK(reading->present() == key.present());
  }
}

TEST_CASE("live host: roles by their numbers") {
  using value::HostRole;
  CHECK(windows::role_of(DsRole_RoleStandaloneServer) == HostRole::Workgroup);
  CHECK(windows::role_of(DsRole_RoleStandaloneWorkstation) == HostRole::Workgroup);
  CHECK(windows::role_of(DsRole_RoleMemberServer) == HostRole::Member);
  CHECK(windows::role_of(DsRole_RolePrimaryDomainController) == HostRole::DomainController);
  CHECK_FALSE(windows::role_of(9));
}

TEST_CASE("live host: outside a domain there is neither domain nor domain SID") {
  const auto evidence = host();
  REQUIRE(evidence.host.role.present());
  if (evidence.host.role.value != value::HostRole::Workgroup) return;
  CHECK(evidence.host.domain.status == FactStatus::Absent);
  CHECK(evidence.host.domain_sid.status == FactStatus::Absent);
}

TEST_CASE("live host: the machine's SID is one that accounts can be below") {
  const auto evidence = host();
  REQUIRE(evidence.host.machine_sid.present());
  CHECK(evidence.host.machine_sid.value.starts_with("S-1-5-21-"));
}

TEST_CASE("live host: addresses have prefixes, and the loopback is not among them") {
  const auto evidence = host();
  if (!evidence.host.addresses.present()) {
    CHECK(evidence.host.addresses.unknown.detail.starts_with("GetAdaptersAddresses failed with "));
    return;
  }
  for (const std::string& address : evidence.host.addresses.value) {
    INFO(address);
    CHECK(address.find('/') != std::string::npos);
    CHECK_FALSE(address.starts_with("127."));
  }
}

TEST_CASE("live host: variables are the machine's, whatever the environment says") {
  SetEnvironmentVariableW(L"ProgramData", L"Q:\\elsewhere");
  SetEnvironmentVariableW(L"windir", L"Q:\\elsewhere");
  const auto variables = host().host.variables;
  CHECK(variables.at("SYSTEMDRIVE") == "C:");
  CHECK(variables.at("WINDIR") == variables.at("SYSTEMROOT"));
  CHECK(value::folded(variables.at("WINDIR")) == "C:\\WINDOWS");
  CHECK(variables.at("PROGRAMFILES") == "C:\\Program Files");
  for (const auto& [name, path] : variables) CHECK_FALSE(path.starts_with("Q:"));
}

TEST_CASE("live users: profiles with their hives, the default profile's unread") {
  auto evidence = host();
  windows::collect_users(evidence, nullptr);
  const auto& section = evidence.users;
  CHECK(section.collected);
  const auto standard = std::find_if(section.rows.begin(), section.rows.end(),
                                     [](const auto& row) { return row.sid == "Default"; });
  REQUIRE(standard != section.rows.end());
  CHECK_FALSE(standard->hive_readable);
  CHECK(standard->hive_unreadable.detail.find("not loaded") != std::string::npos);
  CHECK(std::any_of(section.rows.begin(), section.rows.end(),
                    [](const auto& row) { return row.sid.starts_with("S-1-5-21-") && row.hive_readable; }));
}

TEST_CASE("live users: not read unless asked for") {
  value::Evidence evidence;
  const PlanSlice slice;
  windows::collect_users(evidence, &slice);
  CHECK_FALSE(evidence.users.collected);
  CHECK(evidence.origins.size() == 1);
}

TEST_CASE("live names: an account of the system is found by the name that a policy gives") {
  auto evidence = host();
  PlanSlice slice;
  slice.add_object(value::EvidenceSection::Names, "NT AUTHORITY\\SYSTEM");
  slice.add_object(value::EvidenceSection::Names, "NOWHERE\\nobody");
  windows::collect_names(evidence, &slice);
  REQUIRE(evidence.names.rows.size() == 1);
  CHECK(evidence.names.rows[0].name == "NT AUTHORITY\\SYSTEM");
  CHECK(evidence.names.rows[0].sid == "S-1-5-18");
  CHECK_FALSE(evidence.names.complete);
}

TEST_CASE("live: failures are told apart") {
  const auto denied = windows::failure("RegOpenKeyEx", ERROR_ACCESS_DENIED, "administrator");
  CHECK(denied.reason == UnknownReason::AccessDenied);
  CHECK(denied.detail == "error 5: RegOpenKeyEx was denied; needs administrator");
  CHECK(windows::failure("NetShareEnum", ERROR_NOT_SUPPORTED).reason == UnknownReason::Unsupported);
  const auto other = windows::failure("NetUserModalsGet", 2140);
  CHECK(other.reason == UnknownReason::NotCollected);
  CHECK(other.detail == "NetUserModalsGet failed with 2140");
  CHECK(windows::status_failure("LsaOpenPolicy", static_cast<long>(0xC0000022L)).reason ==
        UnknownReason::AccessDenied);
}

TEST_CASE("live: text that is none is refused, and shown with a mark") {
  CHECK(windows::exact_text(L"Gr\xf6\xdf"
                            L"e") ==
        "Gr\xc3\xb6\xc3\x9f"
        "e");
  CHECK_FALSE(windows::exact_text(L"a\xdc00"));
  CHECK_FALSE(windows::exact_text(std::wstring_view(L"a\0b", 3)));
  CHECK(os::utf8_text(L"a\xdc00") == "a\xef\xbf\xbd");
}
