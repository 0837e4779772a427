// `polc collect`: facts of one host, read from its targets, written down as a snapshot.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ostream>

#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/backends/snapshot/snapshot.hpp"
#include "runtime/backends/snapshot/writer.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/evaluate/plan.hpp"
#include "runtime/value/time.hpp"

namespace polc::cli {
namespace {

constexpr std::size_t kShownGaps = 20;

/// What the policies ask for, in one slice.
backends::PlanSlice slice_of(const std::vector<ir::Program>& programs) {
  backends::PlanSlice slice;
  for (const ir::Program& program : programs) slice.add(evaluate::plan_slice(program));
  return slice;
}

bool is_on_output(const Options& options) {
  return options.output == "-";
}

/// "polc 0.1.0 from host.yaml (snapshot)".
std::string collected_by(const Collected& collected) {
  std::vector<std::string> sources;
  for (const report::Target& target : collected.targets)
    sources.push_back(fmt::format("{} ({})", base::visible(target.name), target.backend));
  return fmt::format("polc {} from {}", kToolVersion, fmt::join(sources, ", "));
}

/// A live host says what it is now; files say themselves when they were made, or it is not known.
void date(const Session& session, Collected& collected) {
  const bool has_clock = !session.options().deterministic || !session.options().as_of.empty();
  if (!collected.evidence.collected_at && collected.live && has_clock)
    collected.evidence.collected_at = session.clock();
}

/// False, and reported, for a snapshot that could not be used.
bool reads_again(Session& session, const backends::WrittenSnapshot& snapshot) {
  base::DiagnosticSink sink;
  if (backends::check_snapshot({.name = "snapshot", .bytes = snapshot.text}, sink)) return true;
  const auto problems = sink.sorted();
  const std::string why = problems.empty() ? "it is no snapshot" : base::message_of(problems.front());
  session.sink().add(
      diag::SnapshotRefused{.file = session.display_name(session.options().output), .why = why}.at());
  return false;
}

/// What a backend needs to read a section, else what the resources need that are answered from it.
std::string_view privilege_for(value::EvidenceSection section, const Collected& collected) {
  for (const report::Target& target : collected.targets) {
    const backends::Backend* backend = backends::find_backend(target.backend);
    if (backend == nullptr) continue;
    for (const backends::Capability& capability : backend->capabilities(nullptr)) {
      if (capability.section == section && !capability.privilege.empty()) return capability.privilege;
    }
  }
  for (const value::ResourceInfo& resource : value::resource_catalogue()) {
    if (!resource.evidence.empty() && resource.evidence.front() == section && !resource.privilege.empty())
      return resource.privilege;
  }
  return {};
}

/// Lines about what is missing of one section; the same of several rows is one line.
std::vector<std::string> gap_lines(const backends::WrittenSection& section, const Collected& collected) {
  const std::string_view privilege = privilege_for(section.section, collected);
  std::vector<std::string> lines;
  std::size_t times = 1;
  for (std::size_t i = 0; i < section.gaps.size(); ++i) {
    const backends::Gap& gap = section.gaps[i];
    const bool goes_on = i + 1 < section.gaps.size() && section.gaps[i + 1] == gap;
    if (goes_on) {
      ++times;
      continue;
    }
    const bool denied = gap.reason.starts_with(value::reason_text(value::UnknownReason::AccessDenied));
    lines.push_back(fmt::format("  {}{}{}: {}{}{}\n", value::section_name(section.section),
                                gap.place.empty() ? "" : " ", base::visible(gap.place),
                                base::visible(gap.reason), times > 1 ? fmt::format(" ({} times)", times) : "",
                                denied && !privilege.empty() ? fmt::format("; needs {}", privilege) : ""));
    times = 1;
  }
  return lines;
}

void print_gaps(const backends::WrittenSnapshot& snapshot, const Collected& collected, std::ostream& err) {
  std::vector<std::string> lines;
  for (const backends::WrittenSection& section : snapshot.sections) {
    const auto of_section = gap_lines(section, collected);
    lines.insert(lines.end(), of_section.begin(), of_section.end());
  }
  if (!lines.empty()) err << "not read:\n";
  for (std::size_t i = 0; i < std::min(lines.size(), kShownGaps); ++i) err << lines[i];
  if (lines.size() > kShownGaps) err << fmt::format("  and {} more\n", lines.size() - kShownGaps);
}

void print_summary(Session& session, const backends::WrittenSnapshot& snapshot, const Collected& collected) {
  std::ostream& err = session.environment().err;
  const value::Evidence& evidence = collected.evidence;
  const std::string file =
      is_on_output(session.options()) ? "standard output" : session.display_name(session.options().output);
  err << fmt::format(
      "wrote {}: {}, layer {}, {}\n", base::visible(file),
      evidence.host.name.present() ? base::visible(evidence.host.name.value) : "a host without name",
      evidence.layer == value::Layer::Policy ? "policy" : "effective",
      evidence.collected_at ? "collected " + value::instant_text(*evidence.collected_at) : "not dated");
  for (const backends::WrittenSection& section : snapshot.sections) {
    err << fmt::format("  {:<16}{:>7}{}\n", value::section_name(section.section), section.entries,
                       section.gaps.empty() ? "" : fmt::format("   {} not read", section.gaps.size()));
  }
  print_gaps(snapshot, collected, err);
  if (snapshot.withheld > 0)
    err << fmt::format("withheld: {} {}\n", snapshot.withheld, snapshot.withheld == 1 ? "secret" : "secrets");
  err << "Look through it before it leaves the machine: names, addresses and settings of the host are in "
         "it.\n";
}

int write(Session& session, const Collected& collected, const backends::PlanSlice* slice) {
  const Options& options = session.options();
  const auto snapshot = backends::write_snapshot(
      collected.evidence, {.form = options.output.ends_with(".json") ? backends::SnapshotForm::Json
                                                                     : backends::SnapshotForm::Yaml,
                           .slice = slice,
                           .collected_by = collected_by(collected)});
  if (!reads_again(session, snapshot)) return kEvidenceError;
  if (is_on_output(options)) {
    session.environment().out << snapshot.text;
  } else if (const auto why = session.environment().files.write_whole(options.output, snapshot.text)) {
    session.sink().add(diag::UnwritableFile{.path = options.output, .why = *why}.at());
    return kInternalError;
  }
  print_summary(session, snapshot, collected);
  return kSuccess;
}

int run_collect(Session& session) {
  const Options& options = session.options();
  if (options.policies.empty() && !options.all) {
    session.sink().add(diag::NothingToCollect{}.at());
    return kUsageError;
  }
  const std::vector<ir::Program> programs = session.load_policies();
  if (programs.empty() && !options.all) return session.error_code();
  if (!is_on_output(options) && session.is_input(options.output)) {
    session.sink().add(
        diag::ReportReplacesInput{.file = options.output, .what = "an input of this run"}.at());
    return kUsageError;
  }
  const backends::PlanSlice slice = slice_of(programs);
  const backends::PlanSlice* needed = options.all ? nullptr : &slice;
  auto collected = session.collect(needed, std::nullopt);
  if (!collected) return session.error_code();
  if (!collected->example_host.empty()) {
    session.sink().add(diag::NoTarget{}.at());
    return kUsageError;
  }
  date(session, *collected);
  return write(session, *collected, needed);
}

}  // namespace

int collect(const Options& options, Environment& environment) {
  return with_session(options, environment, run_collect);
}

}  // namespace polc::cli
