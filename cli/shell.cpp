// `polc completions` and `polc manual`: what a package installs beside the binary.
#include <ostream>

#include "cli/session.hpp"
#include "cli/verb_help.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"

namespace polc::cli {

int completions(const Options& options, Environment& environment) {
  const std::string script = completion_script(options.subject, verb_help());
  if (script.empty()) {
    print_diagnostic(environment, diag::BadOptionValue{.option = "'polc completions'",
                                                       .value = options.subject,
                                                       .expected = "bash, zsh, fish or powershell"}
                                      .at());
    return kUsageError;
  }
  environment.out << script;
  return kSuccess;
}

int manual(const Options&, Environment& environment) {
  environment.out << manual_page(verb_help());
  return kSuccess;
}

}  // namespace polc::cli
