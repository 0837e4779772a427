// The same policy in other words is not accused of anything.
#include "tests/unit/diff/compared.hpp"

using namespace polc;
using test::Compared;
using test::control;

namespace {

const std::string kValue = R"(registry('HKLM\SOFTWARE\X', 'V'))";

struct Case {
  std::string before, after;
};

std::string declarations(const std::string& text) {
  return text.find("control \"") == std::string::npos ? control("A", "require " + text) : text;
}

}  // namespace

TEST_CASE("an equivalent rewrite changes nothing", "[diff]") {
  const std::string min = "password_policy.min_length";
  const std::string right = "user_right(SeTcbPrivilege)";
  const Case cases[] = {
      {kValue + " == 25", kValue + " == 0x19"},
      {kValue + " == 1", "not not (" + kValue + " == 1)"},
      {kValue + " != 1", "not (" + kValue + " == 1)"},
      {kValue + " in {1, 2}", kValue + " == 1 or " + kValue + " == 2"},
      {kValue + " in {1, 2}", kValue + " in {2, 1}"},
      {kValue + " in 1..3", kValue + " >= 1 and " + kValue + " <= 3"},
      {kValue + " > 5", kValue + " >= 6"},
      {"not (" + kValue + " > 5)", kValue + " < 6"},
      {"not (" + kValue + " == 1 or " + min + " < 14)", kValue + " != 1 and " + min + " >= 14"},
      {"not (" + kValue + " == 1 and " + min + " < 14)", kValue + " != 1 or not (" + min + " < 14)"},
      {"has_bits(" + kValue + ", 6)", "has_bits(" + kValue + ", 2) and has_bits(" + kValue + ", 4)"},
      {"all { " + kValue + " == 1, " + min + " >= 14 }", min + " >= 14 and " + kValue + " == 1"},
      {"(" + kValue + " == 1 or absent)", kValue + " is absent or " + kValue + " == 1"},
      {"host.role == dc => " + min + " >= 14", "host.role != dc or " + min + " >= 14"},
      {"host.domain_joined", "host.role in {dc, member}"},
      {right + " within {Administrators}", right + " within {'S-1-5-32-544'}"},
      {"registry('HKLM\\SOFTWARE\\X', 'V') == 1", "registry('HKEY_LOCAL_MACHINE\\software\\x', 'v') == 1"},
      {"all p in 1..3/tcp: not port(p).listening", "not (any p in {3/tcp, 2/tcp, 1/tcp}: port(p).listening)"},
      {"port(443/tcp).allowed_from within loopback | \"10.0.0.0/8\"",
       "port(443/tcp).allowed_from within loopback | \"10.0.0.0/9\" | \"10.128.0.0/9\""},
      {"by host.role { dc: " + min + " >= 14, member, workgroup: " + min + " >= 8 }",
       "(host.role == dc => " + min + " >= 14) and (host.role != dc => " + min + " >= 8)"},
      {"def f(x: int) = " + kValue + " == x\n" + control("A", "require f(1)"), kValue + " == 1"},
      {"let v = " + kValue + "\n" + control("A", "require v == 1"),
       "let w = " + kValue + "\n" + control("A", "require w == 1")},
      {control("A", "require " + kValue + " == 1 and " + min + " >= 14"),
       control("A", "require " + min + " >= 14\n  require " + kValue + " == 1")},
      {"group \"G\" {\n  when host.role == dc\n  " + control("A", "require " + min + " >= 14") + "}\n",
       "group \"G\" {\n  " + control("A", "when host.role == dc\n  require " + min + " >= 14") + "}\n"},
      {control("A", "require " + min + " >= 14") + control("B", "require " + kValue + " == 1"),
       control("B", "require " + kValue + " == 1") + control("A", "require " + min + " >= 14")},
  };
  for (const Case& c : cases) {
    const Compared forward(declarations(c.before), declarations(c.after));
    INFO(c.before);
    INFO(c.after);
    CHECK(forward.text() == "");
    CHECK(diff::exit_code(forward.difference) == 0);
    CHECK(Compared(declarations(c.after), declarations(c.before)).text() == "");
  }
}

TEST_CASE("a condition moved between `when` and `require` accepts the same hosts", "[diff]") {
  const std::string guarded =
      control("A", "when host.role == dc\n  require password_policy.min_length >= 14");
  const std::string implied = control("A", "require host.role == dc => password_policy.min_length >= 14");
  CHECK(Compared(guarded, implied).text() ==
        "equal A: it applies to hosts that it did not apply to before [host.role = member: did not apply "
        "before, passes now]\n");
  CHECK(Compared(implied, guarded).text() ==
        "equal A: it does not apply to all hosts that it applied to before [host.role = member: passed "
        "before, does not apply now]\n");
}
