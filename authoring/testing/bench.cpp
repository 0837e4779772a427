#include "authoring/testing/bench.hpp"

#include <algorithm>

#include "runtime/backends/snapshot/snapshot.hpp"
#include "runtime/base/diagnostics/testing.hpp"
#include "runtime/derive/merge.hpp"

namespace polc::authoring {

bool Bench::load() {
  auto compiled = compiler::compile(options_, files_, sources_, sink_);
  if (!compiled.program || sink_.has_errors()) {
    trouble_ = Trouble::Policy;
    return false;
  }
  variants_[{}] = std::make_unique<Variant>(Variant{std::move(*compiled.program), std::move(compiled.tests)});
  return true;
}

std::unique_ptr<Stand> Bench::stand(std::size_t index) {
  const Variant* variant = this->variant(tests().cases[index]);
  if (variant == nullptr) return nullptr;
  const compiler::TestCase& test = variant->tests.cases[index];
  std::int64_t clock = 0;
  const value::FactTable* derived = this->derived(*variant, test, clock);
  if (derived == nullptr) return nullptr;
  auto stand = std::make_unique<Stand>();
  stand->program = &variant->program;
  stand->test = &test;
  stand->facts = std::make_unique<ChangedFacts>(variant->program, *derived, test.changes, sources_);
  stand->options.as_of = clock;
  for (const compiler::Expectation& expected : test.expectations)
    stand->options.controls.push_back(expected.control);
  auto& controls = stand->options.controls;
  std::sort(controls.begin(), controls.end());
  controls.erase(std::unique(controls.begin(), controls.end()), controls.end());
  return stand;
}

/// The policy compiled with the parameters of the test.
const Bench::Variant* Bench::variant(const compiler::TestCase& test) {
  Parameters parameters;
  compiler::CompileOptions options = options_;
  for (const compiler::Override& parameter : test.parameters) {
    parameters[parameter.name] = parameter.value;
    options.overrides.push_back(parameter);
  }
  const auto [known, is_new] = variants_.try_emplace(parameters);
  if (!is_new) return known->second.get();
  base::DiagnosticSink problems;
  auto compiled = compiler::compile(options, files_, sources_, problems);
  if (compiled.program) {
    known->second =
        std::make_unique<Variant>(Variant{std::move(*compiled.program), std::move(compiled.tests)});
    return known->second.get();
  }
  trouble_ = Trouble::Policy;
  for (base::Diagnostic& problem : problems.sorted()) sink_.add(std::move(problem));
  return nullptr;
}

const value::FactTable* Bench::derived(const Variant& variant, const compiler::TestCase& test,
                                       std::int64_t& clock) {
  const value::Evidence* evidence = snapshot(test);
  if (evidence == nullptr) return nullptr;
  clock = test.at.value_or(evidence->collected_at.value_or(0));
  auto& facts = derived_[{&variant, {evidence, clock}}];
  if (facts) return facts.get();
  auto merged = derive::merge(
      {*evidence},
      {.as_of = clock, .max_age = variant.program.policy.evidence_max_age, .layer = evidence->layer});
  if (!merged) {
    trouble_ = Trouble::Evidence;
    sink_.add(merged.error());
    return nullptr;
  }
  facts = std::make_unique<derive::HostFacts>(variant.program, std::move(*merged), evidence->layer, clock);
  return facts.get();
}

/// What the snapshot holds; nothing at all for a test without one.
const value::Evidence* Bench::snapshot(const compiler::TestCase& test) {
  const auto [known, is_new] = snapshots_.try_emplace(test.snapshot.value_or(""));
  if (!is_new) return known->second.get();
  if (!test.snapshot) {
    known->second = std::make_unique<value::Evidence>();
    return known->second.get();
  }
  // Asked before the disk is: whether a file outside is there is nobody's business.
  const std::string wanted = os::join_path(options_.root, *test.snapshot);
  if (!os::path_inside(options_.root, wanted)) return refuse(test, "it is outside the root folder");
  const std::optional<std::string> path = files_.canonical(wanted);
  if (!path) return refuse(test, "there is no such file");
  const std::optional<std::string> name = os::path_inside(options_.root, *path);
  if (!name) return refuse(test, "it is outside the root folder");
  os::ReadResult read = files_.read(*path, backends::target_size_limit());
  if (read.status != os::ReadStatus::Ok) return refuse(test, read.detail);
  const base::FileId file = sources_.add(*name, std::move(read.text));
  const backends::Target target{
      .file = file, .name = sources_.find(file)->name(), .bytes = sources_.find(file)->text()};
  if (!backends::snapshot_backend().recognises(target)) return refuse(test, "it is no snapshot");
  auto evidence = backends::snapshot_backend().collect(target, {}, sink_);
  if (!evidence || evidence->empty()) {
    trouble_ = Trouble::Evidence;
    return nullptr;
  }
  known->second = std::make_unique<value::Evidence>(std::move(evidence->front()));
  return known->second.get();
}

const value::Evidence* Bench::refuse(const compiler::TestCase& test, std::string why) {
  trouble_ = Trouble::Evidence;
  sink_.add(diag::SnapshotOfTest{.path = *test.snapshot, .why = std::move(why)}.at(test.given));
  return nullptr;
}

}  // namespace polc::authoring
