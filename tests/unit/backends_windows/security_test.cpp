// Security descriptors and shares of the live machine.
#include <windows.h>
// After windows.h, which it needs.
#include <sddl.h>

#include <algorithm>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/descriptors.hpp"
#include "runtime/formats/sddl.hpp"
#include "tests/unit/backends_windows/registry_fixture.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using value::EvidenceSection;
using value::FactStatus;
using value::UnknownReason;

namespace {

value::Evidence security_of(EvidenceSection section, const std::string& object) {
  value::Evidence evidence;
  windows::collect_host(evidence);
  PlanSlice slice;
  slice.add_object(section, object);
  windows::collect_file_security(evidence, &slice);
  windows::collect_key_security(evidence, &slice);
  return evidence;
}

value::SecurityRow file(const std::string& path) {
  const auto evidence = security_of(EvidenceSection::FileSecurity, path);
  REQUIRE(evidence.file_security.rows.size() == 1);
  CHECK(evidence.key_security.rows.empty());
  CHECK_FALSE(evidence.file_security.complete);
  return evidence.file_security.rows[0];
}

}  // namespace

TEST_CASE("live files: a folder's descriptor is SDDL, through variables too") {
  const auto row = file("%windir%\\System32");
  CHECK(row.path == "%windir%\\System32");
  REQUIRE(row.sddl.present());
  CHECK(formats::parse_sddl(row.sddl.value));
  CHECK(row.sddl.value.starts_with("O:"));
  CHECK(file("C:\\windows\\system32").sddl.value == row.sddl.value);
}

TEST_CASE("live files: what is not there is absent") {
  CHECK(file("C:\\polc-there-is-none").sddl.status == FactStatus::Absent);
  CHECK(file("C:\\polc-there-is-none\\below").sddl.status == FactStatus::Absent);
}

TEST_CASE("live files: paths that leave the machine are not opened") {
  CHECK(file("\\\\localhost\\C$\\Windows").sddl.unknown.reason == UnknownReason::NetworkDenied);
}

TEST_CASE("live files: an unknown variable is a name that was not resolved") {
  const auto row = file("%polc_has_no_such%\\x");
  CHECK(row.sddl.unknown.reason == UnknownReason::UnresolvedName);
}

TEST_CASE("live files: without a list of objects nothing is read and nothing is absent") {
  value::Evidence evidence;
  windows::collect_file_security(evidence, nullptr);
  CHECK(evidence.file_security.rows.empty());
  CHECK_FALSE(evidence.file_security.complete);
  CHECK(evidence.file_security.unreadable);
}

TEST_CASE("live keys: a key's descriptor is SDDL; a missing key is absent, a missing hive is not") {
  const test::TestKey key;
  const auto of = [](const std::string& path) {
    const auto evidence = security_of(EvidenceSection::KeySecurity, path);
    REQUIRE(evidence.key_security.rows.size() == 1);
    return evidence.key_security.rows[0];
  };
  const auto row = of(key.path());
  REQUIRE(row.sddl.present());
  CHECK(formats::parse_sddl(row.sddl.value));
  CHECK(of(key.path("none")).sddl.status == FactStatus::Absent);
  CHECK(of("HKLM\\POLC-HIVE\\X").sddl.status == FactStatus::Unknown);
  CHECK(of("HKU\\S-1-5-21-1-2-3-4\\X").sddl.status == FactStatus::Unknown);
}

TEST_CASE("live descriptors: SDDL goes through Windows and back, with names for its SIDs") {
  PSECURITY_DESCRIPTOR raw = nullptr;
  const wchar_t* text = L"O:BAG:SYD:P(A;OICI;0x1301bf;;;S-1-5-82-1-2-3-4-5)(D;;FR;;;WD)";
  REQUIRE(ConvertStringSecurityDescriptorToSecurityDescriptorW(text, SDDL_REVISION_1, &raw, nullptr) != 0);
  const windows::LocalMemory<void> descriptor(raw);
  const auto sddl = windows::sddl_of(raw, 0);
  REQUIRE(sddl.present());
  const auto parsed = formats::parse_sddl(sddl.value);
  REQUIRE(parsed);
  CHECK(sddl.value.find("S-1-5-82-1-2-3-4-5") != std::string::npos);
  const auto names = windows::names_in(raw);
  CHECK(std::any_of(names.begin(), names.end(), [](const auto& row) {
    return row.sid == "S-1-5-32-544" && row.name == "BUILTIN\\Administrators";
  }));
}

TEST_CASE("live shares: what NetShareEnum cannot tell is unknown, with its number") {
  value::Evidence evidence;
  windows::collect_shares(evidence, nullptr);
  CHECK(evidence.shares.collected);
  if (evidence.shares.complete) {
    CHECK_FALSE(evidence.shares.rows.empty());
    return;
  }
  REQUIRE(evidence.shares.unreadable);
  CHECK(evidence.shares.unreadable->detail == "NetShareEnum failed with 50");
  CHECK(evidence.shares.unreadable->reason == UnknownReason::Unsupported);
}
