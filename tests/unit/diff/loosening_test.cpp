// Subtle changes of one control: each is found, is what it is in both directions, and its host tells both versions apart
// when it is written down as evidence and judged as any other host.
#include <algorithm>

#include "authoring/analysis/analysis.hpp"
#include "authoring/evidence/assume.hpp"
#include "runtime/derive/host_facts.hpp"
#include "runtime/evaluate/evaluate.hpp"
#include "tests/unit/diff/compared.hpp"

using namespace polc;
using diff::Effect;
using test::Compared;
using test::control;

namespace {

constexpr std::int64_t kNow = 1'800'000'000;

const std::string kValue = R"(registry('HKLM\SOFTWARE\X', 'V'))";

struct Case {
  std::string strict, loose;  ///< conditions, or declarations where they have a `control`
};

std::string declarations(const std::string& text) {
  return text.find("control \"") == std::string::npos ? control("A", "require " + text) : text;
}

evaluate::Verdict judged(const ir::Program& program, const std::vector<analysis::Assumption>& host) {
  auto assumed = evidence::evidence_of(host, kNow);
  INFO(analysis::to_text(host));
  CHECK(assumed.left_out.empty());
  const derive::HostFacts facts(program, std::move(assumed.evidence), value::Layer::Effective, kNow);
  evaluate::Options options;
  options.as_of = kNow;
  return evaluate::evaluate(program, facts, options).controls.at(0).raw;
}

bool is_accepted(evaluate::Verdict verdict) {
  return verdict == evaluate::Verdict::Pass || verdict == evaluate::Verdict::NotApplicable;
}

/// The host of the claim, by another way than the analysis and the diff took.
void check_witness(const std::string& older, const std::string& newer) {
  const ir::Program before = test::policy(older);
  const ir::Program after = test::policy(newer);
  const auto found = analysis::compare({&before, 0}, {&after, 0});
  REQUIRE(found.only_new.answer == analysis::Answer::Found);
  CHECK(!is_accepted(judged(before, found.only_new.host)));
  CHECK(is_accepted(judged(after, found.only_new.host)));
}

}  // namespace

TEST_CASE("a subtle loosening of a condition is found, and its reverse is stricter", "[diff]") {
  const std::string def = "def off(x: int) = registry('HKLM\\SOFTWARE\\X', 'V') ";
  const std::string right = "user_right(SeTcbPrivilege)";
  const std::string guarded = "\ncontrol \"A\" \"t\" {\n  when applies\n  require " + kValue + " == 1\n}\n";
  const std::string setting = R"(setting "Computer Configuration/Administrative Templates/X" {
    scope machine
    key 'SOFTWARE\X'
    value 'V'
    type dword
    enabled 1
    disabled 0
    default )";
  const std::string setting_end = "\n}\n" + control("A", R"(require gpo("X") == Enabled or default)");
  const Case cases[] = {
      {kValue + " >= 14", kValue + " >= 13"},
      {kValue + " <= 14", kValue + " <= 15"},
      {kValue + " < 14", kValue + " <= 14"},
      {kValue + " == 1", kValue + " == 1 or absent"},
      {kValue + " == 1", kValue + " in {1, 2}"},
      {kValue + " in {1, 2}", kValue + " in {1, 2, 3}"},
      {kValue + " in 1..3", kValue + " in 0..3"},
      {kValue + " != 1 and " + kValue + " != 2", kValue + " != 1"},
      {"not (" + kValue + " > 5)", "not (" + kValue + " > 6)"},
      {"has_bits(" + kValue + ", 6)", "has_bits(" + kValue + ", 4)"},
      {kValue + R"( == "on")", kValue + R"( like "on*")"},
      {kValue + R"( == sz("on"))", kValue + R"( == "on")"},
      {kValue + " == 1 and password_policy.min_length >= 14",
       kValue + " == 1 or password_policy.min_length >= 14"},
      {"password_policy.max_age <= 60d", "password_policy.max_age <= 61d"},
      {"host.build >= 20348", "host.build >= 17763"},
      {right + " == {}", right + " within {Administrators}"},
      {right + " within {Administrators}", right + " within {Administrators, 'S-1-5-18'}"},
      {right + " contains {Administrators, 'S-1-5-18'}", right + " contains Administrators"},
      {"port(443/tcp).allowed_from within loopback",
       R"(port(443/tcp).allowed_from within loopback | "10.0.0.0/8")"},
      {R"(port(443/tcp).allowed_from within "10.0.0.0/9" | loopback)",
       R"(port(443/tcp).allowed_from within "10.0.0.0/8" | loopback)"},
      {"all p in 1..3/tcp: not port(p).listening", "all p in 1..2/tcp: not port(p).listening"},
      {"all p in 1..3/tcp: not port(p).listening", "any p in 1..3/tcp: not port(p).listening"},
      {"all a in accounts: a.enabled", "all a in accounts: a.enabled or a.name == \"Guest\""},
      {"by host.role { dc: password_policy.history >= 24, member, workgroup: password_policy.history >= 12 }",
       "by host.role { dc, member: password_policy.history >= 24, workgroup: password_policy.history >= 11 "
       "}"},
      {"host.role == dc => " + kValue + " == 1",
       "host.role == dc and host.build >= 20348 => " + kValue + " == 1"},
      {"audit(\"Logon\") == {success, failure}", "audit(\"Logon\") contains success"},
      {def + "== x\n" + control("A", "require off(1)"), def + "in {x, 4}\n" + control("A", "require off(1)")},
      {"let applies = host.role in {dc, member}" + guarded, "let applies = host.role == dc" + guarded},
      {"let applies = host.build >= 17763" + guarded, "let applies = host.build >= 17764" + guarded},
      {"param n: int in 1..99 = 14\n" + control("A", "require " + kValue + " >= n"),
       "param n: int in 1..99 = 13\n" + control("A", "require " + kValue + " >= n")},
      {setting + "Disabled" + setting_end, setting + "Enabled" + setting_end},
      {control("A", "manual \"q\" within 90d"), control("A", "manual \"q\" within 91d")},
      {control("A", "require " + kValue + " == 1 require password_policy.min_length >= 14"),
       control("A", "require " + kValue + " == 1")},
  };
  for (const Case& c : cases) {
    const std::string strict = declarations(c.strict);
    const std::string loose = declarations(c.loose);
    INFO(strict);
    INFO(loose);
    const Compared looser(strict, loose);
    INFO(looser.text());
    CHECK(looser.effect() == (c.strict.starts_with("by host.role") ? "incomparable" : "looser"));
    CHECK(diff::exit_code(looser.difference) == 1);
    for (const diff::Claim& claim : looser.difference.controls.at(0).claims) CHECK(claim.witness);
    check_witness(strict, loose);

    const Compared stricter(loose, strict);
    INFO(stricter.text());
    const std::string reverse = looser.effect() == "looser" ? "stricter" : looser.effect();
    CHECK(stricter.effect() == reverse);
    CHECK(diff::exit_code(stricter.difference) == (reverse == "stricter" ? 0 : 1));
    CHECK(diff::exit_code(Compared(strict, strict).difference) == 0);
  }
}
