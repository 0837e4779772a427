#include <nlohmann/json.hpp>

#include "runtime/base/diagnostics/report.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/report/sarif/sarif.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/report/sample.hpp"

using namespace polc;
using evaluate::Verdict;

namespace {

constexpr std::string_view kId = "0123456789abcdef0123456789abcdef";

std::string log_with(const std::string& result) {
  return R"({"version":"2.1.0","runs":[{"automationDetails":{"id":"polc/a/b/"},"results":[)" + result +
         "]}]}";
}

std::string fingerprinted(const std::string& rest) {
  return R"({"partialFingerprints":{"polcControl/v1":")" + std::string(kId) + "\"}" +
         (rest.empty() ? "" : "," + rest) + "}";
}

}  // namespace

TEST_CASE("both profiles can be read back as a baseline", "[baseline]") {
  const test::Sample sample;
  base::DiagnosticSink warnings;
  struct Row {
    report::SarifProfile profile;
    std::vector<Verdict> verdicts;  ///< in the order of controls that have a result
  };
  const Row rows[]{{report::SarifProfile::GitHub, {Verdict::Fail, Verdict::Unknown, Verdict::Review}},
                   {report::SarifProfile::Full,
                    {Verdict::Fail, Verdict::Pass, Verdict::Unknown, Verdict::NotApplicable, Verdict::Review,
                     Verdict::Waived}}};
  for (const Row& row : rows) {
    const auto text = report::write_sarif({sample.report()}, {row.profile, false}, warnings);
    REQUIRE(text);
    const auto baseline = report::read_baseline(*text, "old.sarif");
    REQUIRE(baseline);
    report::RunReport report = sample.report();
    report.baseline = &*baseline;
    std::vector<Verdict> read;
    for (const ir::Control& control : sample.program.controls) {
      if (const auto* entry = report::baseline_entry(report, control)) {
        CHECK(entry->rule == sample.program.text(control.id));
        CHECK(entry->uri == "policies/acme%20hosts.pol");
        CHECK(entry->line > 0);
        read.push_back(entry->verdict);
      }
    }
    CHECK(read == row.verdicts);
  }
}

TEST_CASE("verdicts of logs that polc did not write follow kind and suppressions", "[baseline]") {
  struct Row {
    const char* members;
    Verdict verdict;
  };
  const Row rows[]{{"", Verdict::Fail},
                   {R"("kind":"fail")", Verdict::Fail},
                   {R"("kind":"pass")", Verdict::Pass},
                   {R"("kind":"open")", Verdict::Unknown},
                   {R"("kind":"review")", Verdict::Review},
                   {R"("kind":"notApplicable")", Verdict::NotApplicable},
                   {R"("kind":"informational")", Verdict::Pass},
                   {R"("kind":"fail","suppressions":[])", Verdict::Fail},
                   {R"("kind":"fail","suppressions":[{"kind":"external"}])", Verdict::Waived},
                   {R"("kind":7,"properties":{"verdict":"nonsense"})", Verdict::Fail}};
  for (const Row& row : rows) {
    const auto baseline = report::read_baseline(log_with(fingerprinted(row.members)), "x");
    REQUIRE(baseline);
    CHECK(baseline->runs.at("polc/a/b/").at(std::string(kId)).verdict == row.verdict);
  }
}

TEST_CASE("results without a fingerprint, and those that were absent, are skipped", "[baseline]") {
  const std::string results[]{
      "{}",
      "7",
      R"({"partialFingerprints":{"polcControl/v1":"short"}})",
      R"({"partialFingerprints":{"polcControl/v1":"0123456789ABCDEF0123456789abcdef"}})",
      R"({"partialFingerprints":[]})",
      fingerprinted(R"("baselineState":"absent")")};
  for (const std::string& result : results) {
    const auto baseline = report::read_baseline(log_with(result), "x");
    REQUIRE(baseline);
    CHECK(baseline->runs.at("polc/a/b/").empty());
  }
}

TEST_CASE("places of a baseline are repeated only if they are relative URIs", "[baseline]") {
  struct Row {
    const char* uri;
    const char* kept;
  };
  const Row rows[]{{"policies/a%20b.pol", "policies/a%20b.pol"},
                   {"../a.pol", ""},
                   {"/etc/passwd", ""},
                   {"https://evil.example/", ""},
                   {"file:///c:/x", ""},
                   {"a b", ""}};
  for (const Row& row : rows) {
    const std::string place = R"("locations":[{"physicalLocation":{"artifactLocation":{"uri":")" +
                              std::string(row.uri) + R"("},"region":{"startLine":3}}}])";
    const auto baseline = report::read_baseline(log_with(fingerprinted(place)), "x");
    REQUIRE(baseline);
    CHECK(baseline->runs.at("polc/a/b/").at(std::string(kId)).uri == row.kept);
  }
}

TEST_CASE("what is no SARIF log is refused with the reason", "[baseline]") {
  const std::string texts[]{"",
                            "not json",
                            "[]",
                            "{}",
                            R"({"version":"2.0.0","runs":[]})",
                            R"({"version":"2.1.0"})",
                            R"({"version":"2.1.0","runs":7})",
                            "{\"version\":\"2.1.0\",\"runs\":[\xff]}"};
  for (const std::string& text : texts) {
    const auto baseline = report::read_baseline(text, "x");
    REQUIRE_FALSE(baseline);
    CHECK(baseline.error().code == diag::BaselineNotSarif::kCode);
  }
  CHECK(report::read_baseline(R"({"version":"2.1.0","runs":[null,7,{"results":null},{"results":{}}]})", "x"));
}

TEST_CASE("a baseline is bounded in size, depth and results", "[baseline]") {
  const std::string spaces(limits::kBaselineBytes, ' ');
  const auto large = report::read_baseline(spaces + ' ', "x");
  REQUIRE_FALSE(large);
  CHECK(large.error().code == diag::BaselineTooLarge::kCode);
  const auto blank = report::read_baseline(spaces, "x");
  CHECK(blank.error().code == diag::BaselineNotSarif::kCode);

  const auto nested = [](std::size_t depth) {
    return log_with(fingerprinted("\"properties\":" + std::string(depth, '[') + std::string(depth, ']')));
  };
  constexpr std::size_t kAround = 5;  // log, runs, run, results, result
  CHECK(report::read_baseline(nested(64 - kAround - 1), "x"));
  for (const std::size_t depth : {64 - kAround + 1, std::size_t{1'000'000}}) {
    const auto deep = report::read_baseline(nested(depth), "x");
    REQUIRE_FALSE(deep);
    CHECK(base::message_of(deep.error()).find("nests too deeply") != std::string::npos);
  }

  std::string many = "{}";
  for (std::size_t i = 1; i < limits::kBaselineResults; ++i) many += ",{}";
  CHECK(report::read_baseline(log_with(many), "x"));
  const auto too_many = report::read_baseline(log_with(many + ",{}"), "x");
  REQUIRE_FALSE(too_many);
  CHECK(too_many.error().code == diag::BaselineTooManyResults::kCode);
}
