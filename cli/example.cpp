// `polc example`: a snapshot of a host that has a verdict.
#include "authoring/example/example.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "cli/find_control.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/diagnostics/example.hpp"
#include "runtime/base/escape.hpp"

namespace polc::cli {
namespace {

/// What the exit code says where there is no example.
constexpr int kNever = 1;
constexpr int kUndetermined = 2;

struct Asked {
  const char* option;
  example::Verdict verdict;
  const char* name;
};
constexpr std::array kAsked{
    Asked{"pass", example::Verdict::Pass, "pass"},
    Asked{"fail", example::Verdict::Fail, "fail"},
    Asked{"unknown", example::Verdict::Unknown, "unknown"},
    Asked{"review", example::Verdict::Review, "review"},
    Asked{"not-applicable", example::Verdict::NotApplicable, "notApplicable"},
};

/// One line of a comment: what the snapshot is an example of.
std::string heading(const FoundControl& found, const Asked& asked) {
  const ir::Control& control = found.program->controls[found.control];
  return fmt::format("# {} {}: {}. Nothing else is known of this host.\n",
                     base::visible(found.program->text(control.id)),
                     base::visible(found.program->text(control.title)), asked.name);
}

int write(Session& session, const std::string& text) {
  const std::string& file = session.options().output;
  if (file.empty() || file == "-") {
    session.environment().out << text;
    return kSuccess;
  }
  if (session.is_input(file)) {
    session.sink().add(diag::ReportReplacesInput{.file = file, .what = "an input of this run"}.at());
    return kUsageError;
  }
  if (const auto why = session.environment().files.write_whole(file, text)) {
    session.sink().add(diag::UnwritableFile{.path = file, .why = *why}.at());
    return kInternalError;
  }
  return kSuccess;
}

/// Whether the control is asked about on no host at all: a parameter turned its guard off.
bool applies_nowhere(const analysis::ControlView& control, std::int64_t as_of) {
  if (control.program->controls[control.control].guard == ir::kNone) return false;
  const auto never = [&](example::Verdict verdict) {
    return example::find_example(control, verdict, as_of).answer == analysis::Answer::Never;
  };
  return never(example::Verdict::Pass) && never(example::Verdict::Fail);
}

std::string other_question(const analysis::ControlView& control, std::int64_t as_of) {
  return applies_nowhere(control, as_of) ? "its `when` holds on no host with these parameters: change one "
                                           "with --set NAME=VALUE, or ask for "
                                           "--not-applicable"
                                         : "ask for another verdict";
}

int make_example(Session& session) {
  const Options& options = session.options();
  // Exactly one of them was given: the options see to it.
  const Asked* const asked =
      std::find_if(kAsked.begin(), kAsked.end(), [&](const Asked& a) { return options.verdict == a.option; });
  const std::vector<ir::Program> programs = session.load_policies();
  if (programs.empty()) return session.error_code();
  const auto found = find_control(session, programs, options.control);
  if (!found) return kUsageError;
  const std::string id(found->program->text(found->program->controls[found->control].id));
  const analysis::ControlView control{found->program, found->control};
  const auto example = example::find_example(control, asked->verdict, session.clock());
  switch (example.answer) {
    case analysis::Answer::Never:
      session.sink().add(diag::NoExample{
          .control = id, .verdict = asked->name, .hint = other_question(control, session.clock())}
                             .at());
      return kNever;
    case analysis::Answer::Undetermined:
      session.sink().add(
          diag::ExampleUndetermined{.control = id, .verdict = asked->name, .why = example.reason}.at());
      return kUndetermined;
    case analysis::Answer::Found:
      break;
  }
  return write(session, heading(*found, *asked) + example.snapshot);
}

}  // namespace

int example(const Options& options, Environment& environment) {
  return with_session(options, environment, make_example);
}

}  // namespace polc::cli
