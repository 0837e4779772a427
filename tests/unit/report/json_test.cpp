#include "runtime/report/json/json.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "runtime/base/diagnostics/command.hpp"
#include "runtime/report/sarif/sarif.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/report/json_schema.hpp"
#include "tests/unit/report/sample.hpp"

using namespace polc;
using test::Json;
using test::Validator;

namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(std::string(POLC_SOURCE_DIR) + "/" + path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void each_property(const Json& schema, const std::function<void(const std::string&, const Json&)>& visit) {
  if (schema.is_object() && schema.contains("properties") && schema["properties"].is_object()) {
    for (const auto& [name, member] : schema["properties"].items()) visit(name, member);
  }
  for (const Json& child : schema) {
    if (child.is_structured()) each_property(child, visit);
  }
}

}  // namespace

TEST_CASE("the JSON report has the form of its schema", "[json]") {
  const Json schema = Json::parse(report::report_schema());
  test::Sample sample;
  Validator validator(schema);
  CHECK(validator.check(Json::parse(report::write_json({sample.report()}))) == std::vector<std::string>{});
  CHECK(validator.check(Json::parse(report::write_json({}))) == std::vector<std::string>{});

  base::DiagnosticSink warnings;
  const auto old = report::write_sarif({sample.report()}, {report::SarifProfile::Full, false}, warnings);
  auto baseline = report::read_baseline(*old, "old.sarif");
  REQUIRE(baseline);
  baseline->runs.begin()->second["0123456789abcdef0123456789abcdef"].rule = "ACME-99";
  evaluate::ExplainedNode node{ir::kNone, 0, "open", {1, 2}, "port(40101/tcp)"};
  sample.explanations[0].requires_[0].witnesses = {{"p = 40101/tcp", {node}}};
  report::RunReport report = sample.report();
  report.baseline = &*baseline;
  report.started = report.finished = 0;
  report.sources = nullptr;
  report.notifications = {diag::NoTarget{}.at()};
  CHECK(validator.check(Json::parse(report::write_json({report, report}))) == std::vector<std::string>{});

  Json wrong = Json::parse(report::write_json({sample.report()}));
  wrong["runs"][0]["controls"][0]["verdict"] = "maybe";
  wrong["runs"][0]["surplus"] = 1;
  CHECK(validator.check(wrong).size() == 2);
}

TEST_CASE("every member of the JSON report is described and documented", "[json]") {
  const std::string page = read_file("docs/report-json.md");
  each_property(Json::parse(report::report_schema()), [&](const std::string& name, const Json& member) {
    INFO(name);
    CHECK(page.find("`" + name + "`") != std::string::npos);
    CHECK((member.contains("description") || member.contains("$ref") || member.contains("const") ||
           member.contains("properties")));
  });
}

TEST_CASE("an auditor finds verdict, evidence and provenance of every control", "[json]") {
  const test::Sample sample;
  const Json log = Json::parse(report::write_json({sample.report()}));
  CHECK(log["format"] == "polc-report/1");
  CHECK(log["exitCode"] == 1);
  const Json& run = log["runs"][0];
  REQUIRE(run["controls"].size() == 6);
  const Json& passing = run["controls"][1];
  CHECK(passing["verdict"] == "pass");
  CHECK(passing["requirements"][0]["values"][0]["evidence"][0]["file"] == "policies/hosts/automate01.yaml");
  CHECK(passing["requirements"][0]["values"][0]["evidence"][0]["line"] == 12);
  CHECK(run["controls"][2]["unknowns"][0]["reason"] == "access denied");
  CHECK(run["controls"][3]["guard"]["truth"] == "false");
  CHECK(run["controls"][4]["manual"]["state"] == "not attested");
  CHECK(run["controls"][5]["rawVerdict"] == "fail");
  CHECK(run["waivers"][run["controls"][5]["waiver"].get<std::size_t>()]["ticket"] == "CHG-7");
  CHECK(run["parameters"][0]["origin"] == "--set");
  CHECK(run["policy"]["files"][0]["sha256"].get<std::string>().size() == 64);
  CHECK(run["summary"]["failures"]["high"] == 1);
  CHECK(run["started"].is_null());
}

TEST_CASE("the JSON report is ASCII, whatever the host says", "[json]") {
  test::Sample sample;
  sample.facts.identity.name = "a\x1b[2J\xE2\x80\xAE\xFF\xC3\xA9";
  sample.explanations[0].requires_[0].nodes[0].value = "\xE6\x97\xA5\x07";
  const std::string text = report::write_json({sample.report()});
  CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c < '\x7f'); }));
  CHECK(Json::parse(text)["runs"][0]["host"]["name"] == "a\x1b[2J\xE2\x80\xAE\xEF\xBF\xBD\xC3\xA9");
}

TEST_CASE("the JSON report is the same for the same run", "[json]") {
  const test::Sample first;
  const test::Sample second;
  CHECK(report::write_json({first.report()}) == report::write_json({second.report()}));
}
