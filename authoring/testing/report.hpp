// Results of tests for people and for other programs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "authoring/testing/run_tests.hpp"
#include "runtime/base/source.hpp"

namespace polc::authoring {

struct TestReportStyle {
  bool color = false;
  bool quiet = false;    ///< the last line alone
  bool verbose = false;  ///< tests that passed, too
};

/// Failed tests with what was expected and why it is otherwise, and a line of summary. Ends with a line feed.
std::string write_tests_terminal(const std::vector<SuiteResult>& suites, const base::SourceManager& sources,
                                 const TestReportStyle& style);

/// JUnit XML: one suite for each file, one case for each test. Ends with a line feed.
std::string write_tests_junit(const std::vector<SuiteResult>& suites, const base::SourceManager& sources);

/// "polc-tests/1" (docs/testing.md). Ends with a line feed.
std::string write_tests_json(const std::vector<SuiteResult>& suites, const base::SourceManager& sources);

}  // namespace polc::authoring
