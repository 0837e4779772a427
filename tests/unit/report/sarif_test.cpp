#include "runtime/report/sarif/sarif.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "runtime/base/diagnostics/report.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/report/sarif/document.hpp"
#include "runtime/report/sarif/rules.hpp"
#include "runtime/report/sarif/upload.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/report/sample.hpp"

using namespace polc;
using report::SarifOptions;
using report::SarifProfile;
using Json = nlohmann::ordered_json;

namespace {

constexpr SarifOptions kGitHub{SarifProfile::GitHub, false};
constexpr SarifOptions kFull{SarifProfile::Full, false};

Json run_of(const report::RunReport& report, const SarifOptions& options) {
  base::DiagnosticSink warnings;
  const auto text = report::write_sarif({report}, options, warnings);
  REQUIRE(text);
  return Json::parse(*text)["runs"][0];
}

Json result_of(const Json& run, std::string_view id) {
  for (const Json& result : run["results"]) {
    if (result["ruleId"] == id) return result;
  }
  return nullptr;
}

/// Every object below `json` that has this member.
void each_with(const Json& json, const char* member, const std::function<void(const Json&)>& visit) {
  if (json.is_object() && json.contains(member)) visit(json);
  for (const Json& child : json) {
    if (child.is_structured()) each_with(child, member, visit);
  }
}

}  // namespace

TEST_CASE("verdicts map to kinds and levels", "[sarif]") {
  struct Row {
    std::string_view id;
    const char* full_kind;
    const char* full_level;
    const char* github_level;  ///< nullptr: left out; else the kind is "fail"
  };
  const Row rows[]{
      {"ACME-01", "fail", "error", "error"},          // fail, high
      {"ACME-02", "pass", "none", nullptr},           // pass
      {"ACME-03", "open", "none", "error"},           // unknown, critical
      {"ACME-04", "notApplicable", "none", nullptr},  // not applicable
      {"ACME-05", "review", "none", "warning"},       // review
      {"ACME-06", "fail", "warning", nullptr},        // waived, medium
  };
  const test::Sample sample;
  const Json full = run_of(sample.report(), kFull);
  const Json github = run_of(sample.report(), kGitHub);
  for (const Row& row : rows) {
    CHECK(result_of(full, row.id)["kind"] == row.full_kind);
    CHECK(result_of(full, row.id)["level"] == row.full_level);
    const Json shown = result_of(github, row.id);
    REQUIRE(shown.is_null() == (row.github_level == nullptr));
    if (row.github_level == nullptr) continue;
    CHECK(shown["kind"] == "fail");
    CHECK(shown["level"] == row.github_level);
  }
  CHECK(github["properties"]["notShown"] == 3);
  CHECK(full["properties"]["notShown"] == 0);
}

TEST_CASE("severities map to levels and to GitHub's numbers", "[sarif]") {
  using ir::Severity;
  struct Row {
    Severity severity;
    const char* level;
    const char* number;
  };
  const Row rows[]{{Severity::Critical, "error", "9.5"},
                   {Severity::High, "error", "8.9"},
                   {Severity::Medium, "warning", "6.9"},
                   {Severity::Low, "note", "3.9"},
                   {Severity::Info, "note", "0.1"}};
  for (const Row& row : rows) {
    CHECK(report::sarif::level_of(row.severity) == row.level);
    CHECK(report::sarif::security_severity(row.severity) == row.number);
  }
}

TEST_CASE("every result of the GitHub profile has what GitHub demands", "[sarif]") {
  const test::Sample sample;
  const Json run = run_of(sample.report(), kGitHub);
  REQUIRE(run["results"].size() == 3);
  for (const Json& result : run["results"]) {
    REQUIRE(result["locations"].size() == 1);
    const Json& place = result["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"]["uri"] == "policies/acme%20hosts.pol");
    CHECK(place["artifactLocation"]["uriBaseId"] == "SRCROOT");
    CHECK(place["region"]["startLine"].get<int>() > 0);
    CHECK(place["region"]["endColumn"] > place["region"]["startColumn"]);
    const std::string message = result["message"]["text"];
    CHECK(message.back() == '.');
    CHECK(message.front() == '\'');
    const std::string fingerprint = result["partialFingerprints"]["polcControl/v1"];
    CHECK(result["partialFingerprints"]["primaryLocationLineHash"] == fingerprint + ":1");
    const Json& rule = run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()];
    CHECK(rule["id"] == result["ruleId"]);
    for (const char* member : {"shortDescription", "fullDescription", "help"})
      CHECK_FALSE(rule[member]["text"].get<std::string>().empty());
    CHECK_FALSE(rule["help"]["markdown"].get<std::string>().empty());
    CHECK(rule["properties"]["tags"][0] == "security");
    CHECK(rule["properties"]["tags"].size() <= limits::kSarifTags);
    CHECK(rule["properties"]["security-severity"].is_string());
    CHECK_FALSE(result.contains("suppressions"));
    CHECK_FALSE(result.contains("rank"));
  }
}

