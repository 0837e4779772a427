// polc's own messages in machine-readable form (`--diagnostics json|sarif`), and their reference documentation.
// Text for people is runtime/base/render.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"

namespace polc::report {

/// {"format": "polc-diagnostics/1", "diagnostics": [...]}: code, name, level, message, hint, place, labels, fixes.
/// Only ASCII in the output.
std::string write_diagnostics_json(const std::vector<base::Diagnostic>& diagnostics,
                                   const base::SourceManager& sources);

/// A SARIF log with one run whose rules are diagnostic kinds and whose results are the diagnostics that have a
/// place inside the root; the others are notifications. Fixes are SARIF fixes. `exit_code` is that of the process.
std::string write_diagnostics_sarif(const std::vector<base::Diagnostic>& diagnostics,
                                    const base::SourceManager& sources, std::string_view tool_version,
                                    int exit_code);

/// docs/diagnostics.md, made from the registry.
std::string diagnostics_reference();

}  // namespace polc::report
