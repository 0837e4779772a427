// The sentences that reports say about a verdict: one meaning, one wording, in every format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/evaluate/result.hpp"
#include "runtime/report/report.hpp"

namespace polc::report {

/// What is the matter with one control on one host. The first sentence stands alone (GitHub makes it the title of
/// the alert); dynamic parts are quoted and escaped, the last character is a period. At most kMessageBytes long.
///   'MySQL is reachable only where it must be' is not met on 'automate01': 'port(3306/tcp).allowed_from' is
///   '{any}'; passes when every allowed source is inside {127.0.0.0/8, ::1}.
std::string message(const RunReport& report, const evaluate::ControlResult& result,
                    const evaluate::ControlExplanation& explanation);

/// The same for one requirement, as a phrase without a period: "'port(3306/tcp).allowed_from' is '{any}'".
std::string observation(const RunReport& report, const evaluate::Explanation& explanation);

/// Short text of an unknown: "'registry(...)' is unknown (access denied)".
std::string unknown_text(const value::Unknown& unknown);

/// Text for one place in a message: escaped, cut to a readable length, in single quotes.
std::string in_quotes(std::string_view text);

/// Stands for values that must not be shown; SARIF lists it in run.redactionTokens (section 3.14.28).
inline constexpr std::string_view kRedacted = "[REDACTED]";

/// The value to show below a sub-expression: of a sensitive fact nothing but "met", "unmet", or that
/// it is absent or unknown.
std::string shown_value(const RunReport& report, const evaluate::ExplainedNode& node);

/// Evidence of an explanation in reading order, without repetitions.
std::vector<value::OriginId> evidence_of(const evaluate::Explanation& explanation);

}  // namespace polc::report
