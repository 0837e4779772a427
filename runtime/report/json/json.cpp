#include "runtime/report/json/json.hpp"

#include <nlohmann/json.hpp>

#include "runtime/base/hash.hpp"
#include "runtime/base/render.hpp"
#include "runtime/report/message.hpp"
#include "runtime/report/notices.hpp"
#include "runtime/report/unknowns.hpp"

namespace polc::report {
namespace {

using evaluate::ControlExplanation;
using evaluate::ControlResult;
using evaluate::Explanation;
using evaluate::Verdict;
using Json = nlohmann::ordered_json;

Json instant(const std::optional<std::int64_t>& seconds) {
  return seconds ? Json(instant_text(*seconds)) : Json();
}

class JsonWriter {
 public:
  explicit JsonWriter(const RunReport& report) : report_(report), program_(report.program) {}

  Json write() {
    return Json{{"policy", policy()},
                {"host", host()},
                {"layer", layer_name(report_.layer)},
                {"asOf", instant_text(report_.as_of)},
                {"started", instant(report_.started)},
                {"finished", instant(report_.finished)},
                {"targets", targets()},
                {"profile", profile()},
                {"parameters", parameters()},
                {"gate", gate()},
                {"baseline", baseline()},
                {"summary", summary()},
                {"exitCode", exit_code(report_)},
                {"controls", controls()},
                {"waivers", waivers()},
                {"notices", notices()}};
  }

 private:
  std::string_view text(ir::TextId id) const { return program_.text(id); }

  Json texts(const std::vector<ir::TextId>& ids) const {
    Json out = Json::array();
    for (const ir::TextId id : ids) out.push_back(text(id));
    return out;
  }

  Json place(ir::RangeId id) const {
    const ir::SourceRange& range = program_.ranges[id];
    if (id == 0 || range.line == 0) return nullptr;
    return Json{{"file", text(program_.files[range.file].path)},
                {"line", range.line},
                {"column", range.column},
                {"endLine", range.end_line},
                {"endColumn", range.end_column}};
  }

  Json policy() const {
    const ir::PolicyInfo& info = program_.policy;
    Json files = Json::array();
    for (const ir::SourceFile& file : program_.files)
      files.push_back(Json{
          {"path", text(file.path)}, {"embedded", file.embedded}, {"sha256", base::hex_text(file.sha256)}});
    return Json{{"id", text(info.id)},           {"title", text(info.title)},
                {"version", text(info.version)}, {"description", text(info.description)},
                {"source", text(info.source)},   {"language", info.language},
                {"files", std::move(files)}};
  }

  Json host() const {
    const value::HostIdentity& identity = report_.facts.host();
    return Json{{"name", identity.name ? Json(*identity.name) : Json()},
                {"os", identity.os},
                {"build", identity.build ? Json(*identity.build) : Json()}};
  }

  Json targets() const {
    Json out = Json::array();
    for (const Target& target : report_.targets) {
      out.push_back(
          Json{{"name", target.name},
               {"backend", target.backend},
               {"layer", layer_name(target.layer)},
               {"collectedAt", instant(target.collected_at)},
               {"sha256", target.bytes ? Json(base::hex_text(base::sha256(*target.bytes))) : Json()}});
    }
    return out;
  }

  Json parameters() const {
    Json out = Json::array();
    for (const ir::Parameter& parameter : program_.parameters) {
      out.push_back(Json{{"name", text(parameter.name)},
                         {"type", value::type_name(parameter.type)},
                         {"domain", text(parameter.domain)},
                         {"value", value::to_text(program_.constants[parameter.value])},
                         {"origin", text(parameter.origin)},
                         {"provenance", provenance(parameter)},
                         {"description", text(parameter.doc)},
                         {"place", place(parameter.range)}});
    }
    return out;
  }

  /// The values that it was given in order, the one that counts last.
  Json provenance(const ir::Parameter& parameter) const {
    Json out = Json::array();
    for (const ir::ParameterSource& source : parameter.sources) {
      out.push_back(Json{{"value", value::to_text(program_.constants[source.value])},
                         {"origin", text(source.origin)},
                         {"place", place(source.range)}});
    }
    return out;
  }

