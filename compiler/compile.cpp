#include "compiler/compile.hpp"

#include "compiler/lower/lower_policy.hpp"
#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/load_modules.hpp"
#include "compiler/types/check_settings.hpp"
#include "compiler/types/checker.hpp"

namespace polc::compiler {

CompileResult compile(const CompileOptions& options, const os::FileSystem& files,
                      base::SourceManager& sources, base::DiagnosticSink& sink) {
  std::optional<Package> package = load_modules(options, files, sources, sink);
  if (!package) return {};
  collect_declarations(*package, sink);
  SettingCatalogue settings;
  Checker checker(*package, settings, options.overrides, sources, sink);
  check_settings(*package, checker, settings, sink);
  ir::Program program = lower_policy(*package, checker, sources, sink);
  if (sink.has_errors()) return {};
  return {std::move(program)};
}

}  // namespace polc::compiler
