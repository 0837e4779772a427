// The shipped policies against themselves, and against every small change of them.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "authoring/diff/difference.hpp"
#include "authoring/testing/edited_text.hpp"
#include "authoring/testing/mutants.hpp"
#include "compiler/compile.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;

namespace {

constexpr const char* kPolicies[] = {"automate", "screenconnect"};

struct Compiled {
  base::SourceManager sources;
  compiler::CompileResult result;
};

std::unique_ptr<Compiled> compile(const std::string& policy) {
  auto compiled = std::make_unique<Compiled>();
  base::DiagnosticSink sink;
  compiler::CompileOptions options;
  options.root = POLC_SOURCE_DIR;
  options.policy_path = options.root + "/policies/" + policy + ".pol";
  compiled->result = compiler::compile(options, *os::real_file_system(), compiled->sources, sink);
  return compiled;
}

diff::Effect mirrored(diff::Effect effect) {
  if (effect == diff::Effect::Looser) return diff::Effect::Stricter;
  return effect == diff::Effect::Stricter ? diff::Effect::Looser : effect;
}

}  // namespace

TEST_CASE("a shipped policy is the same as itself", "[diff]") {
  for (const std::string name : kPolicies) {
    const auto first = compile(name);
    const auto second = compile(name);
    REQUIRE(first->result.program);
    const diff::Difference difference = diff::compare(*first->result.program, *second->result.program);
    CHECK(difference.controls.empty());
    CHECK(difference.policy.empty());
    CHECK(difference.parameters.empty());
    CHECK(difference.unchanged.size() == first->result.program->controls.size());
    CHECK(diff::exit_code(difference) == 0);
  }
}

TEST_CASE("two shipped policies differ as much in one direction as in the other", "[diff]") {
  const auto first = compile("automate");
  const auto second = compile("screenconnect");
  const auto forward = diff::compare(*first->result.program, *second->result.program);
  const auto back = diff::compare(*second->result.program, *first->result.program);
  CHECK(forward.controls.size() == back.controls.size());
  CHECK(forward.unchanged.size() == back.unchanged.size());
  auto counts = diff::counts(forward);
  std::swap(counts[static_cast<std::size_t>(diff::Effect::Looser)],
            counts[static_cast<std::size_t>(diff::Effect::Stricter)]);
  CHECK(counts == diff::counts(back));
}

TEST_CASE("every change that a test of the shipped policies notices is a difference", "[diff]") {
  std::map<std::string, std::size_t> effects;
  for (const std::string name : kPolicies) {
    const auto compiled = compile(name);
    const ir::Program& original = *compiled->result.program;
    const authoring::EditedText text(original, compiled->sources);
    ir::Program program = original;
    for (const authoring::Mutant& mutant : authoring::mutants_of(original, compiled->sources)) {
      INFO(text.lines(mutant.edits).after);
      const authoring::Mutation mutation(program, mutant);
      const auto forward = diff::compare(original, program);
      CHECK(!forward.controls.empty());
      const auto back = diff::compare(program, original);
      REQUIRE(forward.controls.size() == back.controls.size());
      for (std::size_t i = 0; i < forward.controls.size(); ++i) {
        CHECK(mirrored(forward.controls[i].effect) == back.controls[i].effect);
        ++effects[std::string(diff::effect_name(forward.controls[i].effect))];
      }
    }
  }
  // The analysis decides nearly everything that people write.
  CHECK(effects["looser"] > 50);
  CHECK(effects["stricter"] > 20);
  WARN(fmt::format("undetermined {}, looser {}, stricter {}, incomparable {}, equal {}", effects["undetermined"],
                   effects["looser"], effects["stricter"], effects["incomparable"], effects["equal"]));
}