  Json profile() const {
    const ir::Profile& profile = program_.profile;
    if (profile.name == 0) return nullptr;
    Json severities = Json::array();
    for (const ir::Regrading& regrading : profile.regraded) {
      const ir::Control& control = program_.controls[regrading.control];
      severities.push_back(Json{{"id", text(control.id)},
                                {"from", ir::severity_name(regrading.from)},
                                {"to", ir::severity_name(control.severity)},
                                {"place", place(regrading.range)}});
    }
    Json loosened = Json::array();
    for (const ir::Loosening& loosening : profile.loosened) {
      loosened.push_back(Json{{"profile", text(loosening.profile)},
                              {"target", text(loosening.target)},
                              {"because", text(loosening.because)},
                              {"place", place(loosening.range)}});
    }
    return Json{{"name", text(profile.name)},          {"title", text(profile.title)},
                {"origin", text(profile.origin)},      {"extends", texts(profile.extends)},
                {"excluded", texts(profile.excluded)}, {"severities", std::move(severities)},
                {"loosened", std::move(loosened)},     {"place", place(profile.range)}};
  }

  Json gate() const {
    return Json{{"failOn", ir::severity_name(report_.gate.fail_on)},
                {"unknown", report_.gate.unknown_fails ? "fail" : "warn"},
                {"newOnly", report_.gate.new_only}};
  }

  Json baseline() const {
    if (report_.baseline == nullptr) return nullptr;
    Json absent = Json::array();
    for (const auto& [id, entry] : absent_from(report_))
      absent.push_back(
          Json{{"fingerprint", id}, {"id", entry.rule}, {"verdict", evaluate::verdict_name(entry.verdict)}});
    return Json{{"name", report_.baseline->name}, {"absent", std::move(absent)}};
  }

  Json summary() const {
    const Counts counts = count(report_);
    Json out{{"total", counts.total()}};
    for (const Verdict verdict : kVerdicts)
      out[std::string(evaluate::verdict_name(verdict))] = counts.of(verdict);
    Json failures;
    for (const ir::Severity severity : kSeverities)
      failures[std::string(ir::severity_name(severity))] =
          counts.failures[static_cast<std::size_t>(severity)];
    out["failures"] = std::move(failures);
    return out;
  }

  Json controls() const {
    Json out = Json::array();
    for (const ControlResult& result : report_.evaluation.controls) out.push_back(control(result));
    return out;
  }

  Json control(const ControlResult& result) const {
    const ir::Control& source = control_of(report_, result);
    const ControlExplanation explanation = report_.explain(result);
    const auto state = baseline_state(report_, result);
    Json out{{"id", text(source.id)},
             {"title", text(source.title)},
             {"group", source.group != ir::kNone ? Json(text(program_.groups[source.group].title)) : Json()},
             {"severity", ir::severity_name(source.severity)},
             {"verdict", evaluate::verdict_name(result.verdict)},
             {"rawVerdict", evaluate::verdict_name(result.raw)},
             {"message", message(report_, result, explanation)},
             {"fingerprint", fingerprint(program_, source, report_.layer)},
             {"baselineState", state ? Json(baseline_state_name(*state)) : Json()},
             {"vacuous", result.vacuous},
             {"passesByDefault", result.passes_by_default},
             {"description", text(source.description)},
             {"rationale", text(source.because)},
             {"fix", text(source.fix)},
             {"tags", texts(source.tags)},
             {"references", references(source)},
             {"formerly", texts(source.formerly)},
             {"place", place(source.header)},
             {"guard", explanation.guard ? requirement(*explanation.guard) : Json()}};
    Json requirements = Json::array();
    for (const Explanation& require : explanation.requires_) requirements.push_back(requirement(require));
    out["requirements"] = std::move(requirements);
    out["manual"] = manual(source, result);
    out["unknowns"] = unknowns(result);
    out["waiver"] = result.waiver ? Json(*result.waiver) : Json();
    return out;
  }

  Json references(const ir::Control& control) const {
    Json out = Json::array();
    for (const ir::Reference& reference : control.references)
      out.push_back(Json{{"kind", ir::reference_name(reference.kind)}, {"id", text(reference.text)}});
    return out;
  }

  Json requirement(const Explanation& require) const {
    Json witnesses = Json::array();
    for (const evaluate::Witness& witness : all_witnesses(require))
      witnesses.push_back(Json{{"binding", witness.binding}, {"values", values(witness.nodes)}});
    return Json{{"label", require.label},
                {"expression", require.excerpt},
                {"place", place(require.range)},
                {"truth", truth_name(require.truth)},
                {"values", values(all_nodes(require))},
                {"witnesses", std::move(witnesses)},
                {"moreWitnesses", require.more_witnesses},
                {"passesWhen", require.remedies},
                {"notes", require.notes}};
  }

