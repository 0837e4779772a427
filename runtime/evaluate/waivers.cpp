#include "runtime/evaluate/waivers.hpp"

#include <algorithm>

#include "runtime/value/glob.hpp"
#include "runtime/value/time.hpp"

namespace polc::evaluate {
namespace {

constexpr std::int64_t kExpiringDays = 30;

bool is_active(WaiverState state) {
  return state == WaiverState::Active || state == WaiverState::Expiring;
}

bool covers(std::string_view glob, const std::optional<std::string>& host) {
  const auto pattern = value::Glob::parse(glob);
  return host && pattern && pattern->matches(*host);
}

/// `result` is nullptr when the control was not evaluated in this run.
WaiverState state_of_control(const ir::Waiver& waiver, std::int64_t today, const ControlResult* result) {
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

/// What a waiver of several controls is: in use if one of them fails; not needed only if all of them pass that apply.
WaiverState state_of_all(const std::vector<WaiverState>& states,
                         const std::vector<const ControlResult*>& results) {
  const auto active = std::find_if(states.begin(), states.end(), is_active);
  if (active != states.end()) return *active;
  bool passes = false;
  for (const ControlResult* result : results) {
    if (result == nullptr || (result->raw != Verdict::Pass && result->raw != Verdict::NotApplicable))
      return WaiverState::Idle;
    passes = passes || result->raw == Verdict::Pass;
  }
  return passes ? WaiverState::Unused : WaiverState::Idle;
}

/// Whom the waiver is for and when; nullopt where it is in force.
std::optional<WaiverState> out_of_force(const ir::Program& program, const ir::Waiver& waiver,
                                        std::int64_t today, const std::optional<std::string>& host) {
  if (!covers(program.text(waiver.host), host)) return WaiverState::OtherHost;
  if (waiver.from && today < waiver.from->days) return WaiverState::NotYet;
  if (today > waiver.until.days) return WaiverState::Expired;
  return std::nullopt;
}

ControlResult* result_of(std::vector<ControlResult>& results, std::uint32_t control) {
  const auto found = std::lower_bound(results.begin(), results.end(), control,
                                      [](const ControlResult& r, std::uint32_t c) { return r.control < c; });
  return found != results.end() && found->control == control ? &*found : nullptr;
}

}  // namespace

std::vector<WaiverResult> apply_waivers(const ir::Program& program, const Options& options,
                                        const std::optional<std::string>& host,
                                        std::vector<ControlResult>& results) {
  const std::int64_t today = value::day_of(options.as_of);
  std::vector<WaiverResult> states;
  states.reserve(program.waivers.size());
  for (std::uint32_t i = 0; i < program.waivers.size(); ++i) {
    const ir::Waiver& waiver = program.waivers[i];
    if (const auto state = out_of_force(program, waiver, today, host)) {
      states.push_back({i, *state, std::vector<WaiverState>(waiver.controls.size(), *state)});
      continue;
    }
    std::vector<const ControlResult*> covered;
    std::vector<WaiverState> each;
    for (const std::uint32_t control : waiver.controls) {
      ControlResult* result = result_of(results, control);
      covered.push_back(result);
      each.push_back(state_of_control(waiver, today, result));
      if (!is_active(each.back())) continue;
      if (result->waiver && waiver.until <= program.waivers[*result->waiver].until) continue;
      result->waiver = i;
      result->verdict = Verdict::Waived;
    }
    const WaiverState whole = state_of_all(each, covered);
    states.push_back({i, whole, std::move(each)});
  }
  return states;
}

}  // namespace polc::evaluate
