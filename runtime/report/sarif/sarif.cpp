#include "runtime/report/sarif/sarif.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "runtime/base/escape.hpp"
#include "runtime/base/hash.hpp"
#include "runtime/report/message.hpp"
#include "runtime/report/sarif/notifications.hpp"
#include "runtime/report/sarif/results.hpp"
#include "runtime/report/sarif/rules.hpp"
#include "runtime/report/sarif/taxonomies.hpp"
#include "runtime/report/sarif/upload.hpp"

namespace polc::report {
namespace {

using evaluate::ControlResult;
using evaluate::Verdict;
using sarif::Json;

std::string_view exit_code_text(int code) {
  switch (code) {
    case 0:
      return "Every control passes, is waived or does not apply.";
    case 1:
      return "At least one control fails.";
    case 2:
      return "Nothing fails, but something is unknown or awaits review.";
    case 4:
      return "Evidence could not be opened or understood.";
    default:
      return "The run ended with an error.";
  }
}

class SarifWriter {
 public:
  SarifWriter(const RunReport& report, const SarifOptions& options)
      : report_(report), options_(options), taxonomies_(report.program) {}

  Json write() {
    Json rules = Json::array();
    Json results = Json::array();
    for (const ControlResult& result : report_.evaluation.controls) {
      if (!sarif::is_shown(result, options_)) continue;
      rule_indices_.emplace(result.control, rules.size());
      rules.push_back(sarif::rule(report_.program, control_of(report_, result), taxonomies_));
    }
    const sarif::ResultWriter writer(report_, options_, taxonomies_);
    for (const ControlResult& result : report_.evaluation.controls) {
      if (sarif::is_shown(result, options_))
        results.push_back(writer.result(result, rule_indices_[result.control]));
    }
    add_absent(writer, results);

    const sarif::Notifications notifications = sarif::notifications(report_, rule_indices_);
    Json run{{"tool", tool(std::move(rules), notifications)},
             {"invocations", Json::array({invocation(notifications)})}};
    if (report_.version_control) run["versionControlProvenance"] = Json::array({provenance()});
    run["originalUriBaseIds"] = sarif::original_uri_base_ids();
    run["artifacts"] = artifacts();
    run["results"] = std::move(results);
    run["automationDetails"] =
        Json{{"id", automation_id(report_)}, {"description", sarif::text_message(description())}};
    run["columnKind"] = "unicodeCodePoints";
    run["redactionTokens"] = Json::array({kRedacted});
    if (!taxonomies_.empty()) run["taxonomies"] = taxonomies_.components();
    run["properties"] = properties();
    return run;
  }

 private:
  std::string_view text(ir::TextId id) const { return report_.program.text(id); }

  std::string description() const {
    return sarif::without_links(fmt::format("Policy '{}' judged on host '{}'.",
                                            base::visible(text(report_.program.policy.id)),
                                            host_name(report_)));
  }

  void add_absent(const sarif::ResultWriter& writer, Json& results) const {
    // A reader that knows no baseline states would take an absent result for a live one: never for uploads.
    if (options_.profile != SarifProfile::Full) return;
    for (const auto& [fingerprint, entry] : absent_from(report_))
      results.push_back(writer.absent_result(fingerprint, entry));
  }

  Json tool(Json rules, const sarif::Notifications& notifications) const {
    Json driver = sarif::driver(report_.tool_version);
    driver["rules"] = std::move(rules);
    for (const std::uint16_t code : notifications.kinds) {
      if (const base::DiagnosticInfo* info = base::find_diagnostic(code))
        driver["notifications"].push_back(sarif::diagnostic_descriptor(*info));
    }
    if (!taxonomies_.empty()) driver["supportedTaxonomies"] = taxonomies_.supported();
    return Json{{"driver", std::move(driver)}};
  }

  Json invocation(const sarif::Notifications& notifications) const {
    const int code = exit_code(report_);
    Json out{{"executionSuccessful", !report_.evidence_failed},
             {"exitCode", code},
             {"exitCodeDescription", exit_code_text(code)}};
    if (report_.started) out["startTimeUtc"] = instant_text(*report_.started);
    if (report_.finished) out["endTimeUtc"] = instant_text(*report_.finished);
    if (!notifications.execution.empty()) out["toolExecutionNotifications"] = notifications.execution;
    if (!notifications.configuration.empty())
      out["toolConfigurationNotifications"] = notifications.configuration;
    return out;
  }

