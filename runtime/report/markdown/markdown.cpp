#include "runtime/report/markdown/markdown.hpp"

#include <fmt/format.h>

#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/evaluate/render_explanation.hpp"
#include "runtime/report/deciding.hpp"
#include "runtime/report/description.hpp"
#include "runtime/report/markdown/blocks.hpp"
#include "runtime/report/message.hpp"
#include "runtime/report/notices.hpp"

namespace polc::report {
namespace {

using evaluate::ControlResult;
using evaluate::Verdict;
using markdown::Blocks;
using markdown::inline_code;

constexpr std::string_view kNote =
    "\n**This summary is cut off**: it may have 1 MiB. `--report html=FILE` and `--report json=FILE` have "
    "everything.\n";

class MarkdownWriter {
 public:
  MarkdownWriter(const RunReport& report, Blocks& out) : report_(report), out_(out), counts_(count(report)) {}

  void write() {
    head();
    sections();
    failures();
    unknowns();
    reviews();
    waivers();
    parameters();
    notes();
  }

 private:
  std::string_view raw(ir::TextId id) const { return report_.program.text(id); }
  std::string text(ir::TextId id) const { return base::markdown_text(raw(id)); }
  std::string code(ir::TextId id) const { return inline_code(raw(id)); }

  void head() {
    out_.heading(2, text(report_.program.policy.title));
    std::string list = fmt::format("\n- Host: {}\n", inline_code(host_text(report_)));
    for (const Target& target : report_.targets)
      list += fmt::format("- Evidence: {}\n", inline_code(target_text(report_, target)));
    if (report_.layer == value::Layer::Policy)
      list += "- Layer: policy, that is what it would set, not what is in force\n";
    list += fmt::format("- As of: {}\n", instant_text(report_.as_of));
    for (const auto& [name, value] : tailoring_rows(report_))
      list += fmt::format("- {}{}: {}\n", static_cast<char>(name[0] - 'a' + 'A'), name.substr(1),
                          inline_code(value));
    if (report_.baseline != nullptr)
      list += fmt::format("- Baseline: {}\n", inline_code(report_.baseline->name));
    out_.add(list);
  }

  void sections() {
    out_.table({"Section", "fail", "unknown", "review", "waived", "pass", "not applicable"});
    for (const Section& section : sections_of(report_)) {
      const auto cell = [&](Verdict verdict) {
        return section.counts.of(verdict) == 0 ? std::string() : std::to_string(section.counts.of(verdict));
      };
      out_.row({base::markdown_text(section.title), cell(Verdict::Fail), cell(Verdict::Unknown),
                cell(Verdict::Review), cell(Verdict::Waived), cell(Verdict::Pass),
                cell(Verdict::NotApplicable)});
    }
  }

  std::string place(const ir::Control& control) const {
    return inline_code(place_text(report_.program, control.header));
  }

  std::string severity(const ControlResult& result) const {
    const std::string_view name = ir::severity_name(control_of(report_, result).severity);
    return std::string(name) + (baseline_state(report_, result) == BaselineState::New ? ", new" : "");
  }

  void failures() {
    const auto failing = with_verdict(report_, Verdict::Fail);
    if (failing.empty()) return;
    out_.heading(3, "What fails");
    out_.table({"Severity", "Control", "Title", "Written in"});
    for (const ControlResult* result : failing) {
      const ir::Control& control = control_of(report_, *result);
      out_.row({severity(*result), code(control.id), text(control.title), place(control)});
    }
    out_.add("\n");
    for (const ControlResult* result : failing) details(*result);
  }

  /// The explanation, folded: a block of its own, so that it is shown whole or not at all.
  void details(const ControlResult& result) {
    const ir::Control& control = control_of(report_, result);
    const evaluate::ControlExplanation explanation = report_.explain(result);
    std::string block =
        fmt::format("<details>\n<summary><code>{}</code> {}</summary>\n\n",
                    markdown::summary_text(raw(control.id)), markdown::summary_text(raw(control.title)));
    std::string assertion;
    for (const evaluate::Explanation* part : deciding(result, explanation))
      assertion +=
          (assertion.empty() ? "" : "\n") + evaluate::render_explanation(*part, report_.facts, {.indent = 0});
    block += base::markdown_fence(assertion.empty() ? message(report_, result, explanation) : assertion);
    const auto authored = [&](std::string_view heading, ir::TextId id) {
      if (!raw(id).empty()) block += fmt::format("\n**{}**\n\n{}\n", heading, base::markdown_block(raw(id)));
    };
    authored("Why", control.because);
    authored("Fix", control.fix);
    out_.add(block + "\n</details>\n\n");
  }

