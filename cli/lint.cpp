// `polc lint`: what can be proved to be wrong with policies.
#include "authoring/lint/lint.hpp"

#include <fmt/format.h>

#include <ostream>

#include "cli/prospect.hpp"
#include "cli/verbs.hpp"

namespace polc::cli {
namespace {

constexpr int kFindings = 1;
constexpr int kOnlyUndetermined = 2;

std::string counted(std::size_t count, std::string_view one, std::string_view several) {
  return fmt::format("{} {}", count, count == 1 ? one : several);
}

int lint_policies(Session& session) {
  const std::vector<ir::Program> programs = session.load_policies();
  if (programs.empty() || !session.check_profiles()) return session.error_code();
  lint::Prospect prospect;
  if (!session.options().targets.empty()) {
    auto looked = look_at_targets(session);
    if (!looked) return session.error_code();
    prospect = std::move(*looked);
  }
  lint::Summary all;
  std::size_t controls = 0;
  for (const ir::Program& program : programs) {
    const lint::Summary summary =
        lint::lint(program, session.sources(), prospect, session.clock(), session.sink());
    all.findings += summary.findings;
    all.undetermined += summary.undetermined;
    all.accepted += summary.accepted;
    controls += program.controls.size();
  }
  // The other forms of diagnostics have standard output for themselves.
  if (session.options().diagnostics == "text") {
    session.environment().out << fmt::format(
        "{}: {}, {} undetermined, {} accepted\n", counted(controls, "control", "controls"),
        counted(all.findings, "finding", "findings"), all.undetermined, all.accepted);
  }
  if (all.findings > 0) return kFindings;
  return all.undetermined > 0 ? kOnlyUndetermined : kSuccess;
}

}  // namespace

int lint(const Options& options, Environment& environment) {
  return with_session(options, environment, lint_policies);
}

}  // namespace polc::cli
