#include "runtime/backends/auditpol/auditpol.hpp"

#include <algorithm>

#include "tests/support/file_target.hpp"
#include "tests/support/windows_bytes.hpp"
#include "tests/unit/catch.hpp"

namespace polc::backends {
namespace {

using value::FactStatus;
using value::Layer;
using value::UnknownReason;
using Texts = std::vector<std::string>;

const std::string kHead =
    "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting";

std::string row(const std::string& machine, const std::string& rest) {
  return machine + ",System,x,{0CCE9215-69AE-11D9-BED3-505054503030}," + rest + "\r\n";
}

value::Evidence read(const std::string& text) {
  test::FileTarget target;
  target.add("a.csv", text);
  const Target file = target.file("a.csv");
  REQUIRE(recognise(file) == &auditpol_backend());
  auto all = auditpol_backend().collect(file, {}, target.sink);
  REQUIRE(all);
  return std::move(all->front());
}

}  // namespace

TEST_CASE("auditpol: a report names its machine and is effective") {
  const value::Evidence e = read(kHead + "\r\n\r\n" + row("HOST1", "Success and Failure,"));
  CHECK(e.layer == Layer::Effective);
  CHECK(e.host.name.value == "HOST1");
  REQUIRE(e.audit_policy.rows.size() == 1);
  CHECK(e.audit_policy.rows[0].guid == "0cce9215-69ae-11d9-bed3-505054503030");
  CHECK(e.audit_policy.rows[0].outcomes.value == Texts{"success", "failure"});
  CHECK(e.audit_policy.collected);
  CHECK_FALSE(e.audit_policy.complete);
  CHECK(test::place_text(e, e.audit_policy.rows[0].outcomes.origin) == "t/a.csv:3");
}

TEST_CASE("auditpol: what the outcome columns say") {
  struct Case {
    const char* rest;
    FactStatus status;
    Texts outcomes;
  };
  const Case cases[] = {
      {"Success,", FactStatus::Present, {"success"}},
      {"Failure,", FactStatus::Present, {"failure"}},
      {"No Auditing,", FactStatus::Present, {}},
      {"Keine \xC3\x9C"
       "berwachung,",
       FactStatus::Unknown,
       {}},
      {"Keine \xC3\x9C"
       "berwachung,,0",
       FactStatus::Present,
       {}},
      {"Erfolg,,1", FactStatus::Present, {"success"}},
      {"Erfolg,,x", FactStatus::Unknown, {}},
      {"", FactStatus::Unknown, {}},
  };
  for (const Case& c : cases) {
    INFO(c.rest);
    const value::Evidence e = read(kHead + ",Setting Value\r\n" + row("HOST1", c.rest));
    REQUIRE(e.audit_policy.rows.size() == 1);
    CHECK(e.audit_policy.rows[0].outcomes.status == c.status);
    CHECK(e.audit_policy.rows[0].outcomes.value == c.outcomes);
  }
}

TEST_CASE("auditpol: translated column names do not matter") {
  const value::Evidence e =
      read("Computername,Richtlinienziel,Unterkategorie,GUID der Unterkategorie,Ja,Nein\r\n" +
           row("HOST1", "Success,"));
  CHECK(e.audit_policy.rows.size() == 1);
}

TEST_CASE("auditpol: a table without a machine is the audit.csv of a policy") {
  const value::Evidence e = read(kHead + ",Setting Value\r\n" + row("", "Success,,1"));
  CHECK(e.layer == Layer::Policy);
  CHECK(e.audit_policy.complete);
  CHECK(e.host.name.status == FactStatus::Unknown);
}

TEST_CASE("auditpol: what a table can answer depends on what is in it") {
  const auto about = [](const std::string& machine) {
    test::FileTarget files;
    files.add("a.csv", kHead + "\r\n" + row(machine, "Success,"));
    const Target target = files.file("a.csv");
    return auditpol_backend().capabilities(&target).front().about;
  };
  CHECK(about("HOST1") == About::Effective);
  CHECK(about("") == About::Policy);
}

TEST_CASE("auditpol: rows of several machines name none") {
  const value::Evidence e = read(kHead + "\r\n" + row("HOST1", "Success,") + row("HOST2", "Success,"));
  CHECK(e.layer == Layer::Effective);
  CHECK_FALSE(e.host.name.present());
}

TEST_CASE("auditpol: a table that is cut off says so") {
  const std::string text = kHead + ",Setting Value\r\n" + row("", "Success,,1");
  const value::Evidence e = read(text.substr(0, text.size() - 2));
  CHECK_FALSE(e.audit_policy.complete);
  CHECK(e.audit_policy.unreadable->reason == UnknownReason::Corrupt);
  CHECK(e.audit_policy.rows[0].outcomes.status == FactStatus::Unknown);
}

TEST_CASE("auditpol: other tables are not recognised, and refused when forced") {
  test::FileTarget target;
  target.add("a.csv", "a,b,c,d,e,f\r\n1,2,3,4,5,6\r\n");
  CHECK(recognise(target.file("a.csv")) == nullptr);
  CHECK_FALSE(auditpol_backend().collect(target.file("a.csv"), {}, target.sink));
  CHECK(target.messages() == Texts{"t/a.csv:1: 't/a.csv' cannot be read: no table of audit subcategories"});
}

TEST_CASE("auditpol: a row whose columns contradict each other is not believed") {
  struct Case {
    const char* row;  ///< of the policy target on
    FactStatus logon;
  };
  const Case cases[] = {
      {"Audit Logon,{0cce9215-69ae-11d9-bed3-505054503030},Success and Failure,,3", FactStatus::Present},
      {"Logon,{0cce9215-69ae-11d9-bed3-505054503030},Success and Failure,,3", FactStatus::Present},
      {"Anmelden,{0cce9215-69ae-11d9-bed3-505054503030},Erfolg,,3", FactStatus::Present},
      {"Audit Logon,{0cce9215-69ae-11d9-bed3-505054503030},Success,,3", FactStatus::Unknown},
      {"Audit Logon,{0cce9215-69ae-11d9-bed3-505054503030},No Auditing,,3", FactStatus::Unknown},
      {"Audit Logon,{0cce9215-69ae-11d9-bed3-505054503030},Success,,0", FactStatus::Unknown},
      {"Audit Credential Validation,{0cce9215-69ae-11d9-bed3-505054503030},Success,,1", FactStatus::Unknown},
      {"Audit Logon,{0cce9216-69ae-11d9-bed3-505054503030},Success,,1", FactStatus::Unknown},
  };
  for (const Case& c : cases) {
    CAPTURE(c.row);
    const value::Evidence e = read(kHead + ",Setting Value\r\n,System," + c.row + "\r\n");
    const auto& rows = e.audit_policy.rows;
    const auto logon = std::find_if(rows.begin(), rows.end(), [](const value::AuditRow& r) {
      return r.guid == "0cce9215-69ae-11d9-bed3-505054503030";
    });
    REQUIRE(logon != rows.end());
    CHECK(logon->outcomes.status == c.logon);
  }
  const value::Evidence renamed =
      read(kHead + "\r\n" +
           ",System,Audit Audit Policy Change,{0cce922f-69ae-11d9-bed3-505054503030},"
           "Success,\r\n");
  CHECK(renamed.audit_policy.rows.at(0).outcomes.present());
}

TEST_CASE("auditpol: a row of no subcategory leaves the table open, options do not") {
  const auto table = [](const std::string& line) {
    return read(kHead + ",Setting Value\r\n" + row("", "Success,,1") + line).audit_policy;
  };
  for (const char* line :
       {"", "\r\n", ",,Option:CrashOnAuditFail,,Disabled,,0\r\n", ",,FileGlobalSacl,,,,\r\n"}) {
    CAPTURE(line);
    CHECK(table(line).complete);
  }
  for (const char* line : {",System,x,{0cce9299-69ae-11d9-bed3-505054503030},Success,,1\r\n",
                           ",System,x,{0cce9216-69ae-11d9-bed3-50505450303},Success,,1\r\n",
                           ",System,x,,Success,,1\r\n", ",System,x\r\n"}) {
    CAPTURE(line);
    CHECK_FALSE(table(line).complete);
    CHECK(table(line).unreadable->detail == "line 3 has the GUID of no subcategory");
  }
}

}  // namespace polc::backends
