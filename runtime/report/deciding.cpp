#include "runtime/report/deciding.hpp"

#include <algorithm>
#include <map>

namespace polc::report {
namespace {

using evaluate::ControlResult;
using evaluate::Explanation;
using evaluate::Verdict;
using value::Truth;

}  // namespace

std::vector<const ControlResult*> with_verdict(const RunReport& report, Verdict verdict) {
  std::vector<const ControlResult*> chosen;
  for (const ControlResult& result : report.evaluation.controls) {
    if (result.verdict == verdict) chosen.push_back(&result);
  }
  std::stable_sort(chosen.begin(), chosen.end(), [&](const ControlResult* a, const ControlResult* b) {
    return control_of(report, *a).severity > control_of(report, *b).severity;
  });
  return chosen;
}

std::vector<Section> sections_of(const RunReport& report) {
  std::vector<Section> sections;
  std::map<std::uint32_t, std::size_t> index;  // by group
  for (const ControlResult& result : report.evaluation.controls) {
    const std::uint32_t group = control_of(report, result).group;
    const auto [at, is_new] = index.emplace(group, sections.size());
    if (is_new) {
      const std::string_view title =
          group == ir::kNone ? "Other controls" : report.program.text(report.program.groups[group].title);
      sections.push_back({std::string(title), {}});
    }
    add(sections[at->second].counts, report, result);
  }
  return sections;
}

std::vector<const Explanation*> deciding(const ControlResult& result,
                                         const evaluate::ControlExplanation& explanation) {
  std::vector<const Explanation*> parts;
  const auto& guard = explanation.guard;
  if (guard && (guard->truth == Truth::Unknown || result.verdict == Verdict::NotApplicable))
    parts.push_back(&*guard);
  if (result.verdict == Verdict::NotApplicable || result.verdict == Verdict::Review) return parts;
  const Truth wanted = result.raw == Verdict::Fail      ? Truth::False
                       : result.raw == Verdict::Unknown ? Truth::Unknown
                                                        : Truth::True;
  for (const Explanation& require : explanation.requires_) {
    if (require.truth == wanted) parts.push_back(&require);
  }
  return parts;
}

}  // namespace polc::report
