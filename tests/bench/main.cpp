// polc_bench POLC FOLDER: measures each phase apart, and whole processes against OpenSCAP in the same run. Figures are
// for reading and for ratios; nothing here fails because a machine is slow, only because verdicts differ.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "authoring/lint/lint.hpp"
#include "compiler/compile.hpp"
#include "runtime/backends/backend.hpp"
#include "runtime/derive/host_facts.hpp"
#include "runtime/evaluate/evaluate.hpp"
#include "runtime/evaluate/plan.hpp"
#include "runtime/ir/serialise.hpp"
#include "tests/bench/editor.hpp"
#include "tests/bench/generate.hpp"
#include "tests/bench/measure.hpp"

namespace {

using namespace polc;

constexpr int kRounds = 5;
constexpr std::int64_t kClock = 1'767'225'600;  // 2026-01-01, when the generated host was "collected"

struct Phases {
  double compile = 0, load = 0, collect = 0, derive = 0, evaluate = 0;
  std::size_t failures = 0;
};

ir::Program compile(const std::string& text) {
  os::MemoryFileSystem files;
  files.folder = "/bench";
  files.files["/bench/bench.pol"] = text;
  base::SourceManager sources;
  base::DiagnosticSink sink;
  auto result = compiler::compile({"bench.pol", "/bench", {}, {}}, files, sources, sink);
  if (!result.program) {
    fmt::print(stderr, "the generated policy does not compile\n");
    std::exit(1);
  }
  return std::move(*result.program);
}

Phases measure_phases(std::size_t controls) {
  Phases p;
  const std::string policy = bench::policy_text(controls);
  const std::string host = bench::host_json(controls);
  p.compile = bench::median_ms([&] { compile(policy); }, kRounds);
  const ir::Program program = compile(policy);
  const std::string bytes = ir::serialise(program);
  p.load = bench::median_ms([&] { (void)ir::deserialise(bytes, "bench.polc"); }, kRounds);
  const backends::PlanSlice slice = evaluate::plan_slice(program);
  base::DiagnosticSink sink;
  const auto collect = [&] {
    return backends::collect({.file = 1, .name = "bench.json", .bytes = host}, {.slice = &slice}, sink);
  };
  p.collect = bench::median_ms([&] { (void)collect(); }, kRounds);
  const auto evidence = collect();
  if (!evidence) std::exit(1);
  const auto derive = [&] {
    return derive::HostFacts(program, evidence->front(), value::Layer::Effective, kClock);
  };
  p.derive = bench::median_ms([&] { (void)derive(); }, kRounds);
  const derive::HostFacts facts(program, evidence->front(), value::Layer::Effective, kClock);
  const evaluate::Options options{kClock, value::Layer::Effective, {}};
  p.evaluate = bench::median_ms([&] { (void)evaluate::evaluate(program, facts, options); }, kRounds);
  for (const auto& control : evaluate::evaluate(program, facts, options).controls) {
    if (control.verdict == evaluate::Verdict::Fail) ++p.failures;
  }
  return p;
}

bool print_phases() {
  fmt::print("In process, CPU milliseconds (median of {}), and microseconds a control\n", kRounds);
  fmt::print("{:>8} {:>16} {:>16} {:>16} {:>16} {:>16}\n", "controls", "compile", "load program",
             "read JSON host", "derive", "evaluate");
  bool right = true;
  for (const std::size_t n : {10U, 100U, 1000U, 10000U}) {
    const Phases p = measure_phases(n);
    const auto cell = [n](double ms) {
      return fmt::format("{:.3f} ({:.2f})", ms, ms * 1e3 / static_cast<double>(n));
    };
    fmt::print("{:>8} {:>16} {:>16} {:>16} {:>16} {:>16}\n", n, cell(p.compile), cell(p.load),
               cell(p.collect), cell(p.derive), cell(p.evaluate));
    if (p.failures != bench::expected_failures(n)) {
      fmt::print("WRONG VERDICTS: {} failures, expected {}\n", p.failures, bench::expected_failures(n));
      right = false;
    }
  }
  return right;
}

/// Milliseconds; false where a policy without a fault is accused.
bool measure_lint(const std::string& name, const std::string& text) {
  const ir::Program program = compile(text);
  const base::SourceManager no_sources;
  std::size_t findings = 0;
  const double compile_ms = bench::median_ms([&] { compile(text); }, kRounds);
  const double lint_ms = bench::median_ms(
      [&] {
        base::DiagnosticSink sink;
        const lint::Summary summary = lint::lint(program, no_sources, {}, kClock, sink);
        findings = summary.findings + summary.undetermined;
      },
      kRounds);
  fmt::print("  {:<26} {:>8.1f} ms   {:>6.1f} x compiling{}\n", name, lint_ms, lint_ms / compile_ms,
             findings > 0 ? "   WRONG FINDINGS" : "");
  return findings == 0;
}

bool print_lint() {
  constexpr std::size_t kControls = 1000;
  fmt::print("\nLint, {} controls\n", kControls);
  const bool apart = measure_lint("about a value each", bench::policy_text(kControls));
  return measure_lint("ten about each value", bench::crowded_policy_text(kControls)) && apart;
}

bool print_editor() {
  const bench::EditorFigures figures = bench::editor_figures(10000, kRounds);
  fmt::print(
      "\nLanguage server, 10000 controls in one file: {:.0f} ms from an edit to the diagnostics, {:.0f} ms "
      "to a completion\n",
      figures.diagnostics_ms, figures.completion_ms);
  return true;
}

bool write(const std::string& path, const std::string& text) {
  return static_cast<bool>(std::ofstream(path, std::ios::binary) << text << std::flush);
}

bool write_inputs(const std::string& folder, std::size_t controls) {
  return write(folder + "/bench.pol", bench::policy_text(controls)) &&
         write(folder + "/bench.json", bench::host_json(controls)) &&
         write(folder + "/definitions.xml", bench::oval_definitions(controls)) &&
         write(folder + "/characteristics.xml", bench::oval_characteristics(controls));
}

std::size_t count_in(const std::string& path, const std::string& word) {
  std::ifstream stream(path);
  std::size_t count = 0;
  for (std::string line; std::getline(stream, line);) count += line.find(word) != std::string::npos ? 1 : 0;
  return count;
}

// Both tools must say the same before their times mean anything.
bool verdicts_agree(const std::string& polc, const std::string& folder, std::size_t controls) {
  const std::string report = folder + "/report.json";
  bench::run_process({polc, "check", "--program", folder + "/bench.polc", "-t", folder + "/bench.json", "-r",
                      "json=" + report, "--root", folder});
  bench::run_process({"oscap", "oval", "analyse", "--skip-validation", "--results", folder + "/results.xml",
                      folder + "/definitions.xml", folder + "/characteristics.xml"});
  const std::size_t ours = count_in(report, "\"verdict\": \"fail\"");
  std::size_t theirs = 0;
  std::ifstream results(folder + "/results.xml");
  for (std::string line; std::getline(results, line);) {
    const bool definition =
        line.find("<definition ") != std::string::npos && line.find("definition_id=") != std::string::npos;
    if (definition && line.find("result=\"false\"") != std::string::npos) ++theirs;
  }
  fmt::print("{} controls: polc finds {} failures, OpenSCAP {}, expected {}\n", controls, ours, theirs,
             bench::expected_failures(controls));
  return ours == bench::expected_failures(controls) && theirs == ours;
}

bool print_processes(const std::string& polc, const std::string& folder) {
  fmt::print("\nWhole process, cold (medians of {}; CPU ms, wall ms, peak MB)\n", kRounds);
  bool right = true;
  for (const std::size_t n : {100U, 1000U, 5000U}) {
    bench::run_apart([&] { return write_inputs(folder, n); });
    bench::run_process(
        {polc, "compile", folder + "/bench.pol", "-o", folder + "/bench.polc", "--root", folder});
    right = verdicts_agree(polc, folder, n) && right;
    const std::vector<std::vector<std::string>> commands{
        {polc, "check", "--program", folder + "/bench.polc", "-t", folder + "/bench.json", "--quiet",
         "--root", folder},
        {polc, "check", folder + "/bench.pol", "-t", folder + "/bench.json", "--quiet", "--root", folder},
        {"oscap", "oval", "analyse", "--skip-validation", "--results", folder + "/results.xml",
         folder + "/definitions.xml", folder + "/characteristics.xml"},
        {"oscap", "oval", "analyse", "--results", folder + "/results.xml", folder + "/definitions.xml",
         folder + "/characteristics.xml"}};
    const char* names[] = {"polc, program file", "polc, policy text", "OpenSCAP, not validating", "OpenSCAP"};
    const auto figures = bench::run_in_turn(commands, kRounds);
    for (std::size_t i = 0; i < figures.size(); ++i) {
      fmt::print("  {:<26} {:>8.1f} {:>8.1f} {:>8.1f}   {:>6.1f} x the first\n", names[i], figures[i].cpu_ms,
                 figures[i].wall_ms, figures[i].peak_mb, figures[i].cpu_ms / figures[0].cpu_ms);
    }
  }
  bench::run_apart([&] { return write_inputs(folder, 10000); });
  const auto compile_figures = bench::run_in_turn(
      {{polc, "compile", folder + "/bench.pol", "-o", folder + "/bench.polc", "--root", folder}}, kRounds);
  fmt::print("10000 controls, polc compile: {:.1f} ms CPU, {:.1f} ms wall, {:.1f} MB\n",
             compile_figures[0].cpu_ms, compile_figures[0].wall_ms, compile_figures[0].peak_mb);
  return right;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: polc_bench POLC FOLDER\n");
    return 64;
  }
  const bool phases = bench::run_apart(print_phases);
  const bool lint = bench::run_apart(print_lint);
  const bool editor = bench::run_apart(print_editor);
  const bool processes = print_processes(argv[1], argv[2]);
  return phases && lint && editor && processes ? 0 : 1;
}
