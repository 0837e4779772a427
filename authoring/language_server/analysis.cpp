#include "authoring/language_server/analysis.hpp"

#include "compiler/compile.hpp"
#include "compiler/lower/lower_policy.hpp"
#include "compiler/lower/lower_tests.hpp"
#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/load_modules.hpp"
#include "compiler/resolve/profiles.hpp"
#include "compiler/types/check_settings.hpp"
#include "compiler/types/checker.hpp"
#include "runtime/base/diagnostics/semantics.hpp"

namespace polc::authoring {

std::optional<compiler::ModuleId> Analysis::module(const std::string& path) const {
  if (!package) return std::nullopt;
  for (compiler::ModuleId id = 0; id < package->modules.size(); ++id) {
    if (!package->modules[id].embedded && package->modules[id].name == path) return id;
  }
  return std::nullopt;
}

std::unique_ptr<Analysis> analyse(const os::FileSystem& files, const std::string& root,
                                  const std::string& path) {
  auto result = std::make_unique<Analysis>();
  base::DiagnosticSink sink;
  compiler::CompileOptions options;
  options.policy_path = path;
  options.root = root;
  options.test_file = true;
  result->package = compiler::load_modules(options, files, result->sources, sink);
  if (result->package) {
    result->package->test_file = options.test_file;
    compiler::collect_declarations(*result->package, sink);
    compiler::collect_profiles(*result->package, sink);
    compiler::Checker checker(*result->package, result->settings,
                              {.overrides = options.overrides, .profiles = {}}, result->sources, sink);
    compiler::check_settings(*result->package, checker, result->settings, sink);
    compiler::lower_policy(*result->package, {}, checker, result->sources, sink);
    compiler::lower_tests(*result->package, checker, sink);
  }
  result->diagnostics = sink.sorted();
  std::erase_if(result->diagnostics,
                [](const base::Diagnostic& d) { return d.code == diag::MissingPolicyBlock::kCode; });
  return result;
}

}  // namespace polc::authoring
