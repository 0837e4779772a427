#include "runtime/evaluate/waivers.hpp"

#include <algorithm>

#include "runtime/value/glob.hpp"

namespace polc::evaluate {
namespace {

constexpr std::int64_t kSecondsPerDay = 86400;
constexpr std::int64_t kExpiringDays = 30;

/// UTC day of an instant, also before 1970.
std::int64_t day_of(std::int64_t instant) {
  const std::int64_t day = instant / kSecondsPerDay;
  return instant % kSecondsPerDay < 0 ? day - 1 : day;
}

bool is_active(WaiverState state) {
  return state == WaiverState::Active || state == WaiverState::Expiring;
}

bool covers(std::string_view glob, const std::optional<std::string>& host) {
  const auto pattern = value::Glob::parse(glob);
  return host && pattern && pattern->matches(*host);
}

/// `result` is nullptr when the control was not evaluated in this run.
WaiverState state_of(const ir::Program& program, const ir::Waiver& waiver, std::int64_t today,
                     const std::optional<std::string>& host, const ControlResult* result) {
  if (!covers(program.text(waiver.host), host)) return WaiverState::OtherHost;
  if (waiver.from && today < waiver.from->days) return WaiverState::NotYet;
  if (today > waiver.until.days) return WaiverState::Expired;
  if (result == nullptr) return WaiverState::Idle;
  switch (result->raw) {
    case Verdict::Fail:
      return waiver.until.days - today <= kExpiringDays ? WaiverState::Expiring : WaiverState::Active;
    case Verdict::Pass:
      return WaiverState::Unused;
    default:
      return WaiverState::Idle;
  }
}

}  // namespace

std::vector<WaiverResult> apply_waivers(const ir::Program& program, const Options& options,
                                        const std::optional<std::string>& host,
                                        std::vector<ControlResult>& results) {
  const std::int64_t today = day_of(options.as_of);
  std::vector<WaiverResult> states;
  states.reserve(program.waivers.size());
  for (std::uint32_t i = 0; i < program.waivers.size(); ++i) {
    const ir::Waiver& waiver = program.waivers[i];
    const auto result =
        std::lower_bound(results.begin(), results.end(), waiver.control,
                         [](const ControlResult& r, std::uint32_t control) { return r.control < control; });
    const bool evaluated = result != results.end() && result->control == waiver.control;
    const WaiverState state = state_of(program, waiver, today, host, evaluated ? &*result : nullptr);
    states.push_back({i, state});
    if (!is_active(state)) continue;
    if (result->waiver && waiver.until <= program.waivers[*result->waiver].until) continue;
    result->waiver = i;
    result->verdict = Verdict::Waived;
  }
  return states;
}

}  // namespace polc::evaluate
