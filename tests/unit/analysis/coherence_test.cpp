// Facts of one object go together: no claim is made with a host that cannot be, and none is missed.
#include "tests/unit/analysis/asked.hpp"

using namespace polc;
using analysis::Relation;

namespace {

struct Case {
  const char* older;
  const char* newer;
  Relation relation;
};

Relation relation_of(const Case& c) {
  const ir::Program older = test::policy(test::control("A", c.older));
  const ir::Program newer = test::policy(test::control("A", c.newer));
  return analysis::compare({&older, 0}, {&newer, 0}).relation;
}

}  // namespace

TEST_CASE("what is not there has no properties") {
  const Case cases[] = {
      {R"(when service("a") is present require service("a").start == disabled)",
       R"(require service("a") is absent or service("a").start == disabled)", Relation::Equal},
      {R"(require acl('C:\a').owner == Administrators)",
       R"(require acl('C:\a') is present and acl('C:\a').owner == Administrators)", Relation::Equal},
      {R"(require account("G").name is present)", R"(require account("G") is present)", Relation::Equal},
      {R"(when iis is present require iis('system.webServer/directoryBrowse', 'enabled') == false)",
       R"(require iis('system.webServer/directoryBrowse', 'enabled') == false or absent)", Relation::Equal},
      {R"(require port(80/tcp).reachable_from within loopback)",
       R"(require port(80/tcp).listening => port(80/tcp).reachable_from within loopback)", Relation::Equal},
      {R"(when iis is present require iis('system.webServer/directoryBrowse', 'enabled', at: 'LT') == false)",
       R"(when iis is present require iis('system.webServer/directoryBrowse', 'enabled', at: 'LT') == false or absent)",
       Relation::Looser},
      // A key can be there without the value, a service without its start.
      {R"(when registry_key('HKLM\A') is present require registry('HKLM\A', 'V') == 1)",
       R"(when registry_key('HKLM\A') is present require registry('HKLM\A', 'V') == 1 or absent)",
       Relation::Looser},
      {R"(require registry('HKLM\A', 'V') is present)",
       R"(require registry('HKLM\A', 'V') is present and registry_key('HKLM\A') is present)",
       Relation::Equal},
      {R"(require service("S").start == disabled or absent)",
       R"(require service("S") is absent or service("S").start == disabled)", Relation::Stricter},
      {R"(require port(80/tcp).blocked_from == {})", R"(require port(80/tcp).allowed_from == any)",
       Relation::Equal},
  };
  for (const Case& c : cases) {
    INFO(c.older << "\n-> " << c.newer);
    CHECK(test::relation_text(relation_of(c)) == test::relation_text(c.relation));
  }
}

