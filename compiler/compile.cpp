#include "compiler/compile.hpp"

#include "compiler/lower/lower_policy.hpp"
#include "compiler/lower/lower_tests.hpp"
#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/load_modules.hpp"
#include "compiler/resolve/profiles.hpp"
#include "compiler/types/check_settings.hpp"
#include "compiler/types/checker.hpp"

namespace polc::compiler {

CompileResult compile(const CompileOptions& options, const os::FileSystem& files,
                      base::SourceManager& sources, base::DiagnosticSink& sink) {
  std::optional<Package> package = load_modules(options, files, sources, sink);
  if (!package) return {};
  package->test_file = options.test_file;
  collect_declarations(*package, sink);
  collect_profiles(*package, sink);
  const auto choose = [&](const std::string& name) {
    return name.empty() ? std::nullopt : choose_profile(*package, name, options.profile_origin, sink);
  };
  const auto chain = [&](std::optional<ProfileId> id) {
    return id ? package->profiles[*id].chain : std::vector<ProfileId>();
  };
  const std::optional<ProfileId> profile = choose(options.profile);
  ParameterSettings parameters{.overrides = options.overrides, .profiles = chain(profile)};
  const bool for_comparison = !options.compared_with.empty();
  parameters.compare = for_comparison;
  parameters.otherwise = chain(choose(options.compared_with));
  SettingCatalogue settings;
  Checker checker(*package, settings, std::move(parameters), sources, sink);
  check_settings(*package, checker, settings, sink);
  LoweredPolicy lowered =
      lower_policy(*package, {profile, options.profile_origin, for_comparison}, checker, sources, sink);
  Tests tests = lower_tests(*package, checker, sink);
  if (sink.has_errors()) return {};
  std::vector<std::string> names;
  for (const ProfileDeclaration& declaration : package->profiles) names.push_back(declaration.name);
  return {std::move(lowered.program), std::move(lowered.profiles), std::move(tests), std::move(names)};
}

}  // namespace polc::compiler