  Json values(const std::vector<evaluate::ExplainedNode>& nodes) const {
    Json out = Json::array();
    for (const evaluate::ExplainedNode& node : nodes) {
      Json evidence = Json::array();
      for (const value::OriginId id : node.evidence) {
        if (id != 0) evidence.push_back(origin(report_.facts.origin(id)));
      }
      out.push_back(Json{{"offset", node.offset},
                         {"value", shown_value(report_, node)},
                         {"address", node.address},
                         {"evidence", std::move(evidence)}});
    }
    return out;
  }

  static Json origin(const value::Origin& origin) {
    return Json{{"backend", origin.backend},
                {"file", origin.file},
                {"line", origin.line},
                {"column", origin.column},
                {"note", origin.note}};
  }

  Json manual(const ir::Control& control, const ControlResult& result) const {
    if (!control.manual) return nullptr;
    const ir::Manual& manual = *control.manual;
    return Json{{"instruction", text(manual.instruction)},
                {"key", text(manual.key)},
                {"withinSeconds", manual.within ? Json(*manual.within) : Json()},
                {"state", manual_state_name(result.manual)}};
  }

  static Json unknowns(const ControlResult& result) {
    Json out = Json::array();
    for (const value::Unknown& unknown : merge_ports(result.unknowns))
      out.push_back(Json{{"reason", value::reason_text(unknown.reason)},
                         {"address", unknown.address},
                         {"detail", unknown.detail}});
    return out;
  }

  Json waivers() const {
    Json out = Json::array();
    for (const evaluate::WaiverResult& state : report_.evaluation.waivers) {
      const ir::Waiver& waiver = program_.waivers[state.waiver];
      Json covered = Json::array();
      for (std::size_t i = 0; i < waiver.controls.size(); ++i) {
        covered.push_back(Json{{"id", text(program_.controls[waiver.controls[i]].id)},
                               {"state", waiver_state_name(state.controls[i])}});
      }
      out.push_back(Json{{"index", state.waiver},
                         {"target", text(waiver.target)},
                         {"controls", std::move(covered)},
                         {"host", text(waiver.host)},
                         {"from", waiver.from ? Json(waiver.from->text()) : Json()},
                         {"until", waiver.until.text()},
                         {"reason", text(waiver.reason)},
                         {"owner", text(waiver.owner)},
                         {"ticket", text(waiver.ticket)},
                         {"state", waiver_state_name(state.state)},
                         {"place", place(waiver.range)}});
    }
    return out;
  }

  Json notices() const {
    Json out = Json::array();
    const auto add = [&](const base::Diagnostic& diagnostic, ir::RangeId range,
                         const std::vector<std::uint32_t>& concerned) {
      Json ids = Json::array();
      for (const std::uint32_t control : concerned) ids.push_back(text(program_.controls[control].id));
      out.push_back(Json{{"code", base::code_text(diagnostic.code)},
                         {"level", base::level_name(base::level_of(diagnostic))},
                         {"message", base::message_of(diagnostic)},
                         {"hint", base::hint_of(diagnostic)},
                         {"controls", std::move(ids)},
                         {"place", place(range)}});
    };
    for (const base::Diagnostic& diagnostic : report_.notifications) add(diagnostic, 0, {});
    for (const auto& list : {unread_facts(report_), waiver_notices(report_), tailoring_notices(report_),
                             overridden_parameters(report_)}) {
      for (const Notice& notice : list) add(notice.diagnostic, notice.range, notice.controls);
    }
    return out;
  }

  const RunReport& report_;
  const ir::Program& program_;
};

}  // namespace

std::string write_json(const std::vector<RunReport>& reports) {
  Json runs = Json::array();
  std::vector<int> codes;
  for (const RunReport& report : reports) {
    runs.push_back(JsonWriter(report).write());
    codes.push_back(exit_code(report));
  }
  const Json out{
      {"format", kReportFormat},
      {"tool", {{"name", "polc"}, {"version", reports.empty() ? "" : reports.front().tool_version}}},
      {"exitCode", worst_exit_code(codes)},
      {"runs", std::move(runs)}};
  return out.dump(2, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace) + '\n';
}

}  // namespace polc::report
