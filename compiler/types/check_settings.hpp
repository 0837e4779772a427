// Reads the `setting` declarations of a package into the catalogue.
#pragma once

#include "compiler/resolve/package.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/settings.hpp"
#include "runtime/base/diagnostic.hpp"

namespace polc::compiler {

/// Checks every setting and adds it to `catalogue`, which `checker` looks into. A setting with an error is
/// reported and left out.
void check_settings(const Package& package, Checker& checker, SettingCatalogue& catalogue,
                    base::DiagnosticSink& sink);

}  // namespace polc::compiler
