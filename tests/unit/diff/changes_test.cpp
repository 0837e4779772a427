// What is said of a control beside its conditions: identity, severity, waivers, texts; and of the policy.
#include "authoring/limits.hpp"
#include "tests/unit/diff/compared.hpp"

using namespace polc;
using test::Compared;
using test::control;

namespace {

const std::string kMin = "password_policy.min_length";

std::string least(const std::string& id, int length, const std::string& clauses = {}) {
  return control(id, clauses + " require " + kMin + " >= " + std::to_string(length));
}

std::string waived(const std::string& host, const std::string& period, const std::string& reason = "r") {
  return least("A", 14) + "waive \"A\" on host \"" + host + "\" " + period + " { reason \"" + reason +
         "\" owner \"o\" }\n";
}

}  // namespace

TEST_CASE("severities", "[diff]") {
  const std::string high = least("A", 14, "severity high");
  const std::string low = least("A", 14, "severity low");
  CHECK(Compared(high, low).text() == "looser A: its severity is lowered from high to low\n");
  CHECK(Compared(low, high).text() == "stricter A: its severity is raised from low to high\n");
  CHECK(Compared(low, least("A", 13, "severity high")).effect() == "incomparable");
}

TEST_CASE("removed and added controls", "[diff]") {
  const std::string both = least("A", 14) + control("B", "require host.secure_boot");
  const std::string one = least("A", 14);
  CHECK(Compared(both, one).text() ==
        "looser B: it is removed [host.secure_boot = false: failed before, is not judged now]\n");
  CHECK(Compared(one, both).text() ==
        "stricter B: it is added [host.secure_boot = false: was not judged before, fails now]\n");
}

TEST_CASE("a removed control that others make up for is not looser", "[diff]") {
  const std::string weak = least("A", 14) + least("B", 8);
  CHECK(Compared(weak, least("A", 14)).text() == "equal B: it is removed; `A` asks for as much\n");
  CHECK(Compared(least("A", 14), weak).text() == "equal B: it is added; `A` asked for as much\n");

  const std::string other = "password_policy.history >= 5";
  const std::string whole = control("A", "require " + kMin + " >= 14 and " + other);
  const std::string split = least("A-1", 14) + control("A-2", "require " + other);
  CHECK(Compared(whole, split).text() ==
        "equal A-1: it is added; `A` asked for as much\n"
        "equal A-2: it is added; `A` asked for as much\n"
        "equal A: it is removed; `A-1`, `A-2` ask for as much\n");

  const std::string lower = least("A", 14, "severity low") + least("B", 8, "severity high");
  CHECK(Compared(lower, least("A", 14, "severity low")).effect() == "looser");
  const std::string wave = "waive \"A\" on host \"x\" until 2027-01-31 { reason \"r\" owner \"o\" }\n";
  CHECK(Compared(weak + wave, least("A", 14) + wave).effect() == "looser");
  CHECK(Compared(least("A", 14) + control("B", "require " + kMin + " >= 0"), least("A", 14)).text() ==
        "equal B: it is removed; no host failed it\n");
}

TEST_CASE("only so many controls are asked whether they make up for another one", "[diff]") {
  const auto among = [](std::size_t others) {
    std::string policy;
    for (std::size_t i = 0; i < others; ++i) policy += least("W-" + std::to_string(i), 1);
    return policy + least("Z", 14);
  };
  const std::string inside = among(limits::kDiffCover - 1);
  CHECK(Compared(inside + least("B", 8), inside).text() == "equal B: it is removed; `Z` asks for as much\n");
  const std::string outside = among(limits::kDiffCover);
  CHECK(Compared(outside + least("B", 8), outside).effect() == "looser");
}

