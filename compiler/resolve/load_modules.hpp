// Reads the policy file and follows every `use`.
#pragma once

#include <optional>

#include "compiler/compile.hpp"
#include "compiler/resolve/package.hpp"

namespace polc::compiler {

/// Parses the policy and all modules. nullopt when the policy file itself cannot be read; a module that
/// cannot be read or parsed is reported and left out.
std::optional<Package> load_modules(const CompileOptions& options, const os::FileSystem& files,
                                    base::SourceManager& sources, base::DiagnosticSink& sink);

}  // namespace polc::compiler