  void unknowns() {
    const auto open = with_verdict(report_, Verdict::Unknown);
    if (open.empty()) return;
    out_.heading(3, "What could not be evaluated");
    out_.table({"Severity", "Control", "Title"});
    for (const ControlResult* result : open) {
      const ir::Control& control = control_of(report_, *result);
      out_.row({severity(*result), code(control.id), text(control.title)});
    }
    out_.table({"Not read", "Reason", "What would help"});
    for (const UnreadGroup& group : unread_groups(report_)) {
      for (const Notice& notice : group.notices) {
        const value::Unknown& unknown = *notice.unknown;
        const std::string reason = std::string(value::reason_text(unknown.reason));
        out_.row({unknown.address.empty() ? "a fact" : inline_code(unknown.address),
                  unknown.detail.empty() ? reason : reason + ": " + inline_code(unknown.detail),
                  base::markdown_text(group.hint)});
      }
    }
  }

  void reviews() {
    const auto open = with_verdict(report_, Verdict::Review);
    if (open.empty()) return;
    out_.heading(3, "What somebody must attest");
    out_.table({"Severity", "Control", "Title", "Question", "State"});
    for (const ControlResult* result : open) {
      const ir::Control& control = control_of(report_, *result);
      out_.row({severity(*result), code(control.id), text(control.title),
                control.manual ? text(control.manual->instruction) : std::string(),
                manual_state_name(result->manual)});
    }
  }

  void waivers() {
    if (report_.evaluation.waivers.empty()) return;
    out_.heading(3, "Waivers");
    out_.table({"Controls", "State", "Until", "Owner", "Reason", "Ticket", "Hosts"});
    for (const evaluate::WaiverResult& state : report_.evaluation.waivers) {
      const ir::Waiver& waiver = report_.program.waivers[state.waiver];
      out_.row({code(waiver.target), waiver_state_name(state.state), waiver.until.text(), text(waiver.owner),
                text(waiver.reason), text(waiver.ticket), code(waiver.host)});
    }
  }

  void parameters() {
    if (report_.program.parameters.empty()) return;
    out_.heading(3, "Parameters");
    out_.table({"Parameter", "Value", "Set by"});
    for (const ir::Parameter& parameter : report_.program.parameters)
      out_.row({code(parameter.name), inline_code(value::to_text(report_.program.constants[parameter.value])),
                base::markdown_text(provenance(report_.program, parameter))});
  }

  void notes() {
    if (report_.notifications.empty()) return;
    out_.heading(3, "Notes");
    out_.add("\n");
    for (const base::Diagnostic& diagnostic : report_.notifications)
      out_.add(fmt::format("- {}\n", base::markdown_text(base::message_of(diagnostic))));
  }

  const RunReport& report_;
  Blocks& out_;
  Counts counts_;
};

/// The counts of all runs, before anything could be cut off.
void overview(const std::vector<RunReport>& reports, Blocks& out) {
  out.table({"Policy", "Host", "fail", "unknown", "review", "waived", "pass", "not applicable"});
  for (const RunReport& report : reports) {
    const Counts counts = count(report);
    const auto cell = [&](Verdict verdict) { return std::to_string(counts.of(verdict)); };
    const std::string severities = failures_by_severity(counts);
    out.row({inline_code(report.program.text(report.program.policy.id)), inline_code(host_name(report)),
             severities.empty() ? "0" : cell(Verdict::Fail) + " (" + severities + ")", cell(Verdict::Unknown),
             cell(Verdict::Review), cell(Verdict::Waived), cell(Verdict::Pass),
             cell(Verdict::NotApplicable)});
  }
}

}  // namespace

std::string write_markdown(const std::vector<RunReport>& reports) {
  Blocks out(limits::kMarkdownBytes, kNote);
  out.add("# polc\n");
  overview(reports, out);
  for (const RunReport& report : reports) MarkdownWriter(report, out).write();
  return out.finish();
}

}  // namespace polc::report
