// `polc explain`: why one control has the verdict it has, for any verdict.
#include "runtime/evaluate/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <ostream>

#include "cli/judge.hpp"
#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/diagnostics/tailoring.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/reflow.hpp"
#include "runtime/base/text.hpp"
#include "runtime/evaluate/render_explanation.hpp"
#include "runtime/report/report.hpp"
#include "runtime/report/unknowns.hpp"

namespace polc::cli {
namespace {

constexpr std::string_view kIndent = "      ";

// A control by its id, or by an id it had before.
std::optional<std::uint32_t> find_control(const ir::Program& program, std::string_view id) {
  const auto is_id = [&](ir::TextId text) { return base::equal_folded(program.text(text), id); };
  for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
    const ir::Control& control = program.controls[i];
    if (is_id(control.id) || std::any_of(control.formerly.begin(), control.formerly.end(), is_id)) return i;
  }
  return std::nullopt;
}

std::string nearest_id(const std::vector<ir::Program>& programs, std::string_view id) {
  std::vector<std::string_view> ids;
  for (const ir::Program& program : programs) {
    for (const ir::Control& control : program.controls) ids.push_back(program.text(control.id));
  }
  return std::string(base::nearest(id, ids));
}

/// A program whose profile leaves the control out.
const ir::Program* leaving_out(const std::vector<ir::Program>& programs, std::string_view id) {
  for (const ir::Program& program : programs) {
    const auto& excluded = program.profile.excluded;
    const auto is_id = [&](ir::TextId text) { return base::equal_folded(program.text(text), id); };
    if (std::any_of(excluded.begin(), excluded.end(), is_id)) return &program;
  }
  return nullptr;
}

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
  for (const ir::Program& program : programs) {
    const auto control = find_control(program, id);
    if (!control) continue;
    if (!session.read_secrets(programs)) return session.error_code();
    const auto judgement = judge(session, program, {*control});
    if (!judgement) return session.error_code();
    session.announce_example_host(judgement->collected, environment.out);
    print_heading(program, judgement->evaluation.controls.front(), environment.out);
    print_explanation(*judgement, judgement->evaluation.controls.front(), style, environment.out);
    return kSuccess;
  }
  if (const ir::Program* program = leaving_out(programs, id)) {
    const std::string profile(program->text(program->profile.name));
    session.sink().add(diag::ControlLeftOut{.profile = profile, .control = id}.at());
    return kUsageError;
  }
  session.sink().add(diag::UnknownControlId{.id = id, .suggestion = nearest_id(programs, id)}.at());
  return kUsageError;
}

}  // namespace

int explain(const Options& options, Environment& environment) {
  return with_session(options, environment, explain_control);
}

}  // namespace polc::cli