TEST_CASE("a renamed control is the same control, in both directions", "[diff]") {
  const std::string before = least("A", 14);
  const std::string after = least("B", 13, "formerly \"a\"");
  CHECK(Compared(before, after).text() ==
        "equal B: its id was `A`\n"
        "looser B: it accepts hosts that it did not accept before [password_policy.min_length = 13: failed "
        "before, passes now]\n");
  CHECK(Compared(after, before).text() ==
        "equal A: its id was `B`\n"
        "stricter A: it does not accept all hosts that it accepted before [password_policy.min_length = 13: "
        "passed before, fails now]\n");
  CHECK(Compared(least("A", 14), least("a", 14)).text() == "equal a: its id was `A`\n");
}

TEST_CASE("waivers are compared by hosts and days", "[diff]") {
  const std::string none = least("A", 14);
  const std::string january = waived("lab*", "until 2027-01-31");
  CHECK(
      Compared(none, january).text() ==
      "looser A: it is waived on host \"lab*\" until 2027-01-31 [a failure on host \"lab01\" on 2027-01-31: "
      "failed before, is waived now]\n");
  CHECK(
      Compared(january, none).text() ==
      "stricter A: it is not waived any more on host \"lab*\" until 2027-01-31 [a failure on host \"lab01\" "
      "on 2027-01-31: was waived before, fails now]\n");
  CHECK(Compared(january, waived("lab*", "until 2027-02-28")).text() ==
        "looser A: its waiver on host \"lab*\" holds until 2027-02-28; it was until 2027-01-31 [a failure on "
        "host \"lab01\" on 2027-02-28: failed before, is waived now]\n");
  CHECK(Compared(waived("lab*", "until 2027-02-28"), january).effect() == "stricter");
  CHECK(Compared(waived("lab*", "from 2027-01-01 until 2027-01-31"), january).effect() == "looser");
  CHECK(Compared(waived("lab-*", "until 2027-01-31"), january).effect() == "looser");
  CHECK(Compared(january, waived("LAB?", "until 2027-01-31")).effect() == "stricter");
  CHECK(Compared(january, waived("LAB*", "until 2027-01-31")).text() == "");
  CHECK(Compared(january, waived("lab*", "until 2027-01-31", "other")).text() ==
        "equal A: changed text: waivers\n");
  const std::string parts =
      waived("lab*", "until 2027-01-15") +
      "waive \"A\" on host \"*\" from 2027-01-16 until 2027-01-31 { reason \"r\" owner \"o\" }\n";
  CHECK(Compared(parts, january).effect() == "stricter");
  CHECK(Compared(january, parts).effect() == "looser");
}

TEST_CASE("a wider pattern of hosts is looser, however it is written", "[diff]") {
  struct Case {
    const char *narrow, *wide;
  };
  const Case cases[] = {{"lab1", "lab?"}, {"lab?", "lab*"}, {"lab-*", "lab*"}, {"*-lab-*", "*lab*"},
                        {"a*c", "a*"},    {"a*b*c", "a*c"}, {"??", "?*"},      {"x", "*"}};
  for (const Case& c : cases) {
    INFO(c.narrow << " in " << c.wide);
    const std::string narrow = waived(c.narrow, "until 2027-01-31");
    const std::string wide = waived(c.wide, "until 2027-01-31");
    const std::string more = Compared(narrow, wide).text();
    CHECK(more.find("looser A: it is waived") == 0);
    CHECK(more.find("stricter") == std::string::npos);
    CHECK(Compared(wide, narrow).effect() == "stricter");
  }
}

TEST_CASE("texts, questions, and what a policy says as a whole", "[diff]") {
  const std::string before = least("A", 14, "because \"\"\"x\"\"\" tags \"a\"");
  CHECK(Compared(before, least("A", 14, "because \"\"\"y\"\"\" refs cce(\"CCE-36077-6\")")).text() ==
        "equal A: changed text: tags, refs, because\n");
  CHECK(Compared(control("A", "manual \"q\""), control("A", "manual \"r\"")).text() ==
        "undetermined A: the question that a person answers has changed\n");
}