TEST_CASE("a clean run has empty results, not none", "[sarif]") {
  test::Sample sample;
  sample.evaluation.controls.clear();
  const Json run = run_of(sample.report(), kGitHub);
  CHECK(run["results"].is_array());
  CHECK(run["results"].empty());
  CHECK(run["invocations"][0]["executionSuccessful"] == true);
}

TEST_CASE("suppressions are given for all results or for none", "[sarif]") {
  const test::Sample sample;
  const Json full = run_of(sample.report(), kFull);
  for (const Json& result : full["results"]) {
    const bool waived = result["ruleId"] == "ACME-06";
    REQUIRE(result.contains("suppressions"));
    CHECK(result["suppressions"].size() == (waived ? 1 : 0));
  }
  const Json suppression = result_of(full, "ACME-06")["suppressions"][0];
  CHECK(suppression["kind"] == "external");
  CHECK(suppression["status"] == "accepted");
  CHECK(suppression["justification"] == "Proxy is replaced in March");
  CHECK(suppression["location"]["physicalLocation"]["region"]["startLine"] == 37);

  const Json kept = run_of(sample.report(), {SarifProfile::GitHub, true});
  CHECK(kept["results"].size() == 4);
  for (const Json& result : kept["results"]) CHECK(result.contains("suppressions"));
}

TEST_CASE("related locations are linked from the message", "[sarif]") {
  const test::Sample sample;
  const Json result = result_of(run_of(sample.report(), kGitHub), "ACME-01");
  const std::string message = result["message"]["text"];
  CHECK(message.ends_with(" See [requirement 1](1), [evidence](2), [parameter](3)."));
  const Json& related = result["relatedLocations"];
  REQUIRE(related.size() == 3);
  CHECK(related[0]["physicalLocation"]["region"]["startLine"] == 13);
  CHECK(related[1]["physicalLocation"]["artifactLocation"]["uri"] == "policies/hosts/automate01.yaml");
  CHECK(related[1]["physicalLocation"]["region"]["startLine"] == 88);
  CHECK(related[1]["message"]["text"] ==
        "Evidence: snapshot policies/hosts/automate01.yaml:88, rule \"MySQL\" (profiles: all).");
  CHECK(related[2]["physicalLocation"]["region"]["startLine"] == 5);
  for (std::size_t i = 0; i < related.size(); ++i) CHECK(related[i]["id"] == i + 1);
}

TEST_CASE("evidence in a folder that is the target is pointed at, file by file", "[sarif]") {
  const test::Sample sample;
  report::RunReport report = sample.report();
  report.targets[0].name = *(report.targets[0].path = "policies/hosts");
  report.targets[0].bytes.reset();
  const Json related = result_of(run_of(report, kGitHub), "ACME-01")["relatedLocations"];
  REQUIRE(related.size() == 3);
  CHECK(related[1]["physicalLocation"]["artifactLocation"]["uri"] == "policies/hosts/automate01.yaml");
}

TEST_CASE("evidence outside of the root is not pointed at", "[sarif]") {
  const test::Sample sample;
  report::RunReport report = sample.report();
  for (const std::optional<std::string>& path :
       {std::optional<std::string>(), std::optional<std::string>("../x.yaml"),
        std::optional<std::string>("/tmp/x.yaml")}) {
    report.targets[0].path = path;
    const Json run = run_of(report, kFull);
    CHECK(run["artifacts"].size() == 1);
    each_with(run["results"], "uri",
              [](const Json& location) { CHECK(location["uri"] == "policies/acme%20hosts.pol"); });
  }
}

TEST_CASE("objects on the host are logical locations", "[sarif]") {
  const test::Sample sample;
  const Json result = result_of(run_of(sample.report(), kGitHub), "ACME-01");
  const Json& object = result["locations"][0]["logicalLocations"][0];
  CHECK(object["fullyQualifiedName"] == "port(3306/tcp).allowed_from");
  CHECK(object["kind"] == "resource");
}

