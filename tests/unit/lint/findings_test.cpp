// Each finding with policies that have the fault, and with their twins that have not.
#include "tests/unit/lint/linted.hpp"

using namespace polc;
using test::control;
using test::linted;

namespace {

struct Row {
  std::string policy, codes;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(row.policy);
    CHECK(linted(row.policy) == row.codes);
  }
}

const std::string kValue = R"(registry('HKLM\SOFTWARE\X', 'V'))";

std::string requires_(const std::string& condition) {
  return control("A", "require " + condition);
}

/// A control, and a waiver of it for these hosts.
std::string waived(const std::string& clauses, const std::string& hosts,
                   const std::string& until = "2027-01-31") {
  return control("A", clauses) + "waive \"A\" on host \"" + hosts + "\" until " + until +
         " { reason \"r\" owner \"o\" }\n";
}

/// A setting that is a number, with further fields.
std::string number(const std::string& fields) {
  return "setting \"Computer Configuration/X/Number\" {\n  scope machine\n  key 'SOFTWARE\\X'\n"
         "  value 'N'\n  type dword\n  " +
         fields + "\n}\nlet number = gpo(\"X/Number\")\n";
}

}  // namespace

TEST_CASE("controls that say nothing about hosts") {
  check({
      {requires_(kValue + " == 1 and " + kValue + " == 2"), "POL6200"},
      {requires_(kValue + " == 1 or " + kValue + " == 2"), ""},
      {requires_(kValue + " is present or " + kValue + " is absent"), "POL6201"},
      {requires_(kValue + " is present or " + kValue + "  == 1"), ""},
      {control("A", "when host.role == dc and not host.domain_joined require " + kValue + " == 1"),
       "POL6202"},
      {control("A", "when host.role == dc and host.domain_joined require " + kValue + " == 1"), ""},
      {requires_(kValue + R"( like "*a" and )" + kValue + R"( like "*b")"), "POL6200"},
      {requires_(kValue + R"( like "a*" and )" + kValue + R"( like "*b")"), ""},
  });
}

TEST_CASE("two controls about an object and what it is like") {
  const auto both = [](const std::string& a, const std::string& b) {
    return control("A", "require " + a) + control("B", "require " + b);
  };
  check({
      {both(R"(registry_key('HKLM\SOFTWARE\X') is absent)", kValue + " == 1"), "POL6203"},
      {both(R"(registry_key('HKLM\SOFTWARE\X') is absent)", kValue + " == 1 or absent"), "POL6205"},
      {both(R"(registry_key('HKLM\SOFTWARE\Y') is absent)", kValue + " == 1"), ""},
      {both("iis is absent", "iis('system.webServer/directoryBrowse', 'enabled') == false"), "POL6203"},
      {both(R"(service("S") is absent)", R"(service("S").start == disabled)"), "POL6203"},
      {both(R"(service("S") is absent)", R"(service("T").start == disabled)"), ""},
      {both(R"(service("S").state == running)", R"(service("S").start == automatic)"), ""},
  });
}

TEST_CASE("two controls about one place") {
  const std::string one = control("A", "require " + kValue + " == 1");
  check({
      {one + control("B", "require " + kValue + " == 2"), "POL6203"},
      {control("A", "when host.role == dc require " + kValue + " == 1") +
           control("B", "when host.role == member require " + kValue + " == 2"),
       ""},
      {one + control("B", "require not " + kValue + " != 1"), "POL6204"},
      {one + control("B", "require " + kValue + " in {1, 2}"), "POL6205"},
      {one + control("B", R"(require registry('HKLM\SOFTWARE\X', 'W') in {1, 2})"), ""},
      {control("A", "require " + kValue + " in {1, 3}") + control("B", "require " + kValue + " in {1, 2}"),
       ""},
  });
}

TEST_CASE("passes only where nothing is configured") {
  const std::string setting = number("range 1..9\n  default 0");
  const std::string one = number("range 0..9\n  default 1");
  const std::string same = R"(registry('HKLM\SOFTWARE\X', 'N'))";
  check({
      // Below the range, and inside of it.
      {setting + requires_("number < 1 or default"), "POL6206 POL6210"},
      {setting + requires_("number <= 1 or default"), ""},
      {setting + requires_("(number < 1 or default) or number == 3"), "POL6210"},
      // Two requirements about one place.
      {one + requires_("(number == 1 or default) and (" + same + " != 1 or absent)"), "POL6206"},
      {one + requires_("(number == 1 or default) and (" + same + " in {1, 2} or absent)"), ""},
      {one + requires_("number == 1 or default"), ""},
      {one + requires_("number != 2 or default"), ""},
      // Absence that is asked for outright.
      {one + requires_("(number == 1 or default) and number is absent"), ""},
      {one + requires_("number is absent"), ""},
      {one + requires_(same + " == 1 or absent"), ""},
  });
}

TEST_CASE("waivers that can never apply") {
  const std::string body = " require " + kValue + " == 1";
  const std::string web = R"(when host.name like "web*")" + body;
  check({
      {waived(web, "db*"), "POL6207"},
      {waived(web, "*db"), ""},
      {waived(web, "WEB01"), ""},
      {waived(web, "*"), ""},
      {waived(R"(when host.name in {"a", "b"})" + body, "c*"), "POL6207"},
      {waived(R"(when host.name in {"a", "b"})" + body, "?"), ""},
      {waived(R"(when not host.name like "lab*")" + body, "lab-?"), "POL6207"},
      {waived(R"(when not host.name like "lab*")" + body, "la*"), ""},
      {waived(R"(when host.name == "a" or host.role == dc)" + body, "db*"), ""},
      {waived(R"(require host.name like "db*" or )" + kValue + " == 1", "db-*"), "POL6207"},
      {waived("require " + kValue + " is present or " + kValue + " is absent", "*"), "POL6201 POL6207"},
      {"param on: bool = false\n" + waived("when on" + body, "*"), ""},
      {waived("require " + kValue + " == 1", "*", "2026-11-21"), "POL4530"},
      {waived("require " + kValue + " == 1", "*", "2026-11-22"), ""},
  });
}

TEST_CASE("comparisons that the range of a setting decides") {
  const std::string in_range = number("range 0..24");
  check({
      {in_range + requires_("number >= 0"), "POL6210"},
      {in_range + requires_("number <= 24"), "POL6210"},
      {in_range + requires_("number in 0..24"), "POL6210"},
      {in_range + requires_("number > 24"), "POL6210"},
      {in_range + requires_("number >= 1"), ""},
      {in_range + requires_("number in 0..23"), ""},
      {in_range + requires_("number != 24"), ""},
      {in_range + requires_("number is present"), ""},
      {number("") + requires_("number >= 0"), "POL6210"},
      {number("") + requires_("number <= 100000"), ""},
      {in_range + "param least: int in 0..24 = 0\n" + requires_("number >= least"), "POL6210"},
      {in_range + "param least: int in 0..24 = 1\n" + requires_("number >= least"), ""},
      {in_range + requires_("number >= by host.role { dc: 12, member, workgroup: 0 }"), ""},
      {requires_(kValue + " >= 0"), ""},  // only REG_DWORD passes
      {requires_("password_policy.max_age >= 0d"), "POL6201 POL6210"},
      {requires_("password_policy.max_age <= 3650d"), ""},
  });
}