TEST_CASE("a changed parameter, helper or setting is named where it changes a control", "[diff]") {
  const std::string use = least("B", 8) + control("A", "require long_enough(n)");
  const std::string def = "def long_enough(x: int) = password_policy.min_length >= x\n";
  const Compared parameter("param n: int in 1..99 = 14\n" + def + use,
                           "param n: int in 1..99 = 12\n" + def + use);
  CHECK(parameter.text() ==
        "looser A: it accepts hosts that it did not accept before [password_policy.min_length = 12: failed "
        "before, passes now]\n  from parameter n: 14 -> 12\n");
  REQUIRE(parameter.difference.parameters.size() == 1);
  CHECK(parameter.difference.parameters[0].before == "14");
  CHECK(parameter.difference.unchanged.size() == 1);
  const Compared helper("param n: int in 1..99 = 14\n" + def + use,
                        "param n: int in 1..99 = 14\ndef long_enough(x: int) = password_policy.min_length >= "
                        "x - 1\n" +
                            use);
  CHECK(helper.text() ==
        "looser A: it accepts hosts that it did not accept before [password_policy.min_length = 13: failed "
        "before, passes now]\n  from helper long_enough\n");
}

TEST_CASE("a control that a parameter switches off is compared as if it were on", "[diff]") {
  const std::string off = "param on: bool = false\n";
  CHECK(Compared(off + least("A", 14, "when on"), off + least("A", 13, "when on")).text() ==
        "equal A: with these values of parameters it applies to no host; the rest is said of hosts to which "
        "it does\n"
        "looser A: it accepts hosts that it did not accept before [password_policy.min_length = 13: failed "
        "before, passes now]\n");
}

TEST_CASE("what holds for the values of parameters alone says so", "[diff]") {
  const std::string n = "param n: int in 1..99 = 14\n";
  CHECK(
      Compared(n + control("A", "require " + kMin + " >= n"), n + control("A", "require " + kMin + " >= 14"))
          .text() == "equal A: it depends on no parameter; before on n\n");
  CHECK(Compared(n + control("A", "require " + kMin + " > n"),
                 n + control("A", "require " + kMin + " >= 29 - n"))
            .text() == "equal A: it reads differently and asks the same with these parameters: n = 14\n");
}

TEST_CASE("what the analysis cannot tell is undetermined, never unchanged", "[diff]") {
  const std::string sum = "count(user_right(SeTcbPrivilege)) + password_policy.min_length ";
  const Compared compared(control("A", "require " + sum + "+ password_policy.history >= 14"),
                          control("A", "require " + sum + "+ password_policy.history * 1 >= 14"));
  INFO(compared.text());
  CHECK(compared.effect() == "undetermined");
  CHECK(diff::exit_code(compared.difference) == 2);
}

TEST_CASE("a host that cannot be is no witness", "[diff]") {
  const char* pairs[][2] = {
      {"all l in listeners: l.port != 3389/tcp", "not port(3389/tcp).listening"},
      {"all a in accounts: a.name != \"Guest\"", "account(\"Guest\") is absent"},
      {"registry_key('HKLM\\X').values within {\"B\"}", "registry('HKLM\\X', 'A') is absent"},
  };
  for (const auto& [fact, follows] : pairs) {
    const std::string first = std::string("require ") + fact;
    const Compared compared(control("A", first), control("A", first + "\n  require " + follows));
    INFO(compared.text());
    CHECK(compared.effect() == "undetermined");
  }
}

TEST_CASE("the verdicts of a witness are those of a host that can be", "[diff]") {
  // Nothing is known of the port, but loopback may always reach it.
  const Compared compared(
      control("A", "when host.domain_joined\n  require port(3389/tcp).allowed_from == \"10.1.2.3\""),
      control("A", "require port(3389/tcp).allowed_from == \"10.1.2.3\""));
  INFO(compared.text());
  CHECK(compared.text().find("cannot be decided") == std::string::npos);
}