TEST_CASE("rules refer to the standards they come from", "[sarif]") {
  const test::Sample sample;
  const Json run = run_of(sample.report(), kGitHub);
  const Json& rule = run["tool"]["driver"]["rules"][0];
  std::set<std::string> named;
  for (const Json& relationship : rule["relationships"]) {
    const Json& target = relationship["target"];
    const std::string name = target["toolComponent"]["name"];
    named.insert(name);
    bool found = false;
    for (const Json& taxonomy : run["taxonomies"]) {
      if (taxonomy["name"] != name) continue;
      CHECK(taxonomy["guid"] == target["toolComponent"]["guid"]);
      for (const Json& taxon : taxonomy["taxa"]) found = found || taxon["id"] == target["id"];
    }
    CHECK(found);
  }
  CHECK(named == std::set<std::string>{"STIG", "CIS", "CCE", "NIST SP 800-53", "CWE"});
  CHECK(run["tool"]["driver"]["supportedTaxonomies"].size() == 5);
  CHECK(rule["helpUri"] == "https://example.org/mysql");
  CHECK(rule["properties"]["tags"] == Json({"security", "external/cwe/cwe-732", "network", "database"}));
  CHECK(result_of(run, "ACME-01")["taxa"].size() == 3);  // those whose relationship is not "superset"
  CHECK_FALSE(run["tool"]["driver"]["rules"][1].contains("relationships"));
}

TEST_CASE("rule names are Pascal case, short, and never the id", "[sarif]") {
  struct Row {
    std::string_view title, name;
  };
  const Row rows[]{{"MySQL is reachable only where it must be", "MySqlReachableOnly"},
                   {"TLS 1.0 is off", "Tls10Off"},
                   {"the server's header", "ServersHeader"},
                   {"802.1X is on the wire", "Xwire"},
                   {"\xE6\x97\xA5\xE6\x9C\xAC", ""},
                   {"", ""},
                   {"12 34", ""}};
  for (const Row& row : rows) CHECK(report::sarif::pascal_name(row.title) == row.name);
}

TEST_CASE("renamed controls keep their old ids", "[sarif]") {
  const test::Sample sample;
  const Json run = run_of(sample.report(), kFull);
  const Json result = result_of(run, "ACME-06");
  CHECK(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["deprecatedIds"] ==
        Json({"ACME-HDR"}));
}

TEST_CASE("tags are capped at what GitHub shows", "[sarif]") {
  test::Sample sample;
  for (const std::size_t extra :
       {limits::kSarifTags - 2, limits::kSarifTags - 1}) {  // beside "security" and the CWE
    sample.program.controls[0].tags.clear();
    for (std::size_t i = 0; i < extra; ++i)
      sample.program.controls[0].tags.push_back(sample.text("tag" + std::to_string(i)));
    const Json run = run_of(sample.report(), kGitHub);
    CHECK(run["tool"]["driver"]["rules"][0]["properties"]["tags"].size() == limits::kSarifTags);
  }
}

TEST_CASE("what could not be read is an execution notification with its rule", "[sarif]") {
  const test::Sample sample;
  const Json run = run_of(sample.report(), kGitHub);
  const Json& notification = run["invocations"][0]["toolExecutionNotifications"][0];
  CHECK(notification["descriptor"]["id"] == "POL4501");
  CHECK(notification["level"] == "warning");
  CHECK(notification["associatedRule"]["id"] == "ACME-03");
  const std::size_t rule = notification["associatedRule"]["index"];
  CHECK(run["tool"]["driver"]["rules"][rule]["id"] == "ACME-03");
  std::set<std::string> described;
  for (const Json& descriptor : run["tool"]["driver"]["notifications"]) described.insert(descriptor["id"]);
  each_with(run["invocations"], "descriptor",
            [&](const Json& n) { CHECK(described.contains(n["descriptor"]["id"])); });
}

