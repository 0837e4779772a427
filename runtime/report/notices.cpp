#include "runtime/report/notices.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "runtime/base/diagnostics/report.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/report/unknowns.hpp"

namespace polc::report {
namespace {

using evaluate::WaiverState;
using value::UnknownReason;

/// The privilege that reading an address needs; addresses begin with the name of their resource.
std::string privilege_of(std::string_view address) {
  const std::string_view name = address.substr(0, address.find_first_of("(."));
  const value::ResourceInfo* resource = value::find_resource(name);
  return resource != nullptr ? std::string(resource->privilege) : std::string();
}

base::Diagnostic unread(const value::Unknown& unknown, std::size_t controls) {
  const std::string address = unknown.address.empty() ? "a fact" : base::visible(unknown.address);
  const std::string detail = base::visible(unknown.detail);
  const std::string count = std::to_string(controls);
  switch (unknown.reason) {
    case UnknownReason::NotCollected:
      return diag::FactNotCollected{address, detail, count, privilege_of(unknown.address)}.at();
    case UnknownReason::AccessDenied:
      return diag::FactAccessDenied{address, detail, count, privilege_of(unknown.address)}.at();
    case UnknownReason::Unsupported:
      return diag::FactUnsupported{address, detail, count}.at();
    case UnknownReason::Corrupt:
      return diag::FactCorrupt{address, detail, count}.at();
    case UnknownReason::TimedOut:
      return diag::FactTimedOut{address, detail, count}.at();
    case UnknownReason::Stale:
      return diag::FactStale{address, detail, count}.at();
    case UnknownReason::Conflict:
      return diag::FactConflict{address, detail, count}.at();
    case UnknownReason::Overflow:
      return diag::FactOverflow{address, detail, count}.at();
    case UnknownReason::Budget:
      return diag::FactOverBudget{address, detail, count}.at();
    case UnknownReason::NetworkDenied:
      return diag::FactNeedsNetwork{address, detail, count}.at();
    case UnknownReason::UnresolvedName:
      return diag::FactUnresolvedName{address, detail, count}.at();
    case UnknownReason::DefaultUnknown:
      return diag::FactDefaultUnknown{address, detail, count}.at();
  }
  return diag::FactNotCollected{address, detail, count, {}}.at();
}

/// Why a waiver that is in force covers nothing.
std::string why_idle(const RunReport& report, const ir::Waiver& waiver) {
  std::set<std::string_view> verdicts;
  for (const evaluate::ControlResult& result : report.evaluation.controls) {
    if (std::binary_search(waiver.controls.begin(), waiver.controls.end(), result.control))
      verdicts.insert(evaluate::verdict_name(result.raw));
  }
  if (verdicts.empty()) return "what it covers is not judged in this run";
  return fmt::format("the verdict is {}", fmt::join(verdicts, " or "));
}

}  // namespace

std::vector<Notice> unread_facts(const RunReport& report) {
  using Key = std::tuple<UnknownReason, std::string, std::string>;
  std::map<Key, std::vector<std::uint32_t>> controls;
  for (const evaluate::ControlResult& result : report.evaluation.controls) {
    if (result.verdict != evaluate::Verdict::Unknown) continue;
    for (const value::Unknown& unknown : merge_ports(result.unknowns))
      controls[{unknown.reason, unknown.address, unknown.detail}].push_back(result.control);
  }
  std::vector<Notice> notices;
  for (auto& [key, concerned] : controls) {
    const auto& [reason, address, detail] = key;
    const value::Unknown unknown{reason, address, detail};
    notices.push_back({unread(unknown, concerned.size()), 0, std::move(concerned), unknown});
  }
  return notices;
}

std::vector<UnreadGroup> unread_groups(const RunReport& report) {
  std::map<std::pair<UnknownReason, std::string>, std::vector<Notice>> groups;
  for (Notice& notice : unread_facts(report)) {
    std::string hint = base::hint_of(notice.diagnostic);
    groups[{notice.unknown->reason, std::move(hint)}].push_back(std::move(notice));
  }
  std::vector<UnreadGroup> out;
  for (auto& [key, notices] : groups) out.push_back({key.first, key.second, std::move(notices)});
  return out;
}

std::vector<Notice> waiver_notices(const RunReport& report) {
  std::vector<Notice> notices;
  for (const evaluate::WaiverResult& state : report.evaluation.waivers) {
    const ir::Waiver& waiver = report.program.waivers[state.waiver];
    const auto text = [&](ir::TextId id) { return base::visible(report.program.text(id)); };
    const std::string target = text(waiver.target);
    const std::string owner = text(waiver.owner);
    const std::string until = waiver.until.text();
    const auto add = [&](base::Diagnostic diagnostic) {
      notices.push_back({std::move(diagnostic), waiver.range, waiver.controls});
    };
    switch (state.state) {
      case WaiverState::Expired:
        add(diag::WaiverExpired{target, until, owner}.at());
        break;
      case WaiverState::Expiring:
        add(diag::WaiverExpiring{target, until, owner}.at());
        break;
      case WaiverState::Unused:
        add(diag::WaiverUnused{target, until, owner}.at());
        break;
      case WaiverState::Idle:
        add(diag::WaiverIdle{target, why_idle(report, waiver), until, owner}.at());
        break;
      case WaiverState::NotYet:
        add(diag::WaiverNotYet{target, waiver.from ? waiver.from->text() : until, owner}.at());
        break;
      case WaiverState::Active:
      case WaiverState::OtherHost:
        break;
    }
  }
  return notices;
}

std::vector<Notice> tailoring_notices(const RunReport& report) {
  const ir::Profile& profile = report.program.profile;
  if (profile.name == 0) return {};
  const auto text = [&](ir::TextId id) { return base::visible(report.program.text(id)); };
  std::vector<Notice> notices;
  notices.push_back({diag::ProfileChosen{text(profile.name), text(profile.origin),
                                         std::to_string(report.program.controls.size()),
                                         std::to_string(profile.excluded.size())}
                         .at(),
                     profile.range,
                     {}});
  for (const ir::Loosening& loosening : profile.loosened) {
    notices.push_back(
        {diag::ProfileLoosens{text(loosening.profile), text(loosening.target), text(loosening.because)}.at(),
         loosening.range,
         {}});
  }
  return notices;
}

std::vector<Notice> overridden_parameters(const RunReport& report) {
  std::vector<Notice> notices;
  for (const ir::Parameter& parameter : report.program.parameters) {
    const std::string_view origin = report.program.text(parameter.origin);
    if (origin == "default") continue;
    const std::string value = base::visible(value::to_text(report.program.constants[parameter.value]));
    notices.push_back({diag::ParameterOverridden{base::visible(report.program.text(parameter.name)), value,
                                                 base::visible(origin)}
                           .at(),
                       parameter.range,
                       {}});
  }
  return notices;
}

std::string_view waiver_state_name(WaiverState state) {
  switch (state) {
    case WaiverState::Active:
      return "active";
    case WaiverState::NotYet:
      return "not yet";
    case WaiverState::Expiring:
      return "expiring";
    case WaiverState::Expired:
      return "expired";
    case WaiverState::Unused:
      return "unused";
    case WaiverState::Idle:
      return "idle";
    case WaiverState::OtherHost:
      return "other host";
  }
  return "";
}

}  // namespace polc::report
