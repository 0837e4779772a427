// `polc check`: plan, collect, evaluate, report.
#include <ostream>

#include "cli/judge.hpp"
#include "cli/reports.hpp"
#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"

namespace polc::cli {
namespace {

int run_check(Session& session) {
  auto destinations = report_destinations(session);
  if (!destinations) return kUsageError;
  const std::vector<ir::Program> programs = session.load_policies();
  if (programs.empty()) return session.error_code();
  if (!are_free(session, *destinations)) return kUsageError;
  for (const ir::Program& program : programs) {
    if (!program.controls.empty()) continue;
    session.sink().add(diag::NothingToCheck{.policy = std::string(program.text(program.policy.id))}.at());
    return kPolicyError;
  }
  const auto baseline = read_baseline(session);
  if (!baseline) return kUsageError;
  if (!session.read_secrets(programs)) return session.error_code();

  std::vector<std::unique_ptr<Judgement>> judgements;
  for (const ir::Program& program : programs) {
    auto judgement = judge(session, program);
    if (!judgement) return session.error_code();
    judgements.push_back(std::move(judgement));
  }
  return write_reports(session, judgements, *baseline, *destinations);
}

}  // namespace

int check(const Options& options, Environment& environment) {
  return with_session(options, environment, run_check);
}

}  // namespace polc::cli
