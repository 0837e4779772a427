// Verdicts as SARIF results (section 3.27). Internal to the SARIF writers.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/report/report.hpp"
#include "runtime/report/sarif/document.hpp"
#include "runtime/report/sarif/sarif.hpp"
#include "runtime/report/sarif/taxonomies.hpp"

namespace polc::report::sarif {

/// True when the profile shows this verdict.
bool is_shown(const evaluate::ControlResult& result, const SarifOptions& options);

/// True when a place in a policy can be written: it has one, in a file inside the root.
bool has_policy_location(const RunReport& report, ir::RangeId range);

/// Place in a policy file as a location object; nullopt for embedded modules and for "nowhere".
std::optional<Json> policy_location(const RunReport& report, ir::RangeId range);

class ResultWriter {
 public:
  ResultWriter(const RunReport& report, const SarifOptions& options, const Taxonomies& taxonomies)
      : report_(report), options_(options), taxonomies_(taxonomies) {}

  Json result(const evaluate::ControlResult& result, std::size_t rule_index) const;

  /// A result of the baseline whose control no longer exists (full profile).
  Json absent_result(const std::string& fingerprint, const BaselineEntry& entry) const;

 private:
  Json location(const evaluate::ControlResult& result, const evaluate::ControlExplanation& explanation) const;
  Json logical_locations(const evaluate::ControlExplanation& explanation) const;
  Json suppressions(const evaluate::ControlResult& result) const;
  Json properties(const evaluate::ControlResult& result,
                  const evaluate::ControlExplanation& explanation) const;
  bool has_suppressions() const { return options_.profile == SarifProfile::Full || options_.keep_suppressed; }

  const RunReport& report_;
  const SarifOptions& options_;
  const Taxonomies& taxonomies_;
};

}  // namespace polc::report::sarif
