// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), the mapping of docs/sarif.md.
//
// Implemented: rules with full metadata and taxonomies; one result for each control with kind, level, physical,
// logical and related locations, partial fingerprints, suppressions, baseline states and properties; notifications
// for what could not be read and for waivers; artifacts with hashes; version control provenance.
// Not implemented: fixes (a change of the host is no text edit), code flows, graphs, run.policies.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.hpp"
#include "runtime/report/baseline.hpp"
#include "runtime/report/report.hpp"

namespace polc::report {

enum class SarifProfile {
  GitHub,  ///< problems only; what could not be evaluated is a failure, because a missing result reads as fixed
  Full,    ///< every control with its true kind: for audits and archives
};

struct SarifOptions {
  SarifProfile profile = SarifProfile::GitHub;
  bool keep_suppressed = false;  ///< GitHub profile: report waived failures too, with their suppressions
};

/// One log with one run for each report. Fails when GitHub would refuse the file (limits, two runs of the same
/// category, a policy outside of the root); what it would merely hide is a warning.
base::Result<std::string> write_sarif(const std::vector<RunReport>& reports, const SarifOptions& options,
                                      base::DiagnosticSink& warnings);

/// Reads an earlier report of either profile, or any SARIF log with polc's fingerprints. `name` is for messages.
base::Result<Baseline> read_baseline(std::string_view text, std::string name);

}  // namespace polc::report
