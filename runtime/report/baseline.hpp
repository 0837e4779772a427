// An earlier result of the same policy on the same host, to tell what is new.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/evaluate/result.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/value/fact.hpp"

namespace polc::report {

struct RunReport;

/// One result of the old report. Text is hostile: the file may have been written by anybody.
struct BaselineEntry {
  std::string rule;
  evaluate::Verdict verdict = evaluate::Verdict::Fail;
  std::string uri;  ///< relative URI of the policy file; "" if unknown
  std::uint32_t line = 0;
};

/// Old results by fingerprint, apart for each run (`automation_id`).
struct Baseline {
  std::string name;  ///< display name of the file
  std::map<std::string, std::map<std::string, BaselineEntry>> runs;
};

enum class BaselineState : std::uint8_t { New, Unchanged, Updated };
std::string_view baseline_state_name(BaselineState state);  ///< "new", "unchanged", "updated"

/// Identity of a control across edits of its text, its place and its id: 32 hexadecimal digits from the policy id,
/// the oldest id of the control and the layer. Expected values, lines and host names are not part of it; the host
/// is in the automation id.
std::string fingerprint(const ir::Program& program, const ir::Control& control, value::Layer layer);

/// "polc/<policy id>/<host>/": the category under which GitHub keeps results of one policy on one host apart.
std::string automation_id(const RunReport& report);

/// nullptr when the baseline has no result for it, or there is no baseline.
const BaselineEntry* baseline_entry(const RunReport& report, const ir::Control& control);

/// How a result compares with the baseline. A control that was fine and is a problem now is New; a verdict that
/// merely differs is Updated. nullopt without a baseline.
std::optional<BaselineState> baseline_state(const RunReport& report, const evaluate::ControlResult& result);

/// True when the baseline had this problem already, or a worse one: a failure is known if it failed, an unknown if
/// it failed or was unknown. A waived failure was not a problem, so its return is new.
bool is_known_problem(const RunReport& report, const evaluate::ControlResult& result);

/// Fingerprints of the baseline that no control of the policy has any more, in order, with their entries.
std::vector<std::pair<std::string, BaselineEntry>> absent_from(const RunReport& report);

}  // namespace polc::report