  Json provenance() const {
    const VersionControl& control = *report_.version_control;
    Json out{{"repositoryUri", control.repository}, {"revisionId", control.revision}};
    if (!control.branch.empty()) out["branch"] = base::visible(control.branch);
    out["mappedTo"] = Json{{"uriBaseId", sarif::kRootId}};
    return out;
  }

  Json artifacts() const {
    Json out = Json::array();
    const auto add = [&](std::string_view path, const base::Sha256& hash, std::string_view role) {
      if (!sarif::is_inside_root(path)) return;
      out.push_back(Json{{"location", sarif::artifact_location(path)},
                         {"roles", Json::array({role})},
                         {"hashes", {{"sha-256", base::hex_text(hash)}}}});
    };
    for (const ir::SourceFile& file : report_.program.files) {
      if (!file.embedded) add(text(file.path), file.sha256, "userSpecifiedConfiguration");
    }
    for (const Target& target : report_.targets) {
      if (target.path && target.bytes) add(*target.path, base::sha256(*target.bytes), "analysisTarget");
    }
    return out;
  }

  Json properties() const {
    const Counts counts = count(report_);
    Json by_verdict = Json::object();
    for (const Verdict verdict : kVerdicts)
      by_verdict[std::string(evaluate::verdict_name(verdict))] = counts.of(verdict);
    Json out{{"policy", policy()},
             {"host", host()},
             {"layer", layer_name(report_.layer)},
             {"asOf", instant_text(report_.as_of)},
             {"profile", options_.profile == SarifProfile::Full ? "full" : "github"},
             {"controls", std::move(by_verdict)},
             {"notShown", not_shown()},
             {"targets", targets()},
             {"parameters", parameters()}};
    if (report_.program.profile.name != 0) out["tailoring"] = tailoring();
    if (report_.baseline != nullptr) out["baseline"] = base::visible(report_.baseline->name);
    return out;
  }

  Json policy() const {
    const ir::PolicyInfo& info = report_.program.policy;
    return Json{{"id", base::visible(text(info.id))},
                {"title", base::visible(text(info.title))},
                {"version", base::visible(text(info.version))},
                {"language", info.language}};
  }

  Json host() const {
    const value::HostIdentity& identity = report_.facts.host();
    Json out{{"name", host_name(report_)}};
    if (!identity.os.empty()) out["os"] = base::visible(identity.os);
    if (identity.build) out["build"] = *identity.build;
    return out;
  }

  std::size_t not_shown() const {
    std::size_t hidden = 0;
    for (const ControlResult& result : report_.evaluation.controls)
      hidden += sarif::is_shown(result, options_) ? 0U : 1U;
    return hidden;
  }

  Json targets() const {
    Json out = Json::array();
    for (const Target& target : report_.targets) {
      Json entry{{"name", base::visible(target.name)},
                 {"backend", target.backend},
                 {"layer", layer_name(target.layer)}};
      if (target.collected_at) entry["collectedAt"] = instant_text(*target.collected_at);
      out.push_back(std::move(entry));
    }
    return out;
  }

  Json parameters() const {
    Json out = Json::object();
    for (const ir::Parameter& parameter : report_.program.parameters) {
      out[base::visible(text(parameter.name))] =
          Json{{"value", base::visible(value::to_text(report_.program.constants[parameter.value]))},
               {"origin", base::visible(text(parameter.origin))},
               {"provenance", base::visible(report::provenance(report_.program, parameter))}};
    }
    return out;
  }

  Json tailoring() const {
    const ir::Profile& profile = report_.program.profile;
    const auto shown = [&](const std::vector<ir::TextId>& ids) {
      Json out = Json::array();
      for (const ir::TextId id : ids) out.push_back(base::visible(text(id)));
      return out;
    };
    return Json{{"profile", base::visible(text(profile.name))},
                {"origin", base::visible(text(profile.origin))},
                {"extends", shown(profile.extends)},
                {"excluded", shown(profile.excluded)}};
  }

  const RunReport& report_;
  const SarifOptions& options_;
  sarif::Taxonomies taxonomies_;
  sarif::RuleIndices rule_indices_;
};

}  // namespace

base::Result<std::string> write_sarif(const std::vector<RunReport>& reports, const SarifOptions& options,
                                      base::DiagnosticSink& warnings) {
  if (auto checked = sarif::check_upload(reports, options, warnings); !checked)
    return base::failure(checked.error());
  Json runs = Json::array();
  for (const RunReport& report : reports) runs.push_back(SarifWriter(report, options).write());
  return sarif::document_text(std::move(runs));
}

}  // namespace polc::report
