// Waivers that can cover no failure: of what never fails, of hosts that the controls leave alone, of the past.
#include <algorithm>

#include "authoring/lint/findings.hpp"
#include "runtime/base/diagnostics/lint.hpp"
#include "runtime/base/diagnostics/report.hpp"
#include "runtime/value/time.hpp"

namespace polc::lint {
namespace {

using analysis::Answer;
using analysis::ControlView;
using analysis::Outcome;

/// Whether a host that the waiver is for can fail one of its controls.
analysis::Finding failure(const ir::Program& program, const ir::Waiver& waiver) {
  const analysis::Scope scope{.host_name = std::string(program.text(waiver.host))};
  analysis::Finding none{Answer::Never, {}, {}};
  for (const std::uint32_t control : waiver.controls) {
    analysis::Finding fail = analysis::solve({{ControlView{&program, control}, Outcome::Fail}}, scope);
    if (fail.answer == Answer::Found) return fail;
    if (fail.answer == Answer::Undetermined) none = std::move(fail);
  }
  return none;
}

/// Where a waiver of one control is for hosts that this one does not apply to: its condition.
void add_guard(Findings& findings, const ir::Waiver& waiver, base::Diagnostic& diagnostic) {
  const ir::Program& program = findings.program();
  const ir::Control& control = program.controls[waiver.controls.front()];
  if (waiver.controls.size() > 1 || control.guard == ir::kNone) return;
  const analysis::Scope scope{.host_name = std::string(program.text(waiver.host))};
  const ControlView view{&program, waiver.controls.front()};
  if (analysis::solve({{view, Outcome::Applies}}, scope).answer == Answer::Never)
    diagnostic.labels.push_back({findings.span(control.guard_range), "this holds on none of these hosts"});
}

void lint_waiver(Findings& findings, const ir::Waiver& waiver, const std::vector<Known>& known) {
  const ir::Program& program = findings.program();
  const auto any = [&](bool Known::*what) {
    return std::any_of(waiver.controls.begin(), waiver.controls.end(),
                       [&](std::uint32_t control) { return known[control].*what; });
  };
  // Without controls a profile leaves them out; a control that is off may be on for other hosts.
  if (waiver.controls.empty() || any(&Known::switched_off)) return;
  // With other parameters it may fail.
  const auto is_parametric = [&](std::uint32_t control) {
    return !analysis::mentions_of(program, program.controls[control]).parameters.empty();
  };
  if (!any(&Known::can_fail) && std::any_of(waiver.controls.begin(), waiver.controls.end(), is_parametric))
    return;
  const std::string host(program.text(waiver.host));
  if (host == "*" && any(&Known::can_fail)) return;
  const analysis::Finding fail = failure(program, waiver);
  if (fail.answer == Answer::Found) return;
  const std::string target(program.text(waiver.target));
  if (fail.answer == Answer::Undetermined) {
    // Where no host at all was found that fails, that has been said.
    if (any(&Known::can_fail))
      findings.add(diag::LintUndetermined{.what = "whether the waiver of " + target + " can apply",
                                          .because = fail.reason}
                       .at(findings.span(waiver.range)),
                   waiver.controls);
    return;
  }
  const std::string hosts = any(&Known::can_fail) ? "host named `" + host + "`" : "host";
  base::Diagnostic diagnostic =
      diag::WaiverNeverApplies{.target = target, .hosts = hosts}.at(findings.span(waiver.range));
  add_guard(findings, waiver, diagnostic);
  findings.add(std::move(diagnostic), waiver.controls);
}

}  // namespace

void lint_waivers(Findings& findings, const std::vector<Known>& known, std::int64_t now) {
  const ir::Program& program = findings.program();
  for (const ir::Waiver& waiver : program.waivers) {
    lint_waiver(findings, waiver, known);
    if (value::day_of(now) <= waiver.until.days) continue;
    findings.add(diag::WaiverExpired{.target = std::string(program.text(waiver.target)),
                                     .until = waiver.until.text(),
                                     .owner = std::string(program.text(waiver.owner))}
                     .at(findings.span(waiver.range)),
                 waiver.controls);
  }
}

}  // namespace polc::lint
