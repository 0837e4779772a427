// What GitHub refuses or hides, known before anything is written. Internal to the SARIF writers.
#pragma once

#include <vector>

#include "runtime/base/result.hpp"
#include "runtime/report/sarif/sarif.hpp"

namespace polc::report::sarif {

/// Fails when GitHub would refuse the whole file (runs, results, categories, locations); warns of results that it
/// would hide and of a baseline that has nothing to compare with.
base::Result<void> check_upload(const std::vector<RunReport>& reports, const SarifOptions& options,
                                base::DiagnosticSink& warnings);

}  // namespace polc::report::sarif
