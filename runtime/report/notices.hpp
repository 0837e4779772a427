// What a report has to say besides verdicts: facts that could not be read, the state of waivers, tailoring.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/diagnostic.hpp"
#include "runtime/report/report.hpp"

namespace polc::report {

struct Notice {
  base::Diagnostic diagnostic;              ///< without a span
  ir::RangeId range = 0;                    ///< in the policy; 0 = nowhere
  std::vector<std::uint32_t> controls;      ///< indices into Program::controls
  std::optional<value::Unknown> unknown{};  ///< of a fact that could not be read
};

/// One notice for each fact that left a control unknown, by reason and address, with all controls it left so.
std::vector<Notice> unread_facts(const RunReport& report);

/// Facts that could not be read for the same reason, and for which the same would help.
struct UnreadGroup {
  value::UnknownReason reason = value::UnknownReason::NotCollected;
  std::string hint;  ///< may be empty
  std::vector<Notice> notices;
};

/// unread_facts() by reason and hint.
std::vector<UnreadGroup> unread_groups(const RunReport& report);

/// Waivers that somebody should look at: expired, expiring, unused, idle, not yet begun. In source order.
std::vector<Notice> waiver_notices(const RunReport& report);

/// The profile that was chosen, and what it lets be looser. Nothing without one.
std::vector<Notice> tailoring_notices(const RunReport& report);

/// Parameters whose value is not the policy's own default.
std::vector<Notice> overridden_parameters(const RunReport& report);

/// "active", "not yet", "expiring", "expired", "unused", "idle",
/// "other host".
std::string_view waiver_state_name(evaluate::WaiverState state);

}  // namespace polc::report
