#include "runtime/report/junit/junit.hpp"

#include "runtime/evaluate/render_explanation.hpp"
#include "runtime/report/deciding.hpp"
#include "runtime/report/description.hpp"
#include "runtime/report/junit/document.hpp"
#include "runtime/report/message.hpp"
#include "runtime/report/notices.hpp"

namespace polc::report {
namespace {

using evaluate::ControlResult;
using evaluate::Verdict;
using junit::Outcome;

Outcome outcome_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return Outcome::Passed;
    case Verdict::Fail:
      return Outcome::Failed;
    case Verdict::NotApplicable:
    case Verdict::Waived:
      return Outcome::Skipped;
    case Verdict::Unknown:
    case Verdict::Review:
      break;
  }
  return Outcome::Error;
}

class SuiteBuilder {
 public:
  explicit SuiteBuilder(const RunReport& report) : report_(report) {}

  junit::Suite build() const {
    const std::string host = host_name(report_);
    junit::Suite suite{
        text(report_.program.policy.id) + " on " + host, host, report_.as_of, properties(), {}};
    for (const ControlResult& result : report_.evaluation.controls) suite.cases.push_back(control(result));
    return suite;
  }

 private:
  std::string text(ir::TextId id) const { return std::string(report_.program.text(id)); }

  std::vector<std::pair<std::string, std::string>> properties() const {
    std::vector<std::pair<std::string, std::string>> all{{"policy", text(report_.program.policy.title)},
                                                         {"version", text(report_.program.policy.version)},
                                                         {"layer", std::string(layer_name(report_.layer))}};
    for (const Target& target : report_.targets) all.emplace_back("target", target.name);
    for (const auto& [name, value] : tailoring_rows(report_)) all.emplace_back(name, value);
    for (const ir::Parameter& parameter : report_.program.parameters)
      all.emplace_back("parameter " + text(parameter.name), provenance(report_.program, parameter));
    for (const evaluate::WaiverResult& state : report_.evaluation.waivers)
      all.emplace_back("waiver " + text(report_.program.waivers[state.waiver].target),
                       waiver_state_name(state.state));
    return all;
  }

  std::string classname(const ir::Control& source) const {
    const std::string policy = text(report_.program.policy.id);
    return source.group == ir::kNone ? policy
                                     : policy + "/" + text(report_.program.groups[source.group].title);
  }

  std::string details(const ControlResult& result, const evaluate::ControlExplanation& explanation,
                      const std::string& message) const {
    std::string out = message + "\n";
    for (const evaluate::Explanation* part : deciding(result, explanation))
      out += "\n" + evaluate::render_explanation(*part, report_.facts, {.indent = 0});
    const std::string fix = text(control_of(report_, result).fix);
    if (result.verdict == Verdict::Fail && !fix.empty()) out += "\nfix\n" + fix;
    return out.back() == '\n' ? out : out + "\n";
  }

  junit::Case control(const ControlResult& result) const {
    const ir::Control& source = control_of(report_, result);
    const ir::SourceRange& place = report_.program.ranges[source.header];
    junit::Case out;
    out.classname = classname(source);
    out.name = text(source.id) + " " + text(source.title);
    if (source.header != 0 && place.line != 0) {
      out.file = text(report_.program.files[place.file].path);
      out.line = place.line;
    }
    out.outcome = outcome_of(result.verdict);
    if (out.outcome == Outcome::Passed) return out;
    const evaluate::ControlExplanation explanation = report_.explain(result);
    out.type = result.verdict == Verdict::Fail ? std::string(ir::severity_name(source.severity))
                                               : std::string(evaluate::verdict_name(result.verdict));
    out.message = message(report_, result, explanation);
    if (out.outcome != Outcome::Skipped) out.details = details(result, explanation, out.message);
    return out;
  }

  const RunReport& report_;
};

}  // namespace

std::string write_junit(const std::vector<RunReport>& reports) {
  std::vector<junit::Suite> suites;
  for (const RunReport& report : reports) suites.push_back(SuiteBuilder(report).build());
  return junit::write_document("polc check", suites);
}

}  // namespace polc::report
