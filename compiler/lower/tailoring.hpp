// What a profile makes of the controls: which are judged, and how severe they are. Its parameters are the checker's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/compile.hpp"
#include "compiler/lower/control_targets.hpp"
#include "compiler/resolve/package.hpp"
#include "compiler/types/checker.hpp"
#include "runtime/ir/program.hpp"

namespace polc::compiler {

/// A severity that a profile gives to a control.
struct Grade {
  ir::Severity severity = ir::Severity::Medium;
  base::Span span;
};

struct Tailoring {
  std::vector<bool> judged;               ///< for each of Package::controls
  std::map<std::uint32_t, Grade> grades;  ///< by index into Package::controls
};

/// "critical" to Severity::Critical; nullopt, and reported at `span`, for any other word.
std::optional<ir::Severity> read_severity(std::string_view word, base::Span span, base::DiagnosticSink& sink);

/// Checks every profile of the package and hands back what the chosen one makes of its controls. One that leaves none is
/// an error, unless it is only compared with another.
Tailoring tailor(const Package& package, Checker& checker, ControlTargets& targets,
                 std::optional<ProfileId> chosen, bool for_comparison, base::DiagnosticSink& sink);

/// The clauses of the profiles that a chosen one is made of, what is extended first.
std::vector<LinkedProfile> linked_profiles(const Package& package, ControlTargets& targets, ProfileId chosen);

}  // namespace polc::compiler
