#include "runtime/report/diagnostics/diagnostics.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "runtime/base/diagnostics/command.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using Json = nlohmann::ordered_json;

namespace {

base::Span span_of(const base::SourceManager& sources, std::string_view text, base::FileId file = 1) {
  const auto begin = static_cast<std::uint32_t>(sources.find(file)->text().find(text));
  return {file, begin, begin + static_cast<std::uint32_t>(text.size())};
}

/// One diagnostic with everything, one twice, one without a place, one in a file outside of the root.
struct Input {
  base::SourceManager sources;
  std::vector<base::Diagnostic> diagnostics;

  Input() {
    sources.add("policies/a b.pol", "severity hihg\n\xF0\x9F\x98\x80 severity hihg\n");
    sources.add("../outside.yaml", "severity hihg\n");
    base::Diagnostic full = bad_value(span_of(sources, "hihg"));
    full.labels = {{span_of(sources, "severity"), "of this clause"},
                   {span_of(sources, "severity", 2), "elsewhere"}};
    full.fixes = {{span_of(sources, "hihg"), "high"}};
    base::Diagnostic again = bad_value({1, full.span.begin + 19, full.span.end + 19});
    diagnostics = {full, again, diag::NoTarget{}.at(), bad_value(span_of(sources, "hihg", 2))};
  }

  static base::Diagnostic bad_value(base::Span span) {
    return diag::BadOptionValue{.option = "severity", .value = "hihg", .expected = "high"}.at(span);
  }
};

}  // namespace

TEST_CASE("diagnostics as JSON", "[diagnostics]") {
  const Input input;
  const Json log = Json::parse(report::write_diagnostics_json(input.diagnostics, input.sources));
  CHECK(log["format"] == "polc-diagnostics/1");
  REQUIRE(log["diagnostics"].size() == 4);
  const Json& first = log["diagnostics"][0];
  CHECK(first["code"] == "POL5001");
  CHECK(first["name"] == "BadOptionValue");
  CHECK(first["level"] == "error");
  CHECK(first["message"] == "'hihg' is not a value for severity");
  CHECK(first["hint"] == "write high");
  CHECK(first["fields"]["value"] == "hihg");
  CHECK(first["place"] ==
        Json::parse(R"({"file":"policies/a b.pol","line":1,"column":10,"endLine":1,"endColumn":14,
                                          "offset":9,"endOffset":13})"));
  CHECK(first["labels"][0]["text"] == "of this clause");
  CHECK(first["fixes"][0]["text"] == "high");
  CHECK(log["diagnostics"][1]["place"]["column"] == 12);  // code points, not bytes
  CHECK(log["diagnostics"][2]["place"].is_null());
}

TEST_CASE("diagnostics as SARIF", "[diagnostics]") {
  const Input input;
  const Json log = Json::parse(report::write_diagnostics_sarif(input.diagnostics, input.sources, "0.1.0", 3));
  const Json& run = log["runs"][0];
  CHECK(run["automationDetails"]["id"] == "polc/diagnostics/");
  CHECK(run["invocations"][0]["exitCode"] == 3);
  REQUIRE(run["results"].size() == 2);
  const Json& result = run["results"][0];
  CHECK(result["ruleId"] == "POL5001");
  CHECK(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["name"] == "BadOptionValue");
  CHECK(result["message"]["text"] == "'hihg' is not a value for severity. Write high.");
  CHECK(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "policies/a%20b.pol");
  CHECK(result["relatedLocations"].size() == 1);  // the other label is outside of the root
  const Json& change = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
  CHECK(change["deletedRegion"]["startColumn"] == 10);
  CHECK(change["insertedContent"]["text"] == "high");

  // Twice the same text is told apart by its number, not by its line.
  const std::string one = result["partialFingerprints"]["primaryLocationLineHash"];
  const std::string two = run["results"][1]["partialFingerprints"]["primaryLocationLineHash"];
  CHECK(one.ends_with(":1"));
  CHECK(two == one.substr(0, one.size() - 1) + "2");

  // What has no place in the repository is a notification; an error among them means that the run failed.
  CHECK(run["invocations"][0]["toolConfigurationNotifications"].size() == 2);
  CHECK(run["invocations"][0]["executionSuccessful"] == false);
}

TEST_CASE("a clean check has empty results", "[diagnostics]") {
  const base::SourceManager sources;
  const Json run = Json::parse(report::write_diagnostics_sarif({}, sources, "0.1.0", 0))["runs"][0];
  CHECK(run["results"].is_array());
  CHECK(run["results"].empty());
  CHECK(run["invocations"][0]["executionSuccessful"] == true);
}

// POLC_UPDATE=1 writes the page instead of comparing it.
TEST_CASE("docs/diagnostics.md is made from the registry", "[diagnostics]") {
  const std::string path = std::string(POLC_SOURCE_DIR) + "/docs/diagnostics.md";
  const std::string expected = report::diagnostics_reference();
  if (const char* update = std::getenv("POLC_UPDATE"); update != nullptr && std::string_view(update) == "1") {
    std::ofstream(path, std::ios::binary) << expected;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  const bool same = text.str() == expected;
  INFO(
      "docs/diagnostics.md is stale: run 'POLC_UPDATE=1 build/dev/tests/unit/report/test_report "
      "[diagnostics]'");
  CHECK(same);
}

TEST_CASE("every kind of diagnostic is in the reference, with its help", "[diagnostics]") {
  const std::string page = report::diagnostics_reference();
  for (const base::DiagnosticInfo& info : base::diagnostic_registry()) {
    INFO(info.name);
    CHECK(page.find("### " + base::code_text(info.code) + " " + std::string(info.name) + "\n") !=
          std::string::npos);
    CHECK_FALSE(info.help.empty());
    CHECK_FALSE((info.message.front() >= 'A' && info.message.front() <= 'Z' && info.message[1] >= 'a'));
    CHECK(info.message.back() != '.');
  }
}
