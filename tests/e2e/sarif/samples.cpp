// Writes SARIF logs of hand-made runs into the folder given as argument: what the example hosts cannot show.
#include <cstdio>
#include <fstream>
#include <string>

#include "runtime/base/diagnostics/command.hpp"
#include "runtime/report/diagnostics/diagnostics.hpp"
#include "runtime/report/sarif/sarif.hpp"
#include "tests/unit/report/sample.hpp"

using namespace polc;

namespace {

class Folder {
 public:
  explicit Folder(std::string path) : path_(std::move(path)) {}

  void write(const std::string& name, const std::vector<report::RunReport>& reports,
             const report::SarifOptions& options) {
    base::DiagnosticSink warnings;
    const auto text = report::write_sarif(reports, options, warnings);
    if (!text) {
      std::fprintf(stderr, "%s: %s\n", name.c_str(), base::message_of(text.error()).c_str());
      failed_ = true;
      return;
    }
    write(name, *text);
  }

  void write(const std::string& name, const std::string& text) {
    std::ofstream out(path_ + "/" + name + ".sarif", std::ios::binary);
    out << text;
    failed_ = failed_ || !out;
  }

  bool failed() const { return failed_; }

 private:
  std::string path_;
  bool failed_ = false;
};

constexpr report::SarifOptions kGitHub{report::SarifProfile::GitHub, false};
constexpr report::SarifOptions kKept{report::SarifProfile::GitHub, true};
constexpr report::SarifOptions kFull{report::SarifProfile::Full, false};

void hostile(Folder& folder) {
  test::Sample sample;
  const std::string evil = "\x1b]0;x\x07 [click](javascript:alert(1)) {0} \xE2\x80\xAE \xff <script> | `x`";
  sample.facts.identity = {evil, evil, 1};
  sample.facts.origins[1].note = evil;
  sample.program.controls[0].title = sample.text(evil);
  sample.program.controls[0].because = sample.text(evil);
  sample.program.controls[0].fix = sample.text(evil);
  for (auto& [control, explanation] : sample.explanations) {
    for (auto& require : explanation.requires_) {
      for (auto& node : require.nodes) node.value = evil;
      require.remedies = {evil};
    }
  }
  sample.result("ACME-03").unknowns[0].detail = evil;
  folder.write("hostile", {sample.report()}, kGitHub);
  folder.write("hostile-full", {sample.report()}, kFull);
}

void baseline(Folder& folder) {
  test::Sample sample;
  base::DiagnosticSink warnings;
  const auto old = report::write_sarif({sample.report()}, kFull, warnings);
  auto before = report::read_baseline(*old, "old.sarif");
  before->runs.begin()->second["0123456789abcdef0123456789abcdef"] = {"ACME-99", evaluate::Verdict::Fail,
                                                                      "policies/old.pol", 7};
  sample.result("ACME-02").verdict = evaluate::Verdict::Fail;
  report::RunReport report = sample.report();
  report.baseline = &*before;
  folder.write("baseline", {report}, kGitHub);
  folder.write("baseline-full", {report}, kFull);
}

void with_provenance(Folder& folder) {
  const test::Sample sample;
  report::RunReport report = sample.report();
  report.version_control = report::VersionControl{"https://github.com/example/policies",
                                                  "0123456789abcdef0123456789abcdef01234567", "main"};
  report.started = report.as_of;
  report.finished = report.as_of + 1;
  report.notifications = {diag::NoTarget{}.at()};
  report.evidence_failed = true;
  folder.write("provenance", {report}, kGitHub);
}

void several_runs(Folder& folder) {
  const test::Sample first;
  test::Sample second;
  second.facts.identity.name = "automate02";
  second.evaluation.controls.clear();
  folder.write("several", {first.report(), second.report()}, kKept);
}

void diagnostics(Folder& folder) {
  base::SourceManager sources;
  sources.add("policies/a b.pol", "severity hihg\n\xF0\x9F\x98\x80 severity hihg\n");
  auto first = diag::BadOptionValue{.option = "severity", .value = "hihg", .expected = "high"}.at({1, 9, 13});
  first.labels = {{{1, 0, 8}, "of this clause"}};
  first.fixes = {{{1, 9, 13}, "high"}};
  auto second = diag::BadOptionValue{.option = "severity", .value = "[x](y)", .expected = ""}.at({1, 28, 32});
  folder.write("diagnostics",
               report::write_diagnostics_sarif({first, second, diag::NoTarget{}.at()}, sources, "0.1.0", 3));
  folder.write("diagnostics-clean", report::write_diagnostics_sarif({}, sources, "0.1.0", 0));
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 2) return 64;
  Folder folder(arguments[1]);
  const test::Sample sample;
  folder.write("sample", {sample.report()}, kGitHub);
  folder.write("sample-kept", {sample.report()}, kKept);
  folder.write("sample-full", {sample.report()}, kFull);
  hostile(folder);
  baseline(folder);
  with_provenance(folder);
  several_runs(folder);
  diagnostics(folder);
  return folder.failed() ? 1 : 0;
}
