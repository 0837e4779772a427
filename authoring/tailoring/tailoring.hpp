// Whether a profile asks for at least as much as what it extends, control by control.
#pragma once

#include <vector>

#include "compiler/compile.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::authoring {

/// Compares each profile that a program was compiled with (CompileResult::profiles) with everything that it extends, or
/// with the policy itself. Reports what is not provably as strict and has no `loosen`, and `loosen` that is not needed or
/// wider than needed. `options` are those of the compilation, which has succeeded; what the run overrides does not
/// count. Compiles the policy once for each profile and once without.
void check_tailoring(const compiler::CompileOptions& options,
                     const std::vector<compiler::LinkedProfile>& profiles, const os::FileSystem& files,
                     base::DiagnosticSink& sink);

}  // namespace polc::authoring
