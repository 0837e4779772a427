// What a run was about, in the words that all reports for people share. Texts are escaped for plain text, one line each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/report/report.hpp"

namespace polc::report {

/// "fail", "unknown", "review", "waived", "pass", "not applicable".
std::string_view verdict_noun(evaluate::Verdict verdict);

/// "automate01, Windows Server 2022 Standard, build 20348".
std::string host_text(const RunReport& report);

/// "hosts/automate01.yaml (snapshot, collected 2026-02-28T00:00:00Z, 1 day old)".
std::string target_text(const RunReport& report, const Target& target);

/// "3 hours", "28 days": an age in its largest whole unit.
std::string age_text(std::int64_t seconds);

/// "2 critical, 9 high"; "" when nothing fails.
std::string failures_by_severity(const Counts& counts);

/// "policies/automate/ports.pol:234"; "" when it is nowhere.
std::string place_text(const ir::Program& program, ir::RangeId range);

/// The profile for the first lines of a report, as names and values: nobody should have to ask why a control is missing.
/// "profile", "without" (ids of controls that it leaves out), "rated" (each severity that it changes), "looser" (each `loosen`
/// with its reason). Escaped as by base::visible. Nothing without a profile.
std::vector<std::pair<std::string_view, std::string>> tailoring_rows(const RunReport& report);

}  // namespace polc::report
