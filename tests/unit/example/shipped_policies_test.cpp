// Every control of the shipped policies has an example of every verdict that it can have, and says so of the others.
#include "authoring/example/example.hpp"
#include "compiler/compile.hpp"
#include "tests/unit/analysis/asked.hpp"

using namespace polc;
using analysis::Answer;
using example::Verdict;

namespace {

constexpr std::int64_t kClock = 1'768'000'000;

ir::Program shipped(const std::string& name) {
  const auto files = os::real_file_system();
  compiler::CompileOptions options;
  options.root = POLC_SOURCE_DIR;
  options.policy_path = options.root + "/policies/" + name;
  base::SourceManager sources;
  base::DiagnosticSink sink;
  auto result = compiler::compile(options, *files, sources, sink);
  REQUIRE(result.program);
  return std::move(*result.program);
}

/// Pass, fail and unknown, where a control can have them: people are asked in vain about what only they know, a machine
/// always reaches itself, and parameters switch some controls off.
std::string expected(const ir::Program& program, std::uint32_t index) {
  const ir::Control& control = program.controls[index];
  const std::string id(program.text(control.id));
  for (const char* off : {"CWA-API-03", "CWA-API-04", "CWA-PORT-13", "CWA-PORT-21"}) {
    if (id == off) return "---";
  }
  if (id == "CWA-PORT-05") return "x--";
  return control.requires_.empty() && control.guard == ir::kNone ? "xx-" : "xxx";
}

}  // namespace

TEST_CASE("every control has examples of its verdicts") {
  for (const std::string policy : {"automate.pol", "screenconnect.pol"}) {
    const ir::Program program = shipped(policy);
    for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
      const std::string id(program.text(program.controls[i].id));
      std::string answers;
      for (const Verdict verdict : {Verdict::Pass, Verdict::Fail, Verdict::Unknown}) {
        const auto made = example::find_example({&program, i}, verdict, kClock);
        answers += made.answer == Answer::Found   ? "x"
                   : made.answer == Answer::Never ? "-"
                                                  : "?" + made.reason;
      }
      CHECK(id + " " + answers == id + " " + expected(program, i));
    }
  }
}

TEST_CASE("conditions of every kind have examples that give their verdicts") {
  const char* conditions[] = {
      R"(registry('HKLM\SOFTWARE\X', 'V') contains "a")",
      R"(any x in multi_sz(registry('HKLM\SOFTWARE\X', 'V')): x like "a*")",
      R"(registry('HKLM\SOFTWARE\X', 'V') like "*ab*" and registry('HKLM\SOFTWARE\X', 'V') like "*ba*")",
      R"(int(sz(registry('HKLM\SOFTWARE\X', 'V'))) in 5..7)",
      "password_policy.lockout_threshold in 1..5",
      "password_policy.max_age <= 60d",
      "all m in local_group(Administrators): m in {'S-1-5-18', 'Domain Admins'}",
      R"(local_group(Administrators) within {'S-1-5-18', 'CORP\bob'})",
      R"(port(3389/tcp).process within {"svchost.exe"})",
      R"(port(3389/tcp).allowed_from & "10.0.0.0/8" == {})",
      R"(all l in listeners: l.port in {443/tcp, 80/tcp} or l.process like "svc*")",
      R"(any s in shares: s.name like "LT*" and s.name != "LTShare")",
      R"(acl('C:\X').allow['Everyone'] within read and acl('C:\X').owner == Administrators)",
      R"(service("Spooler").start == disabled or service("Spooler") is absent)",
      R"(tls("TLS 1.2", server) is enabled)",
      R"(audit("Logon") == {success, failure})",
      R"(http("http://localhost/").headers['Server'] is absent)",
      R"(all u in users: registry('HKCU\SOFTWARE\X', 'V', user: u) == 1)",
  };
  for (const char* condition : conditions) {
    INFO(condition);
    const ir::Program program = test::requiring(condition);
    for (const Verdict verdict : {Verdict::Pass, Verdict::Fail, Verdict::Unknown}) {
      const auto made = example::find_example({&program, 0}, verdict, kClock);
      INFO(made.reason);
      CHECK(made.answer == Answer::Found);
    }
  }
}
