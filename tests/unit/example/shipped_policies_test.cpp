// Every control of the shipped policies has an example of every verdict that it can have, and says so of the others.
#include "authoring/example/example.hpp"
#include "compiler/compile.hpp"
#include "tests/unit/catch.hpp"

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
