// Every control of the shipped policies has an example of every verdict that it can have, and says so of the others.
#include <map>
#include <set>

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

using Missing = std::map<std::string, std::set<Verdict>>;

/// What no host can have.
const Missing& impossible() {
  static const Missing all{};
  return all;
}

}  // namespace

TEST_CASE("every control has examples of its verdicts") {
  for (const std::string policy : {"automate.pol", "screenconnect.pol"}) {
    const ir::Program program = shipped(policy);
    for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
      const std::string id(program.text(program.controls[i].id));
      std::string answers;
      for (const Verdict verdict :
           {Verdict::Pass, Verdict::Fail, Verdict::Unknown, Verdict::Review, Verdict::NotApplicable}) {
        const auto made = example::find_example({&program, i}, verdict, kClock);
        answers += made.answer == Answer::Found   ? "x"
                   : made.answer == Answer::Never ? "-"
                                                  : "?" + made.reason;
      }
      UNSCOPED_INFO(id << " " << answers);
      CHECK(answers.find('?') == std::string::npos);
    }
  }
}
