#include "tests/cases/judge.hpp"

#include <fmt/format.h>

#include <optional>

#include "compiler/compile.hpp"
#include "runtime/backends/backend.hpp"
#include "runtime/backends/snapshot/writer.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/derive/host_facts.hpp"
#include "runtime/derive/merge.hpp"
#include "runtime/evaluate/evaluate.hpp"
#include "runtime/evaluate/explain.hpp"
#include "runtime/evaluate/plan.hpp"
#include "runtime/evaluate/render_explanation.hpp"
#include "runtime/ir/serialise.hpp"
#include "runtime/ir/verify.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::cases {
namespace {

constexpr std::int64_t kClock = 1'795'219'200;  // 2026-11-21T00:00:00Z

std::string policy_text(const Block& block, const Row& row) {
  return fmt::format("policy \"case\" \"Case\" {{ version \"1\" }}\n{}\ncontrol \"C\" \"Case\" {{\n{}\n}}\n",
                     block.policy, row.body);
}

std::string all_messages(const base::DiagnosticSink& sink) {
  std::string text;
  for (const base::Diagnostic& d : sink.sorted()) {
    text += fmt::format("    {}: {}\n", base::code_text(d.code), base::message_of(d));
  }
  return text;
}

std::optional<ir::Program> compile(const std::string& text, base::DiagnosticSink& sink) {
  os::MemoryFileSystem files;
  files.files["/cases/case.pol"] = text;
  base::SourceManager sources;
  compiler::CompileOptions options;
  options.root = "/cases";
  options.policy_path = "/cases/case.pol";
  return compiler::compile(options, files, sources, sink).program;
}

/// The host's evidence, all of it or what a plan asks for.
std::optional<value::Evidence> evidence(const Block& block, const backends::PlanSlice* slice,
                                        base::DiagnosticSink& sink) {
  auto collected = backends::collect({.name = "case.yaml", .bytes = block.host}, {.slice = slice}, sink);
  if (!collected) return std::nullopt;
  derive::MergeOptions options;
  options.as_of = kClock;
  auto merged = derive::merge(std::move(*collected), options);
  if (merged) return std::move(*merged);
  sink.add(std::move(merged.error()));
  return std::nullopt;
}

/// The host as `polc collect` would write it down, read again.
std::optional<value::Evidence> written_down(const value::Evidence& host, backends::SnapshotForm form,
                                            const backends::PlanSlice& slice, base::DiagnosticSink& sink) {
  const std::string text = backends::write_snapshot(host, {.form = form, .slice = &slice}).text;
  const bool json = form == backends::SnapshotForm::Json;
  auto collected = backends::collect({.name = json ? "case.json" : "case.yaml", .bytes = text}, {}, sink);
  return collected ? std::optional(std::move(collected->front())) : std::nullopt;
}

/// Empty when the verdict is the expected one, else what came instead and why.
std::string difference(const ir::Program& program, value::Evidence host, const std::string& expected) {
  const value::Layer layer = host.layer;
  const derive::HostFacts facts(program, std::move(host), layer, kClock);
  evaluate::Options options;
  options.as_of = kClock;
  options.layer = layer;
  const auto evaluation = evaluate::evaluate(program, facts, options);
  const evaluate::ControlResult& result = evaluation.controls.at(0);
  const std::string got(evaluate::verdict_name(result.verdict));
  if (got == expected) return {};
  std::string text = "    is " + got + "\n";
  const auto explanation = evaluate::explain(program, facts, options, result);
  if (explanation.guard) text += evaluate::render_explanation(*explanation.guard, facts);
  for (const auto& require : explanation.requires_) text += evaluate::render_explanation(require, facts);
  return text;
}

std::string compile_problem(const Row& row, const base::DiagnosticSink& sink) {
  const std::string code = row.expected.substr(row.expected.find(' ') + 1);
  for (const base::Diagnostic& d : sink.sorted()) {
    if (std::to_string(d.code) == code) return {};
  }
  return sink.has_errors() ? "    reports\n" + all_messages(sink) : std::string("    compiles\n");
}

}  // namespace

std::string problem_of(const Block& block, const Row& row) {
  base::DiagnosticSink sink;
  const auto program = compile(policy_text(block, row), sink);
  if (row.expected.rfind("error", 0) == 0) return compile_problem(row, sink);
  if (!program) return "    does not compile\n" + all_messages(sink);
  if (const auto verified = ir::verify(*program, "case.polc"); !verified) {
    return "    " + base::message_of(verified.error()) + "\n";
  }
  const auto again = ir::deserialise(ir::serialise(*program), "case.polc");
  if (!again) return "    " + base::message_of(again.error()) + "\n";

  const backends::PlanSlice slice = evaluate::plan_slice(*again);
  auto whole = evidence(block, nullptr, sink);
  auto planned = evidence(block, &slice, sink);
  if (!whole || !planned) return "    the host cannot be read\n" + all_messages(sink);
  if (std::string problem = difference(*program, std::move(*whole), row.expected); !problem.empty())
    return problem;
  for (const auto form : {backends::SnapshotForm::Yaml, backends::SnapshotForm::Json}) {
    auto written = written_down(*planned, form, slice, sink);
    if (!written) return "    the snapshot that was written cannot be read\n" + all_messages(sink);
    if (std::string problem = difference(*again, std::move(*written), row.expected); !problem.empty())
      return "    from the snapshot that was written:\n" + problem;
  }
  std::string problem = difference(*again, std::move(*planned), row.expected);
  return problem.empty() ? problem
                         : "    from the program file and the planned part of the host:\n" + problem;
}

}  // namespace polc::cases
