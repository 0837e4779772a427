// What the analysis says of single controls and of pairs of them.
#include "tests/unit/analysis/asked.hpp"

using namespace polc;
using analysis::Answer;
using analysis::Outcome;
using polc::test::answer_text;
using polc::test::ask;
using polc::test::control;
using polc::test::policy;
using polc::test::requiring;

namespace {

const std::string kValue = R"(registry('HKLM\SOFTWARE\X', 'V'))";

struct Case {
  std::string condition;
  std::string pass;  ///< the host that passes, or "never"
  std::string fail;
};

}  // namespace

TEST_CASE("what a control accepts and what it does not") {
  const std::string is = R"(registry('HKLM\SOFTWARE\X', 'V') = )";
  const Case cases[] = {
      {kValue + " == 1", is + "dword(1)", is + "dword(0)"},
      {kValue + " == 1 or absent", is + "dword(1)", is + "dword(0)"},
      {kValue + " >= 0", is + "dword(0)", is + R"(sz("something else"))"},
      {kValue + " == 1 and " + kValue + " == 2", "never", is + "dword(2)"},
      {kValue + " > 5 and " + kValue + " < 6", "never", is + "dword(5)"},
      {kValue + " is present or " + kValue + " is absent", is + "dword(1)", "never"},
      {"has_bits(" + kValue + ", 6) and " + kValue + " < 6", "never", is + "dword(5)"},
      {"has_bits(" + kValue + ", 6) and " + kValue + " <= 6", is + "dword(6)", is + "dword(5)"},
      {kValue + R"( like "a*" and )" + kValue + R"( == "b")", "never", is + R"(sz("b"))"},
      {kValue + R"( like "a*b" and )" + kValue + R"( like "b*a")", "never", is + R"(sz("ba"))"},
      {kValue + R"( like "a*" and )" + kValue + R"( like "*b")", is + R"(sz("AB"))", is + R"(sz("b"))"},
      {kValue + R"( like "*a*" and not )" + kValue + R"( like "a*" and )" + kValue + R"( like "??")",
       is + R"(sz("-A"))", is + R"(sz("xx"))"},
      {kValue + R"( like "?" and )" + kValue + R"( != "a" and )" + kValue + R"( like "a")", is + R"(sz("A"))",
       is + R"(sz("something else"))"},
      {"host.role == dc and not host.domain_joined", "never", "host.role = member"},
      {"password_policy.min_length >= 14", "password_policy.min_length = 14",
       "password_policy.min_length = 13"},
      {"password_policy.min_length in 8..12 and password_policy.min_length in 13..20", "never",
       "password_policy.min_length = 13"},
      {"user_right(SeTcbPrivilege) == {} and user_right(SeTcbPrivilege) contains Administrators", "never",
       "user_right(SeTcbPrivilege) = {Administrators}"},
      {"count(user_right(SeTcbPrivilege)) == 2",
       "user_right(SeTcbPrivilege) = {'S-1-5-21-3-4-5-1105', 'S-1-5-21-3-4-5-1106'}",
       "user_right(SeTcbPrivilege) = {}"},
      {R"(port(443/tcp).allowed_from within "10.0.0.0/8" | loopback and "10.0.0.0/7" within port(443/tcp).allowed_from)",
       "never", "port(443/tcp).allowed_from = {10.0.0.0/7, 127.0.0.0/8, ::1}"},
      {"loopback within port(443/tcp).allowed_from", "port(443/tcp).allowed_from = loopback", "never"},
      {"all p in 1..3/tcp: not port(p).listening",
       "port(1/tcp).listeners = []; port(2/tcp).listeners = []; port(3/tcp).listeners = []",
       "port(1/tcp).listeners = [{}]"},
      {"all a in accounts: a.enabled", "accounts = [{enabled: true}]", "accounts = [{enabled: false}]"},
      {"service('X').state == running and service('X').state == stopped", "never", "service('X') = stopped"},
      {"by host.role { dc: password_policy.history == 1, member, workgroup: password_policy.history == 2 }",
       "host.role = dc; password_policy.history = 1", "host.role = workgroup; password_policy.history = 1"},
      {"tls(\"TLS 1.0\", server) is disabled and "
       R"(registry('HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0\Server', 'Enabled') == 1)",
       "never", ""},
  };
  for (const Case& c : cases) {
    INFO(c.condition);
    const ir::Program program = requiring(c.condition);
    CHECK(answer_text(ask(program, Outcome::Pass)) == c.pass);
    if (!c.fail.empty()) CHECK(answer_text(ask(program, Outcome::Fail)) == c.fail);
  }
}