TEST_CASE("one place under two names is one place") {
  const Case cases[] = {
      {R"(require registry('HKLM\SOFTWARE\A', 'B', view: 32) == 1)",
       R"(require registry('HKLM\SOFTWARE\WOW6432Node\A', 'B') == 1)", Relation::Equal},
      {R"(require http("https://x/").status == 200)",
       R"(require http("https://x/", version: "1.1", method: "HEAD").status == 200)", Relation::Equal},
      {R"(require any c in certificates: c.thumbprint == "a")",
       R"(require any c in certificates("My"): c.thumbprint == "a")", Relation::Equal},
  };
  for (const Case& c : cases) {
    INFO(c.older << "\n-> " << c.newer);
    CHECK(test::relation_text(relation_of(c)) == test::relation_text(c.relation));
  }
}

TEST_CASE("what is looser is not called unchanged") {
  const char* pairs[][2] = {
      {R"(attested("k", within: 90d))", R"(attested("k", within: 900d))"},
      {R"(attested("k", within: 90d))", R"(attested("k"))"},
      {R"(all u in users: registry('HKCU\Software\X', 'a', user: u) == 1)",
       R"(all u in users: u in {'S-1-5-21-1-2-3-501'} or registry('HKCU\Software\X', 'a', user: u) == 1)"},
      {R"(has_bits(qword(registry('HKLM\SOFTWARE\X', 'q')), 12))",
       R"(has_bits(qword(registry('HKLM\SOFTWARE\X', 'q')), 4))"},
      {R"(all p in user_right(SeTcbPrivilege): acl('C:\X').allow[p] is absent)",
       R"(all p in user_right(SeTcbPrivilege): p == Administrators or acl('C:\X').allow[p] is absent)"},
      {R"(sz(registry('HKLM\SOFTWARE\X', 'i')) == "5")", R"(int(sz(registry('HKLM\SOFTWARE\X', 'i'))) == 5)"},
      // Somebody else has rights, where everybody is named.
      {R"(acl('C:\D').allow[Everyone] is absent and acl('C:\D').allow within {Administrators: FullControl})",
       R"(acl('C:\D').allow[Everyone] is absent)"},
      {R"(share_acl("S").allow within {Administrators: FullControl, Everyone: Read})",
       R"(share_acl("S") is present and (share_acl("S").allow[Everyone] within Read or absent))"},
      // Who reaches a port is cut where it is asked who is allowed to.
      {R"(port(3389/tcp).allowed_from != any and not (port(3389/tcp).reachable_from contains "192.168.0.7"))",
       R"(port(3389/tcp).allowed_from != any)"},
      {R"(port(3389/tcp).allowed_from within loopback and port(3389/tcp).reachable_from == none)",
       R"(port(3389/tcp).allowed_from within loopback)"},
      // What evidence may say is not there, and what a policy leaves open.
      {R"(certificates("My") is present and host.role == workgroup)", R"(host.role == workgroup)"},
      {R"(all s in shares: s.name like "*$")", R"(shares is absent or all s in shares: s.name like "*$")"},
      {R"(user_right(SeTcbPrivilege) is present and host.build > 1)", R"(host.build > 1)"},
      // One account under two names.
      {R"(user_right(SeDebugPrivilege) within {Administrators, 'Domain Admins'} and not (user_right(SeDebugPrivilege) contains {'CORP\Domain Admins'}))",
       R"(user_right(SeDebugPrivilege) within {Administrators, 'Domain Admins'})"},
      // A "no" grows old, too.
      {R"(not attested("k", within: 90d))", R"(not attested("k"))"},
  };
  for (const auto& [older, newer] : pairs) {
    INFO(older << "\n-> " << newer);
    const Relation relation = relation_of(
        {(std::string("require ") + older).c_str(), (std::string("require ") + newer).c_str(), {}});
    CHECK((relation == Relation::Looser || relation == Relation::Undetermined));
  }
}

TEST_CASE("what a host can pass is not denied") {
  const char* conditions[] = {
      R"(any u in users: u == 'S-1-5-21-1-2-3-500' and registry('HKCU\Software\X', 'a', user: u) == 1)",
      R"(any p in user_right(SeBackupPrivilege): acl('C:\X9').allow[p] is present)",
      R"(has_bits(qword(registry('HKLM\SOFTWARE\X', 'q')), 4))",
      R"(int(sz(registry('HKLM\SOFTWARE\X', 'i'))) == 5 and registry('HKLM\SOFTWARE\X', 'i') != "5")",
      R"(host.build >= 26000 and tls("TLS 1.0", server) is disabled_by_default and registry('HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0\Server', 'DisabledByDefault') is absent)",
      R"(not (user_right(SeTcbPrivilege) within {'S-1-5-21-3-4-5-1105', 'S-1-5-21-3-4-5-1106'}))",
      R"(acl('C:\D').allow[Everyone] is absent and acl('C:\D').allow != {})",
      R"(port(3389/tcp).allowed_from within loopback | "192.168.0.0/16" and port(3389/tcp).reachable_from != none)",
      R"(port(3389/tcp).allowed_from != any and port(3389/tcp).reachable_from contains "192.168.0.7")",
      R"(user_right(SeDebugPrivilege) == {'Domain Admins'} and user_right(SeDebugPrivilege) == {'CORP\Domain Admins'})",
      R"(local_group(Administrators).members contains {'.\Administrator'} and local_group(Administrators).members == {'S-1-5-21-1-2-3-500', 'CORP\x'})",
      R"(not (host.os in {"", "~", "something else", "another thing"}))",
  };
  for (const char* condition : conditions) {
    INFO(condition);
    CHECK(test::ask(test::requiring(condition), analysis::Outcome::Pass).answer != analysis::Answer::Never);
  }
}

TEST_CASE("what a host can fail is not denied") {
  const char* conditions[] = {
      R"(host.secure_boot is present)",
      R"(shares is present)",
      R"(certificates is present)",
      R"(port(3389/tcp).allowed_from within loopback => port(3389/tcp).reachable_from within "10.0.0.0/8")",
  };
  for (const char* condition : conditions) {
    INFO(condition);
    CHECK(test::ask(test::requiring(condition), analysis::Outcome::Fail).answer != analysis::Answer::Never);
  }
}

TEST_CASE("names that cannot be one principal are told apart") {
  const char* conditions[] = {
      R"(user_right(SeDebugPrivilege) == {'CORP\alice'} and user_right(SeDebugPrivilege) == {'CORP\bob'})",
      R"(user_right(SeDebugPrivilege) == {'CORP\alice'} and user_right(SeDebugPrivilege) == {Administrators})",
      R"(user_right(SeDebugPrivilege) == {'Domain Admins'} and user_right(SeDebugPrivilege) == {'CORP\bob'})",
      R"(user_right(SeDebugPrivilege) == {'Domain Admins'} and user_right(SeDebugPrivilege) == {'S-1-5-21-1-2-3-513'})",
  };
  for (const char* condition : conditions) {
    INFO(condition);
    CHECK(test::ask(test::requiring(condition), analysis::Outcome::Pass).answer == analysis::Answer::Never);
  }
}

TEST_CASE("nested ranges without facts are bounded") {
  const auto finding =
      test::ask(test::requiring("all a in 1..2000: all b in 1..2000: all c in 1..2000: a + b + c > 1"),
                analysis::Outcome::Fail);
  CHECK(test::answer_text(finding) == "undetermined: the condition has too many parts");
}