TEST_CASE("only evidence that could not be opened makes a run unsuccessful", "[sarif]") {
  const test::Sample sample;
  report::RunReport report = sample.report();
  report.evidence_failed = true;
  const Json invocation = run_of(report, kGitHub)["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["exitCode"] == 4);
}

TEST_CASE("baseline states are given for all results or for none", "[sarif]") {
  test::Sample sample;
  base::DiagnosticSink warnings;
  const auto old = report::write_sarif({sample.report()}, kFull, warnings);
  REQUIRE(old);
  auto baseline = report::read_baseline(*old, "old.sarif");
  REQUIRE(baseline);
  baseline->runs.begin()->second["0123456789abcdef0123456789abcdef"] = {"ACME-99", evaluate::Verdict::Fail,
                                                                        "old.pol", 7};

  sample.result("ACME-02").verdict = evaluate::Verdict::Fail;
  sample.result("ACME-01").verdict = evaluate::Verdict::Pass;
  report::RunReport report = sample.report();
  report.baseline = &*baseline;
  const Json full = run_of(report, kFull);
  CHECK(result_of(full, "ACME-01")["baselineState"] == "updated");
  CHECK(result_of(full, "ACME-02")["baselineState"] == "new");
  CHECK(result_of(full, "ACME-03")["baselineState"] == "unchanged");
  CHECK(result_of(full, "ACME-99")["baselineState"] == "absent");
  CHECK(result_of(full, "ACME-99")["kind"] == "notApplicable");
  for (const Json& result : full["results"]) CHECK(result.contains("baselineState"));
  const Json github = run_of(report, kGitHub);
  for (const Json& result : github["results"]) CHECK(result.contains("baselineState"));
  CHECK(result_of(github, "ACME-99").is_null());  // GitHub would open an alert for it

  const Json plain = run_of(sample.report(), kFull);
  for (const Json& result : plain["results"]) CHECK_FALSE(result.contains("baselineState"));
}

TEST_CASE("nothing of a hostile host reaches a reader unescaped", "[sarif]") {
  test::Sample sample;
  const std::string evil = "\x1b]0;x\x07 [click](javascript:alert(1)) \xE2\x80\xAE \xff <script>";
  sample.facts.identity.name = evil;
  sample.facts.identity.os = evil;
  sample.facts.origins[1].note = evil;
  for (auto& [control, explanation] : sample.explanations) {
    for (auto& require : explanation.requires_) {
      for (auto& node : require.nodes) node.value = evil;
      require.remedies = {evil};
    }
  }
  for (auto& result : sample.evaluation.controls) {
    for (auto& unknown : result.unknowns) unknown.detail = evil;
  }
  for (const SarifOptions& options : {kGitHub, kFull}) {
    base::DiagnosticSink warnings;
    const auto text = report::write_sarif({sample.report()}, options, warnings);
    REQUIRE(text);
    CHECK(text->find('\x1b') == std::string::npos);
    CHECK(text->find("\\u001b") == std::string::npos);
    CHECK(text->find("\xE2\x80\xAE") == std::string::npos);
    each_with(Json::parse(*text), "text", [](const Json& message) {
      if (!message["text"].is_string()) return;
      CHECK(message["text"].get<std::string>().find("[click](javascript") == std::string::npos);
    });
  }
}

TEST_CASE("paths are percent-encoded, and a policy outside of the root is refused", "[sarif]") {
  struct Row {
    std::string path;
    std::string uri;  ///< empty: refused
  };
  const Row rows[]{{"a b.pol", "a%20b.pol"},
                   {"a#1%.pol", "a%231%25.pol"},
                   {"d\xC3\xA9.pol", "d%C3%A9.pol"},
                   {"dir\\x.pol", "dir/x.pol"},
                   {"../x.pol", ""},
                   {"/etc/x.pol", ""},
                   {"C:\\policies\\x.pol", ""},
                   {"a/../../x.pol", ""},
                   {"", ""}};
  for (const Row& row : rows) {
    test::Sample sample;
    sample.program.files[0].path = sample.text(row.path);
    base::DiagnosticSink warnings;
    const auto text = report::write_sarif({sample.report()}, kGitHub, warnings);
    INFO(row.path);
    REQUIRE(text.has_value() == !row.uri.empty());
    if (!text) {
      CHECK(text.error().code == diag::NoLocation::kCode);
      continue;
    }
    const Json run = Json::parse(*text)["runs"][0];
    CHECK(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == row.uri);
  }
}

TEST_CASE("files that GitHub would refuse are not written", "[sarif]") {
  base::DiagnosticSink warnings;
  SECTION("runs") {
    std::vector<test::Sample> samples(limits::kSarifRuns + 1);
    std::vector<report::RunReport> reports;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      samples[i].facts.identity.name = "host" + std::to_string(i);
      reports.push_back(samples[i].report());
    }
    const auto refused = report::write_sarif(reports, kGitHub, warnings);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == diag::TooManyRuns::kCode);
    reports.pop_back();
    CHECK(report::write_sarif(reports, kGitHub, warnings));
  }
  SECTION("two runs of one category") {
    const test::Sample sample;
    const auto refused = report::write_sarif({sample.report(), sample.report()}, kGitHub, warnings);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == diag::SameCategory::kCode);
  }
  SECTION("results") {
    test::Sample sample;
    const evaluate::ControlResult review = sample.result("ACME-05");
    sample.evaluation.controls.assign(limits::kSarifResults + 1, review);
    const auto refused = report::sarif::check_upload({sample.report()}, kGitHub, warnings);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == diag::TooManyResults::kCode);
    sample.evaluation.controls.pop_back();
    CHECK(report::sarif::check_upload({sample.report()}, kGitHub, warnings));
  }
  SECTION("results that GitHub hides are a warning") {
    test::Sample sample;
    const evaluate::ControlResult review = sample.result("ACME-05");
    sample.evaluation.controls.assign(limits::kSarifShownResults, review);
    CHECK(report::sarif::check_upload({sample.report()}, kGitHub, warnings));
    CHECK(warnings.empty());
    sample.evaluation.controls.push_back(review);
    CHECK(report::sarif::check_upload({sample.report()}, kGitHub, warnings));
    REQUIRE_FALSE(warnings.empty());
    CHECK(warnings.sorted()[0].code == diag::HiddenResults::kCode);
  }
}

