// Declarations to program: the policy header, groups, controls, waivers, parameters.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/compile.hpp"
#include "compiler/resolve/package.hpp"
#include "compiler/types/checker.hpp"
#include "runtime/base/source.hpp"
#include "runtime/ir/program.hpp"

namespace polc::compiler {

struct LoweringOptions {
  std::optional<ProfileId> profile;  ///< whose controls the program has
  std::string profile_origin;        ///< as CompileOptions::profile_origin
  bool for_comparison = false;       ///< as CompileOptions::compared_with
};

struct LoweredPolicy {
  ir::Program program;
  std::vector<LinkedProfile> profiles;  ///< as CompileResult::profiles
};

/// Checks and lowers everything in `package`. The program is complete only if nothing was reported as an error.
LoweredPolicy lower_policy(const Package& package, const LoweringOptions& options, Checker& checker,
                           const base::SourceManager& sources, base::DiagnosticSink& sink);

}  // namespace polc::compiler
