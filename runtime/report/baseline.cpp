#include "runtime/report/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "runtime/base/escape.hpp"
#include "runtime/base/hash.hpp"
#include "runtime/report/report.hpp"

namespace polc::report {
namespace {

using evaluate::ControlResult;

constexpr std::size_t kFingerprintBytes = 16;

const std::map<std::string, BaselineEntry>* baseline_run(const RunReport& report) {
  if (report.baseline == nullptr) return nullptr;
  const auto run = report.baseline->runs.find(automation_id(report));
  return run != report.baseline->runs.end() ? &run->second : nullptr;
}

}  // namespace

std::string_view baseline_state_name(BaselineState state) {
  switch (state) {
    case BaselineState::New:
      return "new";
    case BaselineState::Unchanged:
      return "unchanged";
    case BaselineState::Updated:
      return "updated";
  }
  return "new";
}

std::string fingerprint(const ir::Program& program, const ir::Control& control, value::Layer layer) {
  const ir::TextId oldest = control.formerly.empty() ? control.id : control.formerly.back();
  // The parts are ids without control characters, so a line feed separates them for good.
  const base::Sha256 digest =
      base::sha256(fmt::format("polcControl/v1\n{}\n{}\n{}", program.text(program.policy.id),
                               program.text(oldest), layer_name(layer)));
  return base::hex_text(std::span(digest).first(kFingerprintBytes));
}

std::string automation_id(const RunReport& report) {
  const std::optional<std::string>& host = report.facts.host().name;
  const std::string_view fallback = report.layer == value::Layer::Policy ? "policy" : "unknown";
  return fmt::format("polc/{}/{}/", base::uri_segment(report.program.text(report.program.policy.id)),
                     host && !host->empty() ? base::uri_segment(*host) : std::string(fallback));
}

const BaselineEntry* baseline_entry(const RunReport& report, const ir::Control& control) {
  const auto* run = baseline_run(report);
  if (run == nullptr) return nullptr;
  const auto entry = run->find(fingerprint(report.program, control, report.layer));
  return entry != run->end() ? &entry->second : nullptr;
}

std::optional<BaselineState> baseline_state(const RunReport& report, const ControlResult& result) {
  if (report.baseline == nullptr) return std::nullopt;
  const BaselineEntry* entry = baseline_entry(report, control_of(report, result));
  if (entry == nullptr) return BaselineState::New;
  if (entry->verdict == result.verdict) return BaselineState::Unchanged;
  const bool appeared = badness(result.verdict) > 0 && badness(entry->verdict) == 0;
  return appeared ? BaselineState::New : BaselineState::Updated;
}

bool is_known_problem(const RunReport& report, const ControlResult& result) {
  const BaselineEntry* entry = baseline_entry(report, control_of(report, result));
  return entry != nullptr && badness(entry->verdict) >= badness(result.verdict) &&
         badness(result.verdict) > 0;
}

std::vector<std::pair<std::string, BaselineEntry>> absent_from(const RunReport& report) {
  const auto* run = baseline_run(report);
  if (run == nullptr) return {};
  // Controls that a filter left out were not judged, so they are not absent.
  std::set<std::string> present;
  for (const ir::Control& control : report.program.controls)
    present.insert(fingerprint(report.program, control, report.layer));
  std::vector<std::pair<std::string, BaselineEntry>> absent;
  std::copy_if(run->begin(), run->end(), std::back_inserter(absent),
               [&](const auto& entry) { return !present.contains(entry.first); });
  return absent;
}

}  // namespace polc::report