TEST_CASE("the same run gives the same bytes", "[sarif]") {
  const test::Sample first;
  const test::Sample second;
  base::DiagnosticSink warnings;
  for (const SarifOptions& options : {kGitHub, kFull})
    CHECK(*report::write_sarif({first.report()}, options, warnings) ==
          *report::write_sarif({second.report()}, options, warnings));
}

TEST_CASE("columns count code points", "[sarif]") {
  test::Sample sample;
  base::SourceManager sources;
  const std::string policy = "\xEF\xBB\xBF/* \xF0\x9F\x98\x80 */ control \"ACME-01\" {\r\n}\r\n";
  sources.add("policies/acme hosts.pol", policy);
  const base::SourceBuffer& buffer = *sources.find(1);
  const auto begin = static_cast<std::uint32_t>(policy.find("control"));
  const auto end = static_cast<std::uint32_t>(policy.find(" {"));
  const auto first = buffer.position(begin);
  const auto last = buffer.position(end);
  sample.program.ranges[sample.program.controls[0].header] = {
      0, begin, end, first.line, first.column, last.line, last.column};
  report::RunReport report = sample.report();
  report.sources = &sources;
  const Json place = result_of(run_of(report, kGitHub), "ACME-01")["locations"][0]["physicalLocation"];
  CHECK(place["region"]["startColumn"] == 9);
  CHECK(place["region"]["endColumn"] == 26);
  CHECK(place["region"]["snippet"]["text"] == "control \"ACME-01\"");
}

TEST_CASE("without the policy text there are places but no snippets", "[sarif]") {
  const test::Sample sample;
  report::RunReport report = sample.report();
  report.sources = nullptr;
  const Json run = run_of(report, kFull);
  std::size_t regions = 0;
  each_with(run["results"], "startLine", [&](const Json& region) {
    ++regions;
    CHECK_FALSE(region.contains("snippet"));
  });
  CHECK(regions > 6);
}

TEST_CASE("the profile is among the properties and the notifications of the run", "[sarif]") {
  test::Sample sample;
  CHECK_FALSE(run_of(sample.report(), kGitHub)["properties"].contains("tailoring"));
  test::add_profile(sample);
  const Json run = run_of(sample.report(), kGitHub);
  const Json& tailoring = run["properties"]["tailoring"];
  CHECK(tailoring["profile"] == "kiosk");
  CHECK(tailoring["origin"] == "polc.yaml:3");
  CHECK(tailoring["excluded"] == Json::array({"ACME-90", "ACME-91"}));
  std::set<std::string> codes;
  for (const Json& notification : run["invocations"][0]["toolConfigurationNotifications"])
    codes.insert(notification["descriptor"]["id"].get<std::string>());
  CHECK(codes.contains("POL4561"));
  CHECK(codes.contains("POL4562"));
}
