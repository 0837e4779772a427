#include "runtime/report/sarif/upload.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "runtime/base/diagnostics/report.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/report/sarif/results.hpp"

namespace polc::report::sarif {
namespace {

/// The first shown control whose place cannot be written; nullptr when all can.
const ir::Control* control_without_place(const RunReport& report, const SarifOptions& options) {
  for (const evaluate::ControlResult& result : report.evaluation.controls) {
    const ir::Control& control = control_of(report, result);
    if (is_shown(result, options) && !has_policy_location(report, control.header)) return &control;
  }
  return nullptr;
}

std::size_t count_results(const RunReport& report, const SarifOptions& options) {
  std::size_t results = options.profile == SarifProfile::Full ? absent_from(report).size() : 0;
  for (const evaluate::ControlResult& result : report.evaluation.controls)
    results += is_shown(result, options) ? 1U : 0U;
  return results;
}

base::Result<void> check_run(const RunReport& report, const SarifOptions& options,
                             base::DiagnosticSink& warnings) {
  if (report.baseline != nullptr && !report.baseline->runs.contains(automation_id(report)))
    warnings.add(diag::BaselineOfAnother{base::visible(report.baseline->name), automation_id(report)}.at());
  if (const ir::Control* control = control_without_place(report, options)) {
    const ir::SourceRange& range = report.program.ranges[control->header];
    const std::string path(report.program.text(report.program.files[range.file].path));
    return base::failure(diag::NoLocation{base::visible(path)}.at());
  }
  const std::size_t results = count_results(report, options);
  if (results > limits::kSarifResults)
    return base::failure(
        diag::TooManyResults{std::to_string(results), std::to_string(limits::kSarifResults)}.at());
  if (options.profile == SarifProfile::GitHub && results > limits::kSarifShownResults)
    warnings.add(
        diag::HiddenResults{std::to_string(results), std::to_string(limits::kSarifShownResults)}.at());
  return {};
}

}  // namespace

base::Result<void> check_upload(const std::vector<RunReport>& reports, const SarifOptions& options,
                                base::DiagnosticSink& warnings) {
  if (reports.size() > limits::kSarifRuns)
    return base::failure(
        diag::TooManyRuns{std::to_string(reports.size()), std::to_string(limits::kSarifRuns)}.at());
  std::set<std::string> categories;
  for (const RunReport& report : reports) {
    if (!categories.insert(automation_id(report)).second)
      return base::failure(diag::SameCategory{automation_id(report)}.at());
    if (auto checked = check_run(report, options, warnings); !checked) return checked;
  }
  return {};
}

}  // namespace polc::report::sarif
