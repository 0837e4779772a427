#include <fmt/format.h>

#include <algorithm>

#include "authoring/testing/report.hpp"
#include "runtime/report/junit/document.hpp"

namespace polc::authoring {
namespace {

namespace junit = report::junit;

junit::Case case_of(const SuiteResult& suite, const CaseResult& result, const base::SourceManager& sources) {
  junit::Case test;
  test.classname = suite.policy;
  test.name = result.name;
  if (const base::SourceBuffer* buffer = sources.find(result.span.file)) {
    test.file = buffer->name();
    test.line = buffer->position(result.span.begin).line;
  }
  if (result.passed()) return test;
  test.outcome = junit::Outcome::Failed;
  test.type = "expectation";
  for (const ExpectationResult& expected : result.expectations) {
    if (expected.holds()) continue;
    if (test.message.empty()) test.message = expected.in_words();
    test.details += expected.in_words() + "\n\n" + expected.explanation + '\n';
  }
  return test;
}

}  // namespace

std::string write_tests_junit(const std::vector<SuiteResult>& suites, const base::SourceManager& sources) {
  std::vector<junit::Suite> all;
  for (const SuiteResult& result : suites) {
    junit::Suite suite{.name = result.file, .hostname = {}, .properties = {}, .cases = {}};
    for (const CaseResult& test : result.cases) suite.cases.push_back(case_of(result, test, sources));
    all.push_back(std::move(suite));
  }
  return junit::write_document("polc test", all);
}

}  // namespace polc::authoring
