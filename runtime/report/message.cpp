#include "runtime/report/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/report/unknowns.hpp"

namespace polc::report {
namespace {

using evaluate::ControlExplanation;
using evaluate::ControlResult;
using evaluate::ExplainedNode;
using evaluate::Explanation;
using evaluate::ManualState;
using evaluate::Verdict;
using value::Truth;

constexpr std::size_t kQuotedBytes = 240;
constexpr std::size_t kShownParts = 3;  // of each list in a sentence; the rest is counted

std::string join_shown(const std::vector<std::string>& parts) {
  std::string out;
  const std::size_t shown = std::min(parts.size(), kShownParts);
  for (std::size_t i = 0; i < shown; ++i) out += (i == 0 ? "" : ", ") + parts[i];
  if (parts.size() > shown) out += fmt::format(", and {} more", parts.size() - shown);
  return out;
}

std::vector<ExplainedNode> fact_nodes(const Explanation& explanation) {
  std::vector<ExplainedNode> facts;
  const auto collect = [&](const std::vector<ExplainedNode>& nodes) {
    std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(facts),
                 [](const ExplainedNode& node) { return !node.address.empty(); });
  };
  collect(all_nodes(explanation));
  for (const evaluate::Witness& witness : all_witnesses(explanation)) collect(witness.nodes);
  return facts;
}

std::string why_not_met(const RunReport& report, const ControlResult& result,
                        const ControlExplanation& explanation) {
  std::vector<std::string> parts;
  std::vector<std::string> remedies;
  for (const Explanation& require : explanation.requires_) {
    if (require.truth != Truth::False) continue;
    parts.push_back(observation(report, require));
    for (const std::string& remedy : require.remedies) remedies.push_back(base::visible(remedy));
  }
  if (result.manual == ManualState::No) parts.emplace_back("the attestation says 'no'");
  std::string out = join_shown(parts);
  if (!remedies.empty()) out += (out.empty() ? "" : "; ") + join_shown(remedies);
  return out;
}

std::string why_unknown(const ControlResult& result) {
  std::vector<std::string> parts;
  for (const value::Unknown& unknown : merge_ports(result.unknowns)) parts.push_back(unknown_text(unknown));
  return join_shown(parts);
}

std::string why_review(const RunReport& report, const ControlResult& result) {
  const ir::Control& control = control_of(report, result);
  std::string out;
  if (result.manual == ManualState::Expired) out = "the attestation has expired, ";
  if (result.manual == ManualState::Conflicting) out = "attestations contradict each other, ";
  return control.manual ? out + in_quotes(report.program.text(control.manual->instruction)) : out;
}

std::string waiver_sentence(const RunReport& report, const ControlResult& result) {
  if (!result.waiver) return {};
  const ir::Waiver& waiver = report.program.waivers[*result.waiver];
  return fmt::format(" Waived until '{}' by {}: {}.", waiver.until.text(),
                     in_quotes(report.program.text(waiver.owner)),
                     in_quotes(report.program.text(waiver.reason)));
}

std::string sentence(std::string head, const std::string& why) {
  return why.empty() ? head + "." : head + ": " + why + ".";
}

}  // namespace

std::string in_quotes(std::string_view text) {
  // Cut before escaping, so that a huge value costs nothing, and after it, because escapes grow.
  const std::string shown = base::visible(base::shorten_bytes(text, kQuotedBytes));
  return fmt::format("'{}'", base::shorten_bytes(shown, kQuotedBytes));
}

std::string shown_value(const RunReport& report, const ExplainedNode& node) {
  const bool known = node.node < report.program.nodes.size();
  const bool sensitive = known && is_sensitive(report.program, report.program.nodes[node.node]);
  // Explanations redact already; this is the second lock on the same door.
  const bool tells_nothing = node.value == "met" || node.value == "unmet" ||
                             node.value.starts_with("unknown") || node.value.starts_with("absent");
  if (sensitive && !tells_nothing) return std::string(kRedacted);
  return node.value;
}

std::string observation(const RunReport& report, const Explanation& explanation) {
  std::vector<std::string> parts;
  for (const ExplainedNode& fact : fact_nodes(explanation))
    parts.push_back(fmt::format("{} is {}", in_quotes(fact.address), in_quotes(shown_value(report, fact))));
  if (!parts.empty()) return join_shown(parts);
  return fmt::format("{} is {}", in_quotes(explanation.excerpt), truth_name(explanation.truth));
}

std::string unknown_text(const value::Unknown& unknown) {
  const std::string what = unknown.address.empty() ? "a fact" : in_quotes(unknown.address);
  const std::string detail = unknown.detail.empty() ? "" : ": " + in_quotes(unknown.detail);
  return fmt::format("{} is unknown ({}{})", what, value::reason_text(unknown.reason), detail);
}

std::string message(const RunReport& report, const ControlResult& result,
                    const ControlExplanation& explanation) {
  const std::string title = in_quotes(report.program.text(control_of(report, result).title));
  const auto head = [&](std::string_view words) {
    return fmt::format("{} {} '{}'", title, words, host_name(report));
  };
  std::string out;
  switch (result.verdict) {
    case Verdict::Pass:
      out = sentence(head("is met on"), {});
      if (result.vacuous) out += " It holds only because there is nothing to check.";
      break;
    case Verdict::Fail:
    case Verdict::Waived:
      out = sentence(head("is not met on"), why_not_met(report, result, explanation));
      if (result.passes_by_default) out += " The Windows default would satisfy it, but nothing sets it.";
      if (result.verdict == Verdict::Waived) out += waiver_sentence(report, result);
      break;
    case Verdict::Unknown:
      out = sentence(head("could not be evaluated on"), why_unknown(result));
      break;
    case Verdict::Review:
      out = sentence(head("awaits attestation on"), why_review(report, result));
      break;
    case Verdict::NotApplicable:
      out = sentence(head("does not apply to"),
                     explanation.guard ? observation(report, *explanation.guard) : std::string());
      break;
  }
  if (out.size() <= limits::kMessageBytes) return out;
  return base::shorten_bytes(out, limits::kMessageBytes - 1) + ".";
}

std::vector<value::OriginId> evidence_of(const Explanation& explanation) {
  std::vector<value::OriginId> evidence;
  const auto collect = [&](const std::vector<ExplainedNode>& nodes) {
    for (const ExplainedNode& node : nodes) {
      for (const value::OriginId id : node.evidence) {
        if (id != 0 && std::find(evidence.begin(), evidence.end(), id) == evidence.end())
          evidence.push_back(id);
      }
    }
  };
  collect(all_nodes(explanation));
  for (const evaluate::Witness& witness : all_witnesses(explanation)) collect(witness.nodes);
  return evidence;
}

}  // namespace polc::report
