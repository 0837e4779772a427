#include "runtime/backends/secedit/security_template.hpp"

#include "runtime/backends/secedit/secedit.hpp"
#include "runtime/derive/registry.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/support/file_target.hpp"
#include "tests/support/windows_bytes.hpp"
#include "tests/unit/catch.hpp"

namespace polc::backends {
namespace {

using value::FactStatus;
using value::Integer;
using value::Layer;
using value::RegistryData;
using value::RegistryType;
using value::UnknownReason;
using namespace std::string_literals;
using Texts = std::vector<std::string>;

/// What a machine's export has beside the lines of the test.
const std::string kExport =
    "[Unicode]\r\nUnicode=yes\r\n[System Access]\r\nMinimumPasswordLength = 8\r\nNewAdministratorName = "
    "\"Administrator\"\r\nNewGuestName = \"Guest\"\r\n[Event Audit]\r\nAuditSystemEvents = 0\r\n";

/// What follows the rights in an export.
const std::string kEnd = "[Version]\r\nsignature=\"$CHICAGO$\"\r\n";

struct Read {
  value::Evidence evidence;
  std::vector<std::string> messages;
};

/// The file as it is; `read` ends it as Windows does.
Read read_as_is(const std::string& text, const Request& request = {}) {
  test::FileTarget target;
  target.add("a.inf", text);
  auto all = secedit_backend().collect(target.file("a.inf"), request, target.sink);
  REQUIRE(all);
  return {std::move(all->front()), target.messages()};
}

Read read(const std::string& text, const Request& request = {}) {
  return read_as_is(text + kEnd, request);
}

/// The data of MACHINE\A\x.
value::Reading<RegistryData> registry_value(const std::string& line) {
  const Read r = read("[Registry Values]\r\nMACHINE\\A\\" + line + "\r\n");
  const auto key = r.evidence.registry.find("HKLM\\A");
  REQUIRE(key != r.evidence.registry.end());
  REQUIRE(key->second.values.size() == 1);
  return key->second.values.begin()->second.data;
}

}  // namespace

TEST_CASE("template: account policy has the units of the language") {
  struct Case {
    const char* line;
    value::Reading<Integer> value::AccountPolicyEvidence::*field;
    Integer expected;
  };
  using P = value::AccountPolicyEvidence;
  const Case cases[] = {
      {"MinimumPasswordLength = 14", &P::min_length, Integer::of(14)},
      {"minimumpasswordlength=0", &P::min_length, Integer::of(0)},
      {"PasswordHistorySize = 24", &P::history, Integer::of(24)},
      {"MaximumPasswordAge = 60", &P::max_age, Integer::of(60 * 86'400)},
      {"MaximumPasswordAge = -1", &P::max_age, Integer::infinity()},
      {"MaximumPasswordAge = 0", &P::max_age, Integer::infinity()},
      {"MinimumPasswordAge = 1", &P::min_age, Integer::of(86'400)},
      {"MinimumPasswordAge = 0", &P::min_age, Integer::of(0)},
      {"LockoutBadCount = 3", &P::lockout_threshold, Integer::of(3)},
      {"LockoutBadCount = 0", &P::lockout_threshold, Integer::infinity()},
      {"LockoutDuration = 15", &P::lockout_duration, Integer::of(900)},
      {"LockoutDuration = -1", &P::lockout_duration, Integer::infinity()},
      {"ResetLockoutCount = 15", &P::lockout_window, Integer::of(900)},
  };
  for (const Case& c : cases) {
    INFO(c.line);
    const Read r = read("[System Access]\r\n"s + c.line + "\r\n");
    const auto& found = r.evidence.account_policy.*c.field;
    REQUIRE(found.present());
    CHECK(found.value == c.expected);
    CHECK(test::place_text(r.evidence, found.origin) == "t/a.inf:2");
  }
  const Read flags = read("[System Access]\r\nPasswordComplexity = 1\r\nClearTextPassword = 0\r\n");
  CHECK(flags.evidence.account_policy.complexity.value);
  REQUIRE(flags.evidence.account_policy.reversible_encryption.present());
  CHECK_FALSE(flags.evidence.account_policy.reversible_encryption.value);
}

TEST_CASE("template: a line of the account policy that says nothing is unknown") {
  for (const char* line :
       {"MinimumPasswordLength = x", "MinimumPasswordLength =", "MinimumPasswordLength = 1,2",
        "MinimumPasswordLength = -1", "MinimumPasswordLength = 99999999999"}) {
    INFO(line);
    CHECK(read("[System Access]\r\n"s + line + "\r\n").evidence.account_policy.min_length.unknown.reason ==
          UnknownReason::Corrupt);
  }
  CHECK(read("[System Access]\r\nPasswordComplexity = 2\r\n").evidence.account_policy.complexity.status ==
        FactStatus::Unknown);
}

TEST_CASE("template: it is policy, and what it does not name is absent") {
  const Read r = read(
      "[Unicode]\r\nUnicode=yes\r\n[Privilege Rights]\r\nSeTcbPrivilege =\r\nsedebugprivilege = "
      "*S-1-5-32-544,CORP\\ops,\r\n");
  CHECK(r.evidence.layer == Layer::Policy);
  CHECK(r.evidence.account_policy.min_length.status == FactStatus::Absent);
  REQUIRE(r.evidence.user_rights.rows.size() == 2);
  CHECK(r.evidence.user_rights.complete);
  const auto& tcb = r.evidence.user_rights.rows[0];
  CHECK((tcb.right == "SeTcbPrivilege" && tcb.holders.present() && tcb.holders.value.empty()));
  const auto& debug = r.evidence.user_rights.rows[1];
  CHECK(debug.right == "SeDebugPrivilege");
  REQUIRE(debug.holders.value.size() == 2);
  CHECK(debug.holders.value[0].sid == "S-1-5-32-544");
  CHECK(debug.holders.value[1].name == "CORP\\ops");
  CHECK(r.evidence.services.complete);
  CHECK(derive::Registry(r.evidence).data("HKLM\\A", "x").status == FactStatus::Unknown);
}

TEST_CASE("template: an export of a machine is effective, and a right it lacks is nobody's") {
  const Read r = read_as_is(test::utf16_file(
      kExport + "LockoutBadCount = 0\r\n[Privilege Rights]\r\nSeDebugPrivilege = *S-1-5-32-544\r\n" + kEnd));
  CHECK(r.evidence.layer == Layer::Effective);
  CHECK(r.evidence.account_policy.min_length.value == Integer::of(8));
  CHECK(r.evidence.account_policy.max_age.status == FactStatus::Unknown);
  CHECK(r.evidence.user_rights.complete);
  CHECK_FALSE(r.evidence.services.collected);
  const Read as_policy = read(kExport, {.layer = Layer::Policy});
  CHECK(as_policy.evidence.layer == Layer::Policy);
}

TEST_CASE("template: an export that may have been cut off between two rights closes nothing") {
  const std::string rights = kExport + "[Privilege Rights]\r\nSeDebugPrivilege = *S-1-5-32-544\r\n";
  const Read cut = read_as_is(rights);
  CHECK_FALSE(cut.evidence.user_rights.complete);
  CHECK(cut.evidence.user_rights.unreadable->reason == UnknownReason::Corrupt);
  CHECK(cut.evidence.user_rights.rows.size() == 1);
  CHECK(read(rights).evidence.user_rights.complete);
  const std::string begin = "[Unicode]\r\nUnicode=yes\r\n" + kEnd;
  CHECK_FALSE(read_as_is(begin + rights).evidence.user_rights.complete);
  const std::string last = "SeCreateSymbolicLinkPrivilege = *S-1-5-32-544\r\n";
  CHECK(read_as_is(begin + rights + last).evidence.user_rights.complete);
  CHECK_FALSE(read_as_is(rights + last).evidence.user_rights.complete);
}

TEST_CASE("template: an access list whose object cannot be told leaves the table open") {
  CHECK(read("[File Security]\r\n\"C:\\a\",1,\"D:\"\r\n").evidence.file_security.complete);
  for (const char* line : {"\"..\\a\",1,\"D:\"", "\"C:\\a\",1"}) {
    CAPTURE(line);
    CHECK_FALSE(read("[File Security]\r\n" + std::string(line) + "\r\n").evidence.file_security.complete);
  }
}

TEST_CASE("template: lockout times that an export leaves out are absent only without a threshold") {
  const std::string access = "[System Access]\r\nLockoutBadCount = ";
  const Read never = read(kExport + access + "0\r\n");
  CHECK(never.evidence.account_policy.lockout_duration.status == FactStatus::Absent);
  CHECK(never.evidence.account_policy.lockout_window.status == FactStatus::Absent);
  const Read five = read(kExport + access + "5\r\n");
  CHECK(five.evidence.account_policy.lockout_duration.status == FactStatus::Unknown);
}

TEST_CASE("template: an export without its rights section says nothing about rights") {
  CHECK_FALSE(read(kExport).evidence.user_rights.collected);
}

TEST_CASE("template: registry values by type") {
  struct Case {
    const char* line;
    RegistryData data;
  };
  const Case cases[] = {
      {"x=4,1", {RegistryType::Dword, 0, std::uint64_t{1}}},
      {"x=4,4294967295", {RegistryType::Dword, 0, std::uint64_t{0xFFFFFFFF}}},
      {"x=1,\"10\"", {RegistryType::Sz, 0, "10"s}},
      {"x=1,", {RegistryType::Sz, 0, ""s}},
      {"x=2,\"%a%\"", {RegistryType::ExpandSz, 0, "%a%"s}},
      {"x=3,0", {RegistryType::Binary, 0, std::vector<std::uint8_t>{0}}},
      {"x=7,", {RegistryType::MultiSz, 0, Texts{}}},
      {"x=7,a,b", {RegistryType::MultiSz, 0, Texts{"a", "b"}}},
      {"x=7,a\",\"b,c", {RegistryType::MultiSz, 0, Texts{"a,b", "c"}}},
      {"LegalNoticeText=7,one,two", {RegistryType::Sz, 0, "one\r\ntwo"s}},
  };
  for (const Case& c : cases) {
    INFO(c.line);
    const auto found = registry_value(c.line);
    REQUIRE(found.present());
    CHECK(found.value == c.data);
  }
  for (const char* line :
       {"x=4,", "x=4,-1", "x=4,4294967296", "x=4,1,2", "x=1,a,b", "x=11,1", "x=", "x=y,1"}) {
    INFO(line);
    CHECK(registry_value(line).unknown.reason == UnknownReason::Corrupt);
  }
}

TEST_CASE("template: a path that names no value is reported with its line") {
  CHECK(read("[Registry Values]\r\nMACHINE=4,1\r\nELSEWHERE\\A\\x=4,1\r\n").messages ==
        Texts{"what 't/a.inf' does not list is unknown: line 2: names no registry value",
              "t/a.inf:2: 'MACHINE' names no registry key or value",
              "t/a.inf:3: 'ELSEWHERE\\A\\x' names no registry key or value"});
}

TEST_CASE("template: services, descriptors and groups") {
  const Read r = read(
      "[Service General Setting]\r\n\"WinRM\",2,\"\"\r\n\"X\",4,\"D:(A;;GA;;;SY)\"\r\n\"Y\",9,\"\"\r\n"
      "[Registry "
      "Keys]\r\n\"MACHINE\\SOFTWARE\\A\",0,\"D:PAR(A;CI;KA;;;BA)\"\r\n\"MACHINE\\SOFTWARE\\B\",2,\"D:\"\r\n"
      "[File Security]\r\n\"%SystemRoot%\\a\",1,\"D:(A;;FA;;;BA)\"\r\n"
      "[Group Membership]\r\n*S-1-5-32-544__Memberof =\r\n*S-1-5-32-544__Members = "
      "*S-1-5-18,CORP\\a\r\nCORP\\b__Memberof = "
      "*S-1-5-32-555\r\n");
  const auto& services = r.evidence.services.rows;
  REQUIRE(services.size() == 3);
  CHECK(services[0].start.value == "automatic");
  CHECK(services[0].state.status == FactStatus::Unknown);
  CHECK(services[1].start.value == "disabled");
  CHECK(services[2].start.unknown.reason == UnknownReason::Corrupt);
  REQUIRE(r.evidence.key_security.rows.size() == 1);
  CHECK(r.evidence.key_security.rows[0].path == "HKLM\\SOFTWARE\\A");
  CHECK(r.evidence.key_security.rows[0].sddl.value == "D:PAR(A;CI;KA;;;BA)");
  REQUIRE(r.evidence.file_security.rows.size() == 1);
  CHECK(r.evidence.file_security.rows[0].path == "%SystemRoot%\\a");
  const auto& groups = r.evidence.local_groups.rows;
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].group.sid == "S-1-5-32-544");
  CHECK(groups[0].members.value.size() == 2);
  CHECK(groups[1].group.sid == "S-1-5-32-555");
  CHECK(groups[1].members.unknown.reason == UnknownReason::Unsupported);
}

TEST_CASE("template: two lines that differ are a conflict, two that agree are one") {
  const Read r = read(
      "[System Access]\r\nMinimumPasswordLength = 8\r\nminimumPasswordLength = 14\r\n"
      "PasswordHistorySize = 24\r\nPasswordHistorySize = 24\r\n[Privilege Rights]\r\nSeTcbPrivilege =\r\n"
      "SeTcbPrivilege = *S-1-5-18\r\n");
  CHECK(r.evidence.account_policy.min_length.unknown ==
        value::Unknown{UnknownReason::Conflict, {}, "lines 2 and 3 differ"});
  CHECK(r.evidence.account_policy.history.value == Integer::of(24));
  REQUIRE(r.evidence.user_rights.rows.size() == 1);
  CHECK(r.evidence.user_rights.rows[0].holders.unknown.reason == UnknownReason::Conflict);
}

TEST_CASE("template: the categories of [Event Audit] leave the subcategories unknown") {
  const Read r = read("[Event Audit]\r\nAuditLogonEvents = 3\r\n");
  CHECK_FALSE(r.evidence.audit_policy.complete);
  REQUIRE(r.evidence.audit_policy.unreadable);
  CHECK(r.evidence.audit_policy.unreadable->reason == UnknownReason::Unsupported);
  CHECK(read("[Unicode]\r\nUnicode=yes\r\n").evidence.audit_policy.complete);
}

TEST_CASE("template: sections that are not read are said") {
  CHECK(read("[Kerberos Policy]\r\nMaxTicketAge = 10\r\n[Unicode]\r\nUnicode=yes\r\n").messages ==
        Texts{"t/a.inf:1: section [Kerberos Policy] is not read"});
}

TEST_CASE("template: a file that is cut off denies nothing, and its last line says nothing") {
  const std::string text =
      "[System Access]\r\nMinimumPasswordLength = 14\r\n[Privilege Rights]\r\nSeTcbPrivilege = "
      "*S-1-5-32-544\r\n";
  const std::size_t first_lines = text.find("[Privilege");
  for (std::size_t size = 0; size < text.size(); ++size) {
    INFO(size);
    if (size > 0 && text[size - 1] == '\n') continue;  // nothing shows that lines are missing
    test::FileTarget target;
    target.add("a.inf", text.substr(0, size));
    const auto all = secedit_backend().collect(target.file("a.inf"), {}, target.sink);
    if (!all) {
      CHECK(target.sink.error_count() == 1);
      continue;
    }
    const value::Evidence& e = all->front();
    const bool closed = e.user_rights.complete || e.account_policy.history.status == FactStatus::Absent;
    CHECK_FALSE(closed);
    CHECK(e.account_policy.min_length.present() == (size >= first_lines));
    for (const auto& row : e.user_rights.rows) CHECK(row.holders.status == FactStatus::Unknown);
  }
}

TEST_CASE("template: a file that is not whole proves no absence") {
  const std::string good = "[Privilege Rights]\r\nSeTcbPrivilege =\r\n";
  REQUIRE(read(good).evidence.user_rights.complete);
  struct Case {
    std::string text;
    const char* why;
  };
  const Case cases[] = {
      {"[Unicode]\r\n", "there is no [Version] with signature=\"$CHICAGO$\""},
      {good, "there is no [Version] with signature=\"$CHICAGO$\""},
      {good + "[Version]\r\nRevision=1\r\n", "there is no [Version] with signature=\"$CHICAGO$\""},
      {good + "[Event Budit]\r\nAuditLogonEvents = 3\r\n" + kEnd,
       "line 3: no template has a section [Event Budit]"},
      {good + "SeDebugPrivilege - *S-1-5-32-544\r\n" + kEnd, "line 3: not name = value"},
      {good + "SeDebugPrivilege = *S-1-1-0*SeBackupPrivilege = x\r\n" + kEnd,
       "line 3: not a list of accounts"},
      {good + "SeDebugPrivilege = a,SeBackupPrivilege = *S-1-1-0\r\n" + kEnd,
       "line 3: not a list of accounts"},
      {"[System Access]\r\nMinimumPasswordLength = 14 MaximumPasswordAge = 9\r\n" + kEnd,
       "line 2: two lines in one"},
      {"[Registry Values]\r\nMACHINE\\A\\x=7,a MACHINE\\A\\y=4,0\r\n" + kEnd, "line 2: two lines in one"},
      {"[Group Membership]\r\n*S-1-5-32-544__Mambers = x\r\n" + kEnd,
       "line 2: neither group__Members nor group__Memberof"},
      {"[Service General Setting]\r\n\"X\",4,\"\",\"Y\",2,\"\"\r\n" + kEnd,
       "line 2: not \"service\",mode,\"access list\""},
      {"[Registry Keys]\r\n\"MACHINE\\A\",7,\"D:\"\r\n" + kEnd,
       "line 2: not \"object\",mode,\"access list\""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const Read r = read_as_is(c.text);
    const value::Evidence& e = r.evidence;
    REQUIRE_FALSE(r.messages.empty());
    CHECK(r.messages.front() == "what 't/a.inf' does not list is unknown: "s + c.why);
    for (const bool complete : {e.user_rights.complete, e.services.complete, e.local_groups.complete,
                                e.key_security.complete, e.file_security.complete, e.audit_policy.complete}) {
      CHECK_FALSE(complete);
    }
    CHECK(e.account_policy.history.unknown.reason == UnknownReason::Corrupt);
  }
}

TEST_CASE("template: a right or an access line that nobody knows leaves its section open, and no other") {
  const std::string rights = "[Privilege Rights]\r\nSeDebugPrivilege =\r\nSeTcbQrivilege = *S-1-5-32-544\r\n";
  for (const std::string& text : {rights, kExport + rights}) {
    const Read r = read(text);
    CHECK_FALSE(r.evidence.user_rights.complete);
    CHECK(r.evidence.user_rights.unreadable->detail.find("[Privilege Rights] has no SeTcbQrivilege") !=
          std::string::npos);
    REQUIRE(r.evidence.user_rights.rows.size() == 1);
    CHECK(r.evidence.user_rights.rows[0].right == "SeDebugPrivilege");
  }
  CHECK(read(rights).evidence.services.complete);
  CHECK(read(rights).messages == Texts{"t/a.inf:3: [Privilege Rights] has no 'SeTcbQrivilege'"});
  const Read access = read("[System Access]\r\nPasswordHistorySise = 24\r\nMinimumPasswordLength = 14\r\n");
  CHECK(access.evidence.account_policy.history.status == FactStatus::Unknown);
  CHECK(access.evidence.account_policy.min_length.present());
  CHECK(access.evidence.user_rights.complete);
}

TEST_CASE("template: an export whose lines are broken says of no right that nobody has it") {
  const std::string rights = "[Privilege Rights]\r\nSeDebugPrivilege = *S-1-5-32-544\r\n";
  REQUIRE(read(kExport + rights).evidence.user_rights.complete);
  for (const char* line : {"SeTcbPrivilege - *S-1-5-32-544\r\n", "SeTcbPrivilege\r\n",
                           "SeBackupPrivilege = *S-1-1-0 SeTcbPrivilege = *S-1-1-0\r\n"}) {
    CAPTURE(line);
    CHECK_FALSE(read(kExport + rights + line).evidence.user_rights.complete);
  }
  CHECK_FALSE(read(kExport + rights + "[Registry Walues]\r\n").evidence.user_rights.complete);
}

TEST_CASE("template: what a file can answer depends on what is in it") {
  const auto about = [](const std::string& text, std::optional<Layer> asked = std::nullopt) {
    test::FileTarget files;
    files.add("a.inf", text);
    const Target target = files.file("a.inf");
    return secedit_backend().capabilities(&target, asked).front().about;
  };
  CHECK(about(kExport) == About::Effective);
  CHECK(about(kExport, Layer::Policy) == About::Policy);
  CHECK(about("[Privilege Rights]\r\n") == About::Policy);
}

TEST_CASE("template: what is recognised as one") {
  test::FileTarget target;
  target.add("a.inf",
             test::utf16_file("; x\r\n[Version]\r\nsignature=\"$CHICAGO$\"\r\n[Privilege Rights]\r\n"));
  target.add("driver.inf", "[Version]\r\nsignature=\"$CHICAGO$\"\r\n[Manufacturer]\r\n");
  target.add("ini.txt", "[section]\r\nunicode=yes\r\n");
  CHECK(recognise(target.file("a.inf")) == &secedit_backend());
  CHECK(recognise(target.file("driver.inf")) == nullptr);
  CHECK(recognise(target.file("ini.txt")) == nullptr);
}

}  // namespace polc::backends
