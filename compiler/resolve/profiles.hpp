// Profiles: their names, what they extend, and which parameters they set.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/resolve/package.hpp"
#include "runtime/base/diagnostic.hpp"

namespace polc::compiler {

/// Fills Package::profiles from the trees; collect_declarations has run. Reports names that are none or declared twice,
/// profiles and parameters that do not exist, and profiles that extend each other in a circle.
void collect_profiles(Package& package, base::DiagnosticSink& sink);

/// The profile that `origin` ("--profile", "polc.yaml:3") names. nullopt, and reported, when the policy has none such.
std::optional<ProfileId> choose_profile(const Package& package, std::string_view name,
                                        std::string_view origin, base::DiagnosticSink& sink);

}  // namespace polc::compiler
