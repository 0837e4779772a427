// One control: can it pass, can it fail, does it ever apply.
#include "authoring/lint/findings.hpp"
#include "runtime/base/diagnostics/lint.hpp"

namespace polc::lint {
namespace {

using analysis::Answer;
using analysis::ControlView;
using analysis::Outcome;

/// The two requirements that cannot hold together, or the one that cannot hold by itself.
void add_clash(Findings& findings, const ControlView& view, base::Diagnostic& diagnostic) {
  const ir::Control& control = view.program->controls[view.control];
  const auto count = static_cast<std::uint32_t>(control.requires_.size());
  const auto label = [&](std::uint32_t i, const char* text) {
    diagnostic.labels.push_back({findings.span(control.requires_[i].range), text});
  };
  const auto holds = [&](std::uint32_t i) { return analysis::Demand{view, Outcome::Pass, i}; };
  for (std::uint32_t i = 0; i < count; ++i) {
    if (analysis::solve({holds(i)}).answer == Answer::Never) return label(i, "this never holds");
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    for (std::uint32_t k = i + 1; k < count; ++k) {
      if (analysis::solve({holds(i), holds(k)}).answer != Answer::Never) continue;
      label(i, "this");
      return label(k, "and this never hold together");
    }
  }
}

void never(Findings& findings, const ControlView& view, bool passes, const std::string& host) {
  const std::uint32_t control = view.control;
  const std::string parameters =
      parameters_text(*view.program, analysis::mentions_of(*view.program, view.program->controls[control]));
  if (!parameters.empty()) {
    base::Diagnostic trivial =
        diag::TrivialByParameter{.control = findings.id(control),
                                 .what = passes ? "no host can fail it" : "no host can pass it",
                                 .parameters = parameters}
            .at(findings.header(control));
    if (!passes) add_clash(findings, view, trivial);
    return findings.add(std::move(trivial), {control});
  }
  if (passes) {
    findings.add(
        diag::ControlNeverFails{.control = findings.id(control), .host = host}.at(findings.header(control)),
        {control});
    return;
  }
  base::Diagnostic diagnostic =
      diag::ControlNeverPasses{.control = findings.id(control), .because = ""}.at(findings.header(control));
  add_clash(findings, view, diagnostic);
  findings.add(std::move(diagnostic), {control});
}

}  // namespace

std::string parameters_text(const ir::Program& program, const analysis::Mentions& mentions) {
  std::string found;
  for (const std::uint32_t index : mentions.parameters) {
    const ir::Parameter& parameter = program.parameters[index];
    found += (found.empty() ? "" : ", ") + std::string(program.text(parameter.name)) + " = " +
             value::to_text(program.constants[parameter.value]);
  }
  return found;
}

void add_undetermined(Findings& findings, std::uint32_t control, const std::string& what,
                      const std::string& why) {
  findings.add(diag::LintUndetermined{.what = what + " `" + findings.id(control) + "`", .because = why}.at(
                   findings.header(control)),
               {control});
}

Known lint_control(Findings& findings, std::uint32_t control) {
  const ControlView view{&findings.program(), control};
  Known known;
  // A condition that is false without any fact is a switch.
  known.switched_off = analysis::verdict_on(view, {}) == evaluate::Verdict::NotApplicable;
  if (known.switched_off) return known;
  const analysis::Finding applies = analysis::solve({{view, Outcome::Applies}});
  if (applies.answer == Answer::Never) {
    findings.add(diag::DeadGuard{.control = findings.id(control)}.at(
                     findings.span(findings.program().controls[control].guard_range)),
                 {control});
    return known;
  }
  const analysis::Finding pass = analysis::solve({{view, Outcome::Pass}});
  const analysis::Finding fail = analysis::solve({{view, Outcome::Fail}});
  known.can_pass = pass.answer == Answer::Found;
  known.can_fail = fail.answer == Answer::Found;
  known.never_fails = fail.answer == Answer::Never;
  if (pass.answer == Answer::Never) never(findings, view, false, {});
  if (fail.answer == Answer::Never && known.can_pass)
    never(findings, view, true, analysis::to_text(pass.host));
  if (pass.answer == Answer::Undetermined)
    add_undetermined(findings, control, "whether a host can pass", pass.reason);
  if (fail.answer == Answer::Undetermined)
    add_undetermined(findings, control, "whether a host can fail", fail.reason);
  return known;
}

}  // namespace polc::lint
