// Declarations to program: the policy header, groups, controls, waivers, parameters.
#pragma once

#include <optional>

#include "compiler/resolve/package.hpp"
#include "compiler/types/checker.hpp"
#include "runtime/base/source.hpp"
#include "runtime/ir/program.hpp"

namespace polc::compiler {

/// Checks and lowers everything in `package`. The program is complete only if nothing was reported as an error.
ir::Program lower_policy(const Package& package, Checker& checker, const base::SourceManager& sources,
                         base::DiagnosticSink& sink);

}  // namespace polc::compiler
