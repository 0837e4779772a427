#include "tests/unit/derive/support.hpp"

namespace polc::derive::test {
namespace {

constexpr const char* kMachine = "S-1-5-21-1004336348-1177238915-682003330";
constexpr const char* kDomain = "S-1-5-21-2-3-4";

Evidence member() {
  Evidence e;
  e.host.name = Reading<std::string>::of("AUTOMATE01");
  e.host.role = Reading<value::HostRole>::of(value::HostRole::Member);
  e.host.domain_sid = Reading<std::string>::of(kDomain);
  e.host.machine_sid = Reading<std::string>::of(kMachine);
  return e;
}

template <class T>
Reading<T> denied() {
  return Reading<T>::unreadable({UnknownReason::AccessDenied, {}, "error 5"});
}

std::string sid(const Evidence& evidence, const value::Principal& asked) {
  const ir::Program program;
  return HostFacts(program, evidence, value::Layer::Effective, kNow).resolve(asked).sid;
}

}  // namespace

TEST_CASE("principals resolve with what the host's evidence knows") {
  Evidence e = member();
  const auto resolved = [&](const char* written) {
    return sid(e, value::principal_from_text(written).value());
  };
  CHECK(resolved("Administrators") == "S-1-5-32-544");
  CHECK(resolved("Domain Admins") == std::string(kDomain) + "-512");
  CHECK(resolved("Guest") == std::string(kMachine) + "-501");
  CHECK(resolved("AUTOMATE01\\labtech").empty());

  e.names.rows = {{"AUTOMATE01\\labtech", "S-1-5-21-1-1-1-1001"}, {"CORP\\ops", "S-1-5-21-2-3-4-1200"}};
  CHECK(resolved("automate01\\LABTECH") == "S-1-5-21-1-1-1-1001");
  CHECK(resolved(".\\labtech") == "S-1-5-21-1-1-1-1001");
  CHECK(resolved("CORP\\ops") == "S-1-5-21-2-3-4-1200");
  CHECK(resolved("CORP\\other").empty());
  e.names.rows.push_back({"corp\\OPS", "S-1-5-21-2-3-4-9999"});  // two answers are none
  CHECK(resolved("CORP\\ops").empty());

  e.host.role.value = value::HostRole::Workgroup;
  CHECK(resolved("Domain Admins") == value::kNobody);
  e.host.role.value = value::HostRole::DomainController;  // -500 and -501 are the domain's
  CHECK(resolved("Guest") == std::string(kDomain) + "-501");
  e.host = {};
  CHECK(resolved("Domain Admins").empty());
  CHECK(resolved("Guest").empty());
}

TEST_CASE("rights: complete and missing is nobody in force, and not configured in a policy") {
  Evidence e = member();
  e.user_rights.rows = {
      {"SeDebugPrivilege", Reading<std::vector<value::PrincipalEvidence>>::of({{"", "Administrators"}})},
      {"SeTcbPrivilege", Reading<std::vector<value::PrincipalEvidence>>::of({})},
      {"SeBackupPrivilege", denied<std::vector<value::PrincipalEvidence>>()}};
  const auto holders = [&](const char* right) {
    return line(fact(e, address(ResourceKind::UserRight, "holders", {value::text(right)})));
  };
  CHECK(holders("sedebugprivilege") == "{Administrators}");
  CHECK(holders("SeTcbPrivilege") == "{}");
  CHECK(holders("SeBackupPrivilege") == "unknown: access denied");
  CHECK(holders("SeRestorePrivilege") == "unknown: not collected");
  e.user_rights.complete = true;
  CHECK(holders("SeRestorePrivilege") == "{}");
  e.layer = value::Layer::Policy;
  CHECK(holders("SeRestorePrivilege") == "absent setting");
  CHECK(holders("SeTcbPrivilege") == "{}");
}

TEST_CASE("audit policy by name and by GUID") {
  Evidence e;
  e.audit_policy.rows = {{"0cce9215-69ae-11d9-bed3-505054503030",
                          Reading<std::vector<std::string>>::of({"success", "failure"})}};
  const auto outcomes = [&](const char* subcategory) {
    return line(fact(e, address(ResourceKind::Audit, "outcomes", {value::text(subcategory)})));
  };
  CHECK(outcomes("logon") == "{failure, success}");
  CHECK(outcomes("{0CCE9215-69AE-11D9-BED3-505054503030}") == "{failure, success}");
  CHECK(outcomes("Logoff") == "unknown: not collected");
  e.audit_policy.complete = true;
  CHECK(outcomes("Logoff") == "absent setting");
}

TEST_CASE("account policy has its own units, and times of a lockout that never happens are absent") {
  Evidence e;
  e.account_policy.max_age = Reading<value::Integer>::of(value::Integer::infinity());
  e.account_policy.lockout_threshold = Reading<value::Integer>::of(value::Integer::infinity());
  e.account_policy.lockout_duration = Reading<value::Integer>::absent();
  const auto ask = [&](const char* name) {
    return line(fact(e, address(ResourceKind::PasswordPolicy, name)));
  };
  CHECK(ask("max_age") == "never");
  CHECK(ask("lockout_threshold") == "never");
  CHECK(ask("lockout_duration") == "absent value");
  CHECK(ask("min_length") == "unknown: not collected");
}

TEST_CASE("services, groups and accounts") {
  Evidence e = member();
  e.services.rows = {{"W3SVC", Reading<std::string>::of("running"), Reading<std::string>::of("automatic"),
                      Reading<value::PrincipalEvidence>::of({"", "LocalSystem"}), 0}};
  const auto service = [&](const char* name, const char* attribute_name) {
    return line(fact(e, address(ResourceKind::Service, attribute_name, {value::text(name)})));
  };
  CHECK(service("w3svc", "state") == "running");
  CHECK(service("W3SVC", "account") == "SYSTEM");
  CHECK(service("Other", "state") == "unknown: not collected");
  e.services.complete = true;
  CHECK(service("Other", "state") == "absent object");

  e.local_groups.rows = {
      {{"S-1-5-32-544", "Administratoren"},
       Reading<std::vector<value::PrincipalEvidence>>::of({{"", "AUTOMATE01\\Administrator"}})}};
  e.accounts.rows = {
      {{std::string(kMachine) + "-500", "Administrator"}, Reading<bool>::of(true), {}, denied<bool>(), 0},
      {{std::string(kMachine) + "-501", "Gast"}, Reading<bool>::of(false), Reading<bool>::of(false), {}, 0}};
  const auto members = [&](const char* group) {
    return line(fact(e, address(ResourceKind::LocalGroup, "members", {principal(group)})));
  };
  CHECK(members("Administrators") == "{'AUTOMATE01\\Administrator'}");
  CHECK(members("Guests") == "unknown: not collected");
  e.local_groups.complete = true;
  CHECK(members("Guests") == "absent object");

  const auto account = [&](const char* attribute_name, Value name, Value rid) {
    return line(fact(e, address(ResourceKind::Account, attribute_name, {std::move(name), std::move(rid)})));
  };
  CHECK(account("enabled", Value(), value::integer(501)) == "false");
  CHECK(account("name", Value(), value::integer(501)) == "\"Gast\"");
  CHECK(account("enabled", value::text("administrator"), Value()) == "true");
  CHECK(account("password_expires", value::text("Administrator"), Value()) == "unknown: access denied");
  CHECK(account("password_required", value::text("Administrator"), Value()) == "unknown: not collected");
  CHECK(account("enabled", value::text("Other"), Value()) == "unknown: not collected");
  e.accounts.complete = true;
  CHECK(account("enabled", value::text("Other"), Value()) == "absent object");
}

TEST_CASE("tables become lists that know whether they are complete") {
  Evidence e;
  CHECK(line(fact(e, address(ResourceKind::Accounts, "items"))) == "unknown: not collected");
  e.accounts.complete = true;
  CHECK(line(fact(e, address(ResourceKind::Accounts, "items"))) == "[]");
  e.volumes.rows = {{"C:", "NTFS", denied<bool>(), 0}};
  const Fact volumes = fact(e, address(ResourceKind::Volumes, "items"));
  REQUIRE(volumes.value.get<value::ListValue>() != nullptr);
  CHECK_FALSE(volumes.value.get<value::ListValue>()->complete);
  const auto record = *volumes.value.get<value::ListValue>()->items.at(0).get<value::Record>();
  CHECK(record->find("encrypted")->status == FactStatus::Unknown);
  CHECK(line(*record->find("filesystem")) == "\"NTFS\"");
  CHECK(line(fact(e, address(ResourceKind::Certificates, "items", {Value()}))) == "unknown: not collected");
  e.certificates["MY"].complete = true;
  CHECK(line(fact(e, address(ResourceKind::Certificates, "items", {Value()}))) == "[]");
}

TEST_CASE("users are people and the default profile") {
  Evidence e;
  e.users.rows = {{"S-1-5-18", "SYSTEM", true, {}, 0},
                  {"S-1-5-21-1-2-3-500", "a", true, {}, 0},
                  {"S-1-12-1-1-2-3-4", "b", true, {}, 0},
                  {"Default", "", true, {}, 0}};
  const auto users = [&] { return fact(e, address(ResourceKind::Users, "sids")); };
  CHECK(users().value.get<value::SetValue>()->low.size() == 3);
  CHECK_FALSE(users().value.get<value::SetValue>()->exact());
  e.users.complete = true;
  CHECK(users().value.get<value::SetValue>()->exact());
}

TEST_CASE("the host: roles, domains, and what a workgroup leaves out") {
  Evidence e;
  const auto ask = [&](const char* name) { return line(fact(e, address(ResourceKind::Host, name))); };
  CHECK(ask("domain_joined") == "unknown: not collected");
  e.host.domain = Reading<std::string>::absent();
  CHECK(ask("domain_joined") == "false");
  e.host.domain = {};
  e.host.role = Reading<value::HostRole>::of(value::HostRole::Workgroup);
  CHECK(ask("role") == "workgroup");
  CHECK(ask("domain_joined") == "false");
  CHECK(ask("domain") == "absent object");
  CHECK(ask("build") == "unknown: not collected");
  e.host.role.value = value::HostRole::DomainController;
  CHECK(ask("domain_joined") == "true");
  CHECK(ask("domain") == "unknown: not collected");
}

TEST_CASE("evidence of one layer never answers for the other") {
  Evidence e;
  set(e, "HKLM\\X", "Y", dword(1));
  const ir::Program program;
  const Address asked = address(ResourceKind::Registry, "value", {value::text("HKLM\\X"), value::text("Y")});
  CHECK(line(HostFacts(program, e, value::Layer::Policy, kNow).read(asked)) == "unknown: not collected");
  e.layer = value::Layer::Policy;
  CHECK(line(HostFacts(program, e, value::Layer::Policy, kNow).read(asked)) == "dword(1)");
  CHECK(line(HostFacts(program, e, value::Layer::Effective, kNow).read(asked)) == "unknown: not collected");
}

TEST_CASE("constant addresses are answered by their slot, with their origin") {
  Evidence e;
  e.origins.push_back({"snapshot", "host.yaml", 12, 3, ""});
  set(e, "HKLM\\X", "Y", dword(1));
  key(e, "HKLM\\X").values.at("Y").data.origin = 1;
  ir::Program program;
  program.addresses = {address(ResourceKind::Registry, "value", {value::text("HKLM\\X"), value::text("Y")}),
                       address(ResourceKind::Host, "build")};
  const HostFacts facts(program, e, value::Layer::Effective, kNow);
  CHECK(line(facts.at(0)) == "dword(1)");
  CHECK(facts.origin(facts.at(0).origin).line == 12);
  CHECK(line(facts.at(1)) == "unknown: not collected");
  CHECK(facts.origin(0).file.empty());
  CHECK(facts.origin(99).file.empty());
}

}  // namespace polc::derive::test
