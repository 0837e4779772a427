#include "cli/reports.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <ostream>

#include "cli/arguments.hpp"
#include "cli/repository.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/evaluate/explain.hpp"
#include "runtime/report/html/html.hpp"
#include "runtime/report/json/json.hpp"
#include "runtime/report/junit/junit.hpp"
#include "runtime/report/markdown/markdown.hpp"
#include "runtime/report/sarif/sarif.hpp"
#include "runtime/report/terminal/terminal.hpp"

namespace polc::cli {
namespace {

struct FormatName {
  std::string_view name;
  ReportFormat format;
};
constexpr std::array kFormats{
    FormatName{"terminal", ReportFormat::Terminal}, FormatName{"json", ReportFormat::Json},
    FormatName{"sarif", ReportFormat::Sarif},       FormatName{"sarif-full", ReportFormat::SarifFull},
    FormatName{"junit", ReportFormat::Junit},       FormatName{"markdown", ReportFormat::Markdown},
    FormatName{"html", ReportFormat::Html}};

std::optional<ReportDestination> parse_destination(Session& session, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  const std::string file = equals == std::string::npos ? std::string() : text.substr(equals + 1);
  for (const FormatName& known : kFormats) {
    if (known.name == name && (equals == std::string::npos || !file.empty()))
      return ReportDestination{known.format, file};
  }
  session.sink().add(diag::BadOptionValue{
      .option = "--report",
      .value = text,
      .expected = "terminal, json, sarif, sarif-full, junit, markdown or html, each with =FILE if wanted"}
                         .at());
  return std::nullopt;
}

report::RunReport run_report(Session& session, const Judgement& judgement,
                             const std::optional<report::Baseline>& baseline) {
  const Options& options = session.options();
  report::RunReport run{.program = judgement.program,
                        .evaluation = judgement.evaluation,
                        .facts = *judgement.facts,
                        .explain =
                            [&judgement](const evaluate::ControlResult& result) {
                              return evaluate::explain(judgement.program, *judgement.facts, judgement.options,
                                                       result);
                            },
                        .tool_version = kToolVersion,
                        .layer = judgement.options.layer,
                        .as_of = session.clock(),
                        .started = std::nullopt,
                        .finished = std::nullopt,
                        .targets = judgement.collected.targets,
                        .notifications = {},
                        .evidence_failed = false,
                        .sources = options.program ? nullptr : &session.sources(),
                        .version_control = std::nullopt,
                        .baseline = baseline ? &*baseline : nullptr,
                        .gate = {}};
  if (!options.deterministic) {
    run.started = session.started();
    run.finished = session.environment().system.now();
    if (const auto& revision = session.repository().revision; revision && !revision->repository_uri.empty()) {
      run.version_control =
          report::VersionControl{revision->repository_uri, revision->commit, revision->branch};
    }
  }
  if (const auto severity = parse_severity(options.fail_on)) run.gate.fail_on = *severity;
  run.gate.unknown_fails = options.unknown != "warn";
  run.gate.new_only = options.new_only;
  return run;
}

// The text of one report; nullopt when it cannot be made (the reason is in the sink).
std::optional<std::string> report_text(Session& session, const std::vector<report::RunReport>& runs,
                                       const ReportDestination& destination) {
  const Options& options = session.options();
  if (destination.format == ReportFormat::Json) return report::write_json(runs);
  if (destination.format == ReportFormat::Junit) return report::write_junit(runs);
  if (destination.format == ReportFormat::Markdown) return report::write_markdown(runs);
  if (destination.format == ReportFormat::Html) return report::write_html(runs);
  if (destination.format == ReportFormat::Terminal) {
    const bool on_output = destination.file.empty();
    return report::write_terminal(runs, {.color = on_output && session.use_color(os::Stream::Out),
                                         .width = session.environment().system.width(os::Stream::Out),
                                         .quiet = options.quiet,
                                         .verbose = options.verbose});
  }
  const bool full = destination.format == ReportFormat::SarifFull;
  auto text =
      report::write_sarif(runs,
                          {.profile = full ? report::SarifProfile::Full : report::SarifProfile::GitHub,
                           .keep_suppressed = options.keep_suppressed},
                          session.sink());
  if (!text) {
    session.sink().add(text.error());
    return std::nullopt;
  }
  return std::move(*text);
}

}  // namespace

std::string format_name(ReportFormat format) {
  for (const FormatName& known : kFormats) {
    if (known.format == format) return std::string(known.name);
  }
  return {};
}

bool are_free(Session& session, const std::vector<ReportDestination>& destinations) {
  const os::FileSystem& files = session.environment().files;
  std::map<std::string, std::string> taken;
  for (const std::string& path : session.inputs())
    taken.emplace(file_identity(path, files), "an input of this run");
  for (const ReportDestination& destination : destinations) {
    if (destination.file.empty()) continue;
    const auto [other, is_new] = taken.emplace(file_identity(destination.file, files),
                                               "the " + format_name(destination.format) + " report");
    if (is_new) continue;
    const std::string shown =
        os::path_inside(session.repository().root, destination.file).value_or(destination.file);
    session.sink().add(diag::ReportReplacesInput{.file = shown, .what = other->second}.at());
    return false;
  }
  return true;
}

std::optional<std::vector<ReportDestination>> report_destinations(Session& session) {
  std::vector<ReportDestination> destinations;
  for (const std::string& text : session.options().reports) {
    auto destination = parse_destination(session, text);
    if (!destination) return std::nullopt;
    destinations.push_back(std::move(*destination));
  }
  if (destinations.empty()) destinations.push_back({});
  const ReportDestination* on_output = nullptr;
  for (const ReportDestination& d : destinations) {
    if (!d.file.empty()) continue;
    if (on_output != nullptr) {
      session.sink().add(
          diag::TwoReportsOnOutput{.first = format_name(on_output->format), .second = format_name(d.format)}
              .at());
      return std::nullopt;
    }
    on_output = &d;
  }
  if (!are_free(session, destinations)) return std::nullopt;
  return destinations;
}

std::optional<std::optional<report::Baseline>> read_baseline(Session& session) {
  const std::string& path = session.options().baseline;
  if (path.empty()) {
    if (!session.options().new_only) return std::optional<report::Baseline>();
    session.sink().add(diag::CommandLine{.problem = "--new-only needs --baseline", .verb = "check"}.at());
    return std::nullopt;
  }
  const os::ReadResult file = session.environment().files.read(path, limits::kSnapshotBytes);
  if (file.status != os::ReadStatus::Ok) {
    session.sink().add(diag::UnreadableFile{.path = path, .why = file.detail}.at());
    return std::nullopt;
  }
  auto baseline = report::read_baseline(file.text, path);
  if (!baseline) {
    session.sink().add(baseline.error());
    return std::nullopt;
  }
  return std::optional<report::Baseline>(std::move(*baseline));
}

int write_reports(Session& session, const std::vector<std::unique_ptr<Judgement>>& judgements,
                  const std::optional<report::Baseline>& baseline,
                  const std::vector<ReportDestination>& destinations) {
  std::vector<report::RunReport> runs;
  std::vector<int> codes;
  for (const auto& judgement : judgements) {
    runs.push_back(run_report(session, *judgement, baseline));
    codes.push_back(report::exit_code(runs.back()));
  }
  const auto on_output = std::find_if(destinations.begin(), destinations.end(),
                                      [](const ReportDestination& d) { return d.file.empty(); });
  const bool terminal = on_output != destinations.end() && on_output->format == ReportFormat::Terminal;
  session.announce_example_host(judgements.front()->collected,
                                terminal ? session.environment().out : session.environment().err);
  for (const ReportDestination& destination : destinations) {
    const auto text = report_text(session, runs, destination);
    if (!text) return kUsageError;
    if (destination.file.empty()) {
      session.environment().out << *text;
    } else if (const auto why = session.environment().files.write_whole(destination.file, *text)) {
      session.sink().add(diag::UnwritableFile{.path = destination.file, .why = *why}.at());
      codes.push_back(kInternalError);
    }
  }
  return report::worst_exit_code(codes);
}

}  // namespace polc::cli
