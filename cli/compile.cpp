#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/ir/serialise.hpp"

namespace polc::cli {
namespace {

int compile_policy(Session& session) {
  const std::vector<ir::Program> programs = session.load_policies();
  if (programs.empty()) return session.error_code();
  const std::string& output = session.options().output;
  if (session.is_input(output)) {
    session.sink().add(diag::ReportReplacesInput{.file = output, .what = "an input of this run"}.at());
    return kUsageError;
  }
  const auto why = session.environment().files.write_whole(output, ir::serialise(programs.front()));
  if (!why) return kSuccess;
  session.sink().add(diag::UnwritableFile{.path = output, .why = *why}.at());
  return kInternalError;
}

}  // namespace

int compile(const Options& options, Environment& environment) {
  return with_session(options, environment, compile_policy);
}

}  // namespace polc::cli
