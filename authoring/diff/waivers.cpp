// Waivers of one control: which failures are accepted on which days.
#include "runtime/evaluate/waivers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "authoring/diff/claims.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/diff.hpp"
#include "runtime/value/spelling.hpp"

namespace polc::diff {
namespace {

using analysis::ControlView;

constexpr std::int64_t kSecondsPerDay = 86400;
constexpr std::int64_t kAlways = std::numeric_limits<std::int32_t>::min();

struct Period {
  const ir::Waiver* waiver = nullptr;
  std::string_view host;  ///< pattern
  std::int64_t from = kAlways;
  std::int64_t until = 0;  ///< days since 1970, both included
};

std::vector<Period> periods_of(const ControlView& view) {
  std::vector<Period> periods;
  for (const ir::Waiver& waiver : view.program->waivers) {
    if (!std::binary_search(waiver.controls.begin(), waiver.controls.end(), view.control)) continue;
    periods.push_back({&waiver, view.program->text(waiver.host), waiver.from ? waiver.from->days : kAlways,
                       waiver.until.days});
  }
  return periods;
}

/// Whether those of the others that speak of all its hosts, one after another, leave no day of it.
template <class SpeaksOf>
bool is_covered(const Period& period, const std::vector<Period>& others, SpeaksOf all_hosts) {
  std::vector<Period> covering;
  std::copy_if(others.begin(), others.end(), std::back_inserter(covering), all_hosts);
  std::sort(covering.begin(), covering.end(),
            [](const Period& a, const Period& b) { return a.from < b.from; });
  std::int64_t open = period.from;
  for (const Period& other : covering) {
    if (other.from > open) break;
    open = std::max(open, other.until + 1);
  }
  return open > period.until;
}

/// Whether the others leave no day and no host of it. Mostly one with the same pattern does: that costs nothing.
bool is_covered(const Period& period, const std::vector<Period>& others) {
  const auto same_hosts = [&](const Period& other) { return base::equal_folded(period.host, other.host); };
  const auto all_hosts = [&](const Period& other) { return pattern_within(period.host, other.host); };
  return is_covered(period, others, same_hosts) || is_covered(period, others, all_hosts);
}

/// Verdict of a control that fails, on a host and a day.
evaluate::Verdict verdict_of_failure(const ControlView& view, const std::string& host, std::int64_t day) {
  evaluate::Options options;
  options.as_of = day * kSecondsPerDay;
  evaluate::ControlResult result;
  result.control = view.control;
  result.raw = result.verdict = evaluate::Verdict::Fail;
  std::vector<evaluate::ControlResult> results{result};
  evaluate::apply_waivers(*view.program, options, host, results);
  return results.front().verdict;
}

/// Days of the period on which something else may hold than on the day before.
std::vector<std::int64_t> days_of(const Period& period, const std::vector<Period>& others) {
  std::vector<std::int64_t> days{period.until, period.from};
  for (const Period& other : others) {
    days.push_back(other.until + 1);
    days.push_back(other.from - 1);
  }
  std::erase_if(days,
                [&](std::int64_t day) { return day <= kAlways || day < period.from || day > period.until; });
  return days;
}

std::string period_text(const ir::Waiver& waiver) {
  const std::string from = waiver.from ? fmt::format("from {} ", waiver.from->text()) : std::string();
  return fmt::format("{}until {}", from, waiver.until.text());
}

class Waivers {
 public:
  Waivers(const Pair& pair, std::vector<Claim>& claims)
      : pair_(pair), claims_(claims), older_(periods_of(pair.older)), newer_(periods_of(pair.newer)) {}

  void compare() {
    for (const Period& period : newer_) {
      if (!is_covered(period, older_)) add(period, true);
    }
    for (const Period& period : older_) {
      if (!is_covered(period, newer_)) add(period, false);
    }
  }

 private:
  /// A period of one version that the other one does not have in full.
  void add(const Period& period, bool is_new) {
    const std::vector<Period>& others = is_new ? older_ : newer_;
    const auto same_host = std::find_if(others.begin(), others.end(), [&](const Period& other) {
      return base::equal_folded(other.host, period.host);
    });
    const Period* other = same_host != others.end() ? &*same_host : nullptr;
    Claim claim{is_new ? Effect::Looser : Effect::Stricter, message(period, other, is_new),
                witness(period, others, is_new)};
    if (!claim.witness) claim.effect = Effect::Undetermined;
    const Period* now = is_new ? &period : other;
    const Period* before = is_new ? other : &period;
    if (now != nullptr) claim.place = now->waiver->range;
    if (before != nullptr) claim.old_place = before->waiver->range;
    claims_.push_back(std::move(claim));
  }

  base::Diagnostic message(const Period& period, const Period* other, bool is_new) const {
    const std::string host = "host " + value::quoted(period.host);
    const std::string text = period_text(*period.waiver);
    if (other != nullptr) {
      const std::string other_text = period_text(*other->waiver);
      if (is_new) return diag::WaiverExtended{.host = host, .period = text, .before = other_text}.at();
      return diag::WaiverShortened{.host = host, .period = other_text, .before = text}.at();
    }
    if (!is_new) return diag::WaiverRemoved{.host = host, .period = text}.at();
    return diag::WaiverAdded{
        .host = host, .period = text, .reason = std::string(pair_.newer.program->text(period.waiver->reason))}
        .at();
  }

  std::optional<Witness> witness(const Period& period, const std::vector<Period>& others, bool is_new) const {
    const std::vector<std::int64_t> days = days_of(period, others);
    for (const std::string& host : names_like(period.host)) {
      for (const std::int64_t day : days) {
        const evaluate::Verdict before = verdict_of_failure(pair_.older, host, day);
        const evaluate::Verdict after = verdict_of_failure(pair_.newer, host, day);
        if (before == after || (after == evaluate::Verdict::Waived) != is_new) continue;
        const std::string name = value::quoted(host);
        const std::string date = value::Date{static_cast<std::int32_t>(day)}.text();
        return Witness{{"host.name = " + name, "day = " + date},
                       fmt::format("a failure on host {} on {}", name, date),
                       before,
                       after};
      }
    }
    return std::nullopt;
  }

  const Pair& pair_;
  std::vector<Claim>& claims_;
  std::vector<Period> older_, newer_;
};

}  // namespace

void compare_waivers(const Pair& pair, std::vector<Claim>& claims) {
  Waivers(pair, claims).compare();
}

bool waived_no_more(const ControlView& control, const ControlView& other) {
  const std::vector<Period> periods = periods_of(control);
  const std::vector<Period> others = periods_of(other);
  return std::all_of(periods.begin(), periods.end(),
                     [&](const Period& period) { return is_covered(period, others); });
}

}  // namespace polc::diff