TEST_CASE("a setting and its registry value are one place") {
  const std::string setting = R"(setting "Computer Configuration/Administrative Templates/X" {
    scope machine
    key 'SOFTWARE\X'
    value 'V'
    type dword
    enabled 1
    disabled 0
  }
)";
  const ir::Program program =
      policy(setting + control("A", R"(require gpo("Administrative Templates/X") == Enabled)") +
             control("B", "require " + kValue + " == 0"));
  CHECK(analysis::solve({{{&program, 0}, Outcome::Pass}, {{&program, 1}, Outcome::Pass}}).answer ==
        Answer::Never);
  CHECK(answer_text(analysis::solve({{{&program, 0}, Outcome::Fail}, {{&program, 1}, Outcome::Pass}})) ==
        R"(registry('HKLM\SOFTWARE\X', 'V') = dword(0))");
}

TEST_CASE("what cannot be followed is undetermined, not never") {
  struct Open {
    std::string condition, reason;
  };
  const Open cases[] = {
      {kValue + R"( like "a*" and )" + kValue + R"( == "\u{e4}")",
       "patterns beside texts beyond ASCII are not followed"},
      {"password_policy.min_length < password_policy.history and password_policy.history < "
       "password_policy.min_length",
       "facts that are compared with one another are not followed"},
      {R"(host.os like "2*" and int(host.os) > 5)",
       "the number of a text that matches a pattern is not followed"},
      {"password_policy.min_length * 2 == 7", "computed values are not followed"},
  };
  for (const Open& c : cases) {
    INFO(c.condition);
    CHECK(answer_text(ask(requiring(c.condition), Outcome::Pass)) == "undetermined: " + c.reason);
  }
}

TEST_CASE("two versions of a control") {
  struct Pair {
    std::string older, newer, relation;
  };
  const Pair pairs[] = {
      {kValue + " == 1", kValue + " == 1", "equal"},
      {kValue + " == 1", kValue + " in 1..1", "equal"},
      {kValue + " == 1", kValue + " == 1 or absent", "looser"},
      {"password_policy.min_length >= 14", "password_policy.min_length >= 8", "looser"},
      {"password_policy.min_length >= 14", "password_policy.min_length > 14", "stricter"},
      {"password_policy.min_length >= 14", "not password_policy.min_length <= 13", "equal"},
      {kValue + " == 1", kValue + " == 2", "incomparable"},
      {R"(port(1/tcp).allowed_from within loopback)",
       R"(port(1/tcp).allowed_from within "10.0.0.0/8" | loopback)", "looser"},
      {"user_right(SeTcbPrivilege) within {Administrators}", "user_right(SeTcbPrivilege) == {}", "stricter"},
  };
  for (const Pair& pair : pairs) {
    INFO(pair.older << "  ->  " << pair.newer);
    const ir::Program older = requiring(pair.older);
    const ir::Program newer = requiring(pair.newer);
    CHECK(test::relation_text(analysis::compare({&older, 0}, {&newer, 0}).relation) == pair.relation);
  }
}

TEST_CASE("a narrower guard is looser, a shorter attestation stricter") {
  const std::string body = "require password_policy.min_length >= 14";
  const ir::Program older = policy(control("A", "when host.role != dc " + body));
  const ir::Program newer = policy(control("A", "when host.role == member " + body));
  CHECK(test::relation_text(analysis::compare({&older, 0}, {&newer, 0}).relation) == "looser");
  CHECK(test::relation_text(analysis::compare_guards({&older, 0}, {&newer, 0}).relation) == "stricter");
  const ir::Program year = policy(control("A", R"(manual "Done?" within 365d)"));
  const ir::Program month = policy(control("A", R"(manual "Done?" within 30d)"));
  CHECK(test::relation_text(analysis::compare({&year, 0}, {&month, 0}).relation) == "stricter");
}
