#include "runtime/report/sarif/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/report/message.hpp"
#include "runtime/report/notices.hpp"
#include "runtime/report/sarif/related.hpp"
#include "runtime/report/sarif/rules.hpp"
#include "runtime/report/unknowns.hpp"

namespace polc::report::sarif {
namespace {

using evaluate::ControlExplanation;
using evaluate::ControlResult;
using evaluate::Explanation;
using evaluate::Verdict;

constexpr std::size_t kObjects = 16;  // logical locations of one result

struct KindAndLevel {
  std::string_view kind;
  std::string_view level;
};

KindAndLevel kind_of(const ControlResult& result, const ir::Control& control, SarifProfile profile) {
  if (profile == SarifProfile::GitHub)
    return {"fail", result.verdict == Verdict::Review ? "warning" : level_of(control.severity)};
  switch (result.verdict) {
    case Verdict::Pass:
      return {"pass", "none"};
    case Verdict::NotApplicable:
      return {"notApplicable", "none"};
    case Verdict::Unknown:
      return {"open", "none"};
    case Verdict::Review:
      return {"review", "none"};
    case Verdict::Fail:
    case Verdict::Waived:
      break;
  }
  return {"fail", level_of(control.severity)};
}

/// A fact's object: "registry/HKLM/SOFTWARE/.../Start" where the address is constant, else the address as written.
Json logical_location(const RunReport& report, const evaluate::ExplainedNode& node) {
  const bool known = node.node < report.program.nodes.size();
  const bool constant = known && report.program.nodes[node.node].op == ir::Op::Fact;
  if (!constant) {
    const std::string name = base::visible(node.address);
    return Json{{"name", name}, {"fullyQualifiedName", name}, {"kind", "resource"}};
  }
  const value::Address& address = report.program.addresses[report.program.nodes[node.node].data];
  const std::string name = base::visible(value::qualified_name(address));
  return Json{
      {"name", name.substr(name.find_last_of('/') + 1)}, {"fullyQualifiedName", name}, {"kind", "resource"}};
}

Json partial_fingerprints(const std::string& fingerprint) {
  // GitHub reads nothing but primaryLocationLineHash; without it, it hashes the lines, which edits change.
  return Json{{"polcControl/v1", fingerprint}, {"primaryLocationLineHash", fingerprint + ":1"}};
}

}  // namespace

bool is_shown(const ControlResult& result, const SarifOptions& options) {
  if (options.profile == SarifProfile::Full) return true;
  switch (result.verdict) {
    case Verdict::Fail:
    case Verdict::Unknown:
    case Verdict::Review:
      return true;
    case Verdict::Waived:
      return options.keep_suppressed;
    case Verdict::Pass:
    case Verdict::NotApplicable:
      break;
  }
  return false;
}

bool has_policy_location(const RunReport& report, ir::RangeId id) {
  const ir::SourceRange& range = report.program.ranges[id];
  if (id == 0 || range.line == 0) return false;
  const ir::SourceFile& file = report.program.files[range.file];
  return !file.embedded && is_inside_root(report.program.text(file.path));
}

std::optional<Json> policy_location(const RunReport& report, ir::RangeId id) {
  if (!has_policy_location(report, id)) return std::nullopt;
  const ir::SourceRange& range = report.program.ranges[id];
  const std::string_view path = report.program.text(report.program.files[range.file].path);
  Json place = region(range);
  const base::SourceBuffer* source = policy_source(report, range);
  if (source != nullptr && range.begin <= range.end && range.end <= source->text().size())
    place["snippet"] = snippet(std::string_view(source->text()).substr(range.begin, range.end - range.begin));
  return Json{
      {"physicalLocation", {{"artifactLocation", artifact_location(path)}, {"region", std::move(place)}}}};
}

Json ResultWriter::logical_locations(const ControlExplanation& explanation) const {
  Json out;
  std::set<std::string> seen;
  const auto collect = [&](const std::vector<evaluate::ExplainedNode>& nodes) {
    for (const evaluate::ExplainedNode& node : nodes) {
      if (node.address.empty() || out.size() >= kObjects || !seen.insert(node.address).second) continue;
      out.push_back(logical_location(report_, node));
    }
  };
  for (const Explanation& require : explanation.requires_) {
    collect(all_nodes(require));
    for (const evaluate::Witness& witness : all_witnesses(require)) collect(witness.nodes);
  }
  return out;
}

Json ResultWriter::location(const ControlResult& result, const ControlExplanation& explanation) const {
  const ir::Control& control = control_of(report_, result);
  Json out = policy_location(report_, control.header).value_or(Json::object());
  if (out.contains("physicalLocation")) {
    const ir::SourceRange& header = report_.program.ranges[control.header];
    const std::uint32_t last = report_.program.ranges[control.range].end_line;
    out["physicalLocation"]["contextRegion"] = context_region(header, last, policy_source(report_, header));
  }
  if (Json objects = logical_locations(explanation); !objects.is_null())
    out["logicalLocations"] = std::move(objects);
  return out;
}

Json ResultWriter::suppressions(const ControlResult& result) const {
  Json out = Json::array();
  if (result.verdict != Verdict::Waived || !result.waiver) return out;
  const ir::Waiver& waiver = report_.program.waivers[*result.waiver];
  const auto text = [&](ir::TextId id) { return base::visible(report_.program.text(id)); };
  Json suppression{{"kind", "external"}, {"status", "accepted"}, {"justification", text(waiver.reason)}};
  if (auto place = policy_location(report_, waiver.range)) suppression["location"] = std::move(*place);
  suppression["properties"] = Json{{"owner", text(waiver.owner)},
                                   {"until", waiver.until.text()},
                                   {"host", text(waiver.host)},
                                   {"target", text(waiver.target)}};
  if (waiver.ticket != 0) suppression["properties"]["ticket"] = text(waiver.ticket);
  out.push_back(std::move(suppression));
  return out;
}

Json ResultWriter::properties(const ControlResult& result, const ControlExplanation& explanation) const {
  Json out{{"verdict", evaluate::verdict_name(result.verdict)},
           {"rawVerdict", evaluate::verdict_name(result.raw)},
           {"severity", ir::severity_name(control_of(report_, result).severity)}};
  if (result.vacuous) out["vacuous"] = true;
  Json requirements;
  for (const Explanation& require : explanation.requires_) {
    Json entry{{"expression", base::visible_block(require.excerpt)}, {"truth", truth_name(require.truth)}};
    if (!require.label.empty()) entry["label"] = base::visible(require.label);
    for (const evaluate::ExplainedNode& node : all_nodes(require)) {
      if (node.address.empty()) continue;
      entry["actual"].push_back(Json{{"address", base::visible(node.address)},
                                     {"value", base::shorten_bytes(base::visible(shown_value(report_, node)),
                                                                   limits::kSarifTextBytes)}});
    }
    for (const std::string& remedy : require.remedies) entry["expected"].push_back(base::visible(remedy));
    requirements.push_back(std::move(entry));
  }
  if (!requirements.is_null()) out["requirements"] = std::move(requirements);
  for (const value::Unknown& unknown : merge_ports(result.unknowns)) {
    out["unknown"].push_back(Json{{"reason", value::reason_text(unknown.reason)},
                                  {"address", base::visible(unknown.address)},
                                  {"detail", base::visible(unknown.detail)}});
  }
  const std::string_view fix = report_.program.text(control_of(report_, result).fix);
  if (result.verdict == Verdict::Fail && !fix.empty()) out["remediation"] = base::visible_block(fix);
  return out;
}

Json ResultWriter::result(const ControlResult& result, std::size_t rule_index) const {
  const ir::Control& control = control_of(report_, result);
  const ControlExplanation explanation = report_.explain(result);
  const KindAndLevel shown = kind_of(result, control, options_.profile);
  const Related related = related_locations(report_, result, explanation);
  std::string text = without_links(message(report_, result, explanation));
  if (!related.sentence.empty()) text += ' ' + related.sentence;

  Json out{{"ruleId", base::visible(report_.program.text(control.id))},
           {"ruleIndex", rule_index},
           {"kind", shown.kind},
           {"level", shown.level},
           {"message", text_message(text)},
           {"locations", Json::array({location(result, explanation)})}};
  if (!related.locations.empty()) out["relatedLocations"] = related.locations;
  out["partialFingerprints"] = partial_fingerprints(fingerprint(report_.program, control, report_.layer));
  if (has_suppressions()) out["suppressions"] = suppressions(result);
  if (const auto state = baseline_state(report_, result)) out["baselineState"] = baseline_state_name(*state);
  if (Json taxa = taxonomies_.taxa(control); !taxa.is_null()) out["taxa"] = std::move(taxa);
  out["properties"] = properties(result, explanation);
  return out;
}

Json ResultWriter::absent_result(const std::string& fingerprint, const BaselineEntry& entry) const {
  const std::string text =
      fmt::format("{} is no longer part of the policy; it was {}.", in_quotes(entry.rule),
                  in_quotes(evaluate::verdict_name(entry.verdict)));
  // Its old kind would count as a live problem wherever baseline states are not read.
  Json out{{"ruleId", base::visible(entry.rule)},
           {"kind", "notApplicable"},
           {"level", "none"},
           {"message", text_message(without_links(text))}};
  if (!entry.uri.empty()) {
    Json physical{{"artifactLocation", {{"uri", entry.uri}, {"uriBaseId", kRootId}}}};
    if (entry.line > 0) physical["region"] = Json{{"startLine", entry.line}};
    out["locations"] = Json::array({Json{{"physicalLocation", std::move(physical)}}});
  }
  out["partialFingerprints"] = partial_fingerprints(fingerprint);
  out["suppressions"] = Json::array();
  out["baselineState"] = "absent";
  return out;
}

}  // namespace polc::report::sarif
