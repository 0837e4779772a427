// The shipped policies against themselves, and against every small change of them.
#include <algorithm>
#include <map>
#include <set>

#include "authoring/diff/difference.hpp"
#include "authoring/testing/edited_text.hpp"
#include "authoring/testing/mutants.hpp"
#include "compiler/compile.hpp"
#include "tests/unit/diff/compared.hpp"

using namespace polc;

namespace {

constexpr const char* kPolicies[] = {"automate", "screenconnect"};

struct Compiled {
  base::SourceManager sources;
  compiler::CompileResult result;
};

std::unique_ptr<Compiled> compile(const std::string& policy, const os::FileSystem& files) {
  auto compiled = std::make_unique<Compiled>();
  base::DiagnosticSink sink;
  compiler::CompileOptions options;
  options.root = "/repo";
  options.policy_path = "/repo/policies/" + policy + ".pol";
  compiled->result = compiler::compile(options, files, compiled->sources, sink);
  return compiled;
}

void load(const std::string& folder, os::MemoryFileSystem& files) {
  const auto disk = os::real_file_system();
  const std::string path = std::string(POLC_SOURCE_DIR) + "/" + folder;
  for (const os::FolderEntry& entry : disk->list(path, 1000).entries) {
    const std::string name = folder + "/" + entry.name;
    if (entry.kind == os::FileKind::Folder)
      load(name, files);
    else if (entry.name.ends_with(".pol"))
      files.files["/repo/" + name] = disk->read(path + "/" + entry.name, 1 << 22).text;
  }
}

const os::MemoryFileSystem& shipped() {
  static const os::MemoryFileSystem files = [] {
    os::MemoryFileSystem all;
    load("policies", all);
    return all;
  }();
  return files;
}

std::unique_ptr<Compiled> compile(const std::string& policy) {
  return compile(policy, shipped());
}

/// The policy with the mutant in its text, not in its program alone.
std::unique_ptr<Compiled> compile_mutant(const std::string& policy, const ir::Program& original,
                                         const authoring::Mutant& mutant) {
  os::MemoryFileSystem files = shipped();
  for (auto edit = mutant.edits.rbegin(); edit != mutant.edits.rend(); ++edit) {
    const std::string path(original.text(original.files[edit->file].path));
    files.files.at("/repo/" + path).replace(edit->begin, edit->end - edit->begin, edit->text);
  }
  return compile(policy, files);
}

/// How many claims have each effect.
std::map<diff::Effect, int> effects_of(const diff::ControlDifference& control) {
  std::map<diff::Effect, int> effects;
  for (const diff::Claim& claim : control.claims) ++effects[claim.effect];
  return effects;
}

std::map<diff::Effect, int> mirrored(std::map<diff::Effect, int> effects) {
  const auto looser = effects.extract(diff::Effect::Looser);
  const auto stricter = effects.extract(diff::Effect::Stricter);
  if (!looser.empty()) effects.emplace(diff::Effect::Stricter, looser.mapped());
  if (!stricter.empty()) effects.emplace(diff::Effect::Looser, stricter.mapped());
  return effects;
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
  std::set<std::string> unchanged;
  for (const std::string name : kPolicies) {
    const auto compiled = compile(name);
    const ir::Program& original = *compiled->result.program;
    const authoring::EditedText text(original, compiled->sources);
    ir::Program program = original;
    for (const authoring::Mutant& mutant : authoring::mutants_of(original, compiled->sources)) {
      INFO(text.lines(mutant.edits).after);
      const authoring::Mutation mutation(program, mutant);
      const auto forward = diff::compare(original, program);
      INFO(test::text_of(forward));
      if (forward.controls.empty()) {
        // It shows with other values of parameters; then what the control depends on has changed.
        const auto edited = compile_mutant(name, original, mutant);
        REQUIRE(edited->result.program);
        if (diff::compare(original, *edited->result.program).controls.empty())
          unchanged.emplace(original.text(original.controls[mutant.controls.front()].id));
        continue;
      }
      const auto back = diff::compare(program, original);
      INFO(test::text_of(back));
      REQUIRE(forward.controls.size() == back.controls.size());
      for (std::size_t i = 0; i < forward.controls.size(); ++i) {
        CHECK(mirrored(effects_of(forward.controls[i])) == effects_of(back.controls[i]));
        ++effects[std::string(diff::effect_name(forward.controls[i].effect))];
      }
    }
  }
  // The tests notice these on facts that no host has: a firewall that keeps loopback out; TLS without a registry value that
  // is there.
  CHECK(unchanged == std::set<std::string>{"CWA-PORT-05", "CWA-TLS-22", "CWA-TLS-23"});
  // The analysis decides nearly everything that people write.
  CHECK(effects["undetermined"] <= 6);
  CHECK(effects["looser"] > 100);
  CHECK(effects["stricter"] > 50);
}
