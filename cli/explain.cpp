// `polc explain`: why one control has the verdict it has, for any verdict.
#include "runtime/evaluate/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <ostream>

#include "cli/find_control.hpp"
#include "cli/judge.hpp"
#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/reflow.hpp"
#include "runtime/evaluate/render_explanation.hpp"
#include "runtime/report/report.hpp"
#include "runtime/report/unknowns.hpp"

namespace polc::cli {
namespace {

constexpr std::string_view kIndent = "      ";

std::string place(const ir::Program& program, const ir::SourceRange& range) {
  return fmt::format("{}:{}:{}", program.text(program.files[range.file].path), range.line, range.column);
}

void print_heading(const ir::Program& program, const evaluate::ControlResult& result, std::ostream& out) {
  const ir::Control& control = program.controls[result.control];
  out << fmt::format("{}  {}  {}  ({})\n", evaluate::verdict_name(result.verdict),
                     base::visible(program.text(control.id)), base::visible(program.text(control.title)),
                     ir::severity_name(control.severity));
  out << "  " << base::visible(place(program, program.ranges[control.header])) << '\n';
  if (const std::string profile = report::profile_text(program); !profile.empty())
    out << "  profile " << profile << '\n';
  if (result.verdict != result.raw)
    out << "  without the waiver: " << evaluate::verdict_name(result.raw) << '\n';
  if (result.waiver) {
    const ir::Waiver& waiver = program.waivers[*result.waiver];
    out << fmt::format("  waived until {} by {}: {}\n", waiver.until.text(),
                       base::visible(program.text(waiver.owner)), base::visible(program.text(waiver.reason)));
  }
}

// Nothing where the guard says that the question does not arise.
std::string_view manual_text(evaluate::ManualState state) {
  switch (state) {
    case evaluate::ManualState::None:
      return "";
    case evaluate::ManualState::Yes:
      return "attested: yes, ";
    case evaluate::ManualState::No:
      return "attested: no, ";
    case evaluate::ManualState::NotAttested:
      return "not attested, ";
    case evaluate::ManualState::Expired:
      return "the attestation is out of date, ";
    case evaluate::ManualState::Conflicting:
      return "attestations contradict each other, ";
  }
  return "";
}

std::string markdown(std::string_view text, std::size_t width) {
  return base::reflow(base::visible_block(text), width, kIndent);
}

void print_unknowns(const evaluate::ControlResult& result, std::size_t width, std::ostream& out) {
  if (result.unknowns.empty()) return;
  out << "\n  unknown\n";
  for (const value::Unknown& unknown : report::merge_ports(result.unknowns)) {
    const std::string text =
        fmt::format("{}{}{}", value::reason_text(unknown.reason),
                    unknown.address.empty() ? "" : ": " + base::visible(unknown.address),
                    unknown.detail.empty() ? "" : " (" + base::visible(unknown.detail) + ")");
    out << base::wrap(text, width, kIndent) << '\n';
  }
}

void print_explanation(const Judgement& judgement, const evaluate::ControlResult& result,
                       const evaluate::ExplanationStyle& style, std::ostream& out) {
  const ir::Program& program = judgement.program;
  const ir::Control& control = program.controls[result.control];
  const auto explanation = evaluate::explain(program, *judgement.facts, judgement.options, result);
  if (explanation.guard) {
    out << "\n  when\n" << evaluate::render_explanation(*explanation.guard, *judgement.facts, style);
  }
  for (const evaluate::Explanation& part : explanation.requires_) {
    out << "\n  require" << (part.label.empty() ? "" : " " + base::visible(part.label)) << '\n'
        << evaluate::render_explanation(part, *judgement.facts, style);
  }
  if (control.manual) {
    out << "\n  manual\n"
        << base::wrap(base::visible(program.text(control.manual->instruction)), style.width, kIndent) << '\n'
        << kIndent << manual_text(result.manual) << "key " << base::visible(program.text(control.manual->key))
        << '\n';
  }
  print_unknowns(result, style.width, out);
  const std::string_view because = program.text(control.because);
  const std::string_view fix = program.text(control.fix);
  if (!because.empty()) out << "\n  because\n" << markdown(because, style.width) << '\n';
  if (!fix.empty()) out << "\n  fix\n" << markdown(fix, style.width) << '\n';
}

int explain_control(Session& session) {
  const std::string& id = session.options().control;
  const std::vector<ir::Program> programs = session.load_policies();
  if (programs.empty()) return session.error_code();
  Environment& environment = session.environment();
  const evaluate::ExplanationStyle style{.color = session.use_color(os::Stream::Out),
                                         .width = environment.system.width(os::Stream::Out),
                                         .label = false};
  const auto found = find_control(session, programs, id);
  if (!found) return kUsageError;
  if (!session.read_secrets(programs)) return session.error_code();
  const auto judgement = judge(session, *found->program, {found->control});
  if (!judgement) return session.error_code();
  session.announce_example_host(judgement->collected, environment.out);
  print_heading(*found->program, judgement->evaluation.controls.front(), environment.out);
  print_explanation(*judgement, judgement->evaluation.controls.front(), style, environment.out);
  return kSuccess;
}

}  // namespace

int explain(const Options& options, Environment& environment) {
  return with_session(options, environment, explain_control);
}

}  // namespace polc::cli
