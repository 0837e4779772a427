#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/ir/serialise.hpp"

namespace polc::cli {

int compile(const Options& options, Environment& environment) {
  Session session(options, environment);
  int code = session.open().value_or(kSuccess);
  if (code == kSuccess && session.is_input(options.output)) {
    session.sink().add(
        diag::ReportReplacesInput{.file = options.output, .what = "an input of this run"}.at());
    code = kUsageError;
  }
  if (code == kSuccess) {
    const std::vector<ir::Program> programs = session.load_policies();
    if (programs.empty()) {
      code = session.error_code();
    } else if (const auto why =
                   environment.files.write_whole(options.output, ir::serialise(programs.front()))) {
      session.sink().add(diag::UnwritableFile{.path = options.output, .why = *why}.at());
      code = kInternalError;
    }
  }
  session.flush_diagnostics();
  return code;
}

}  // namespace polc::cli
