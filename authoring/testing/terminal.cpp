#include <fmt/format.h>

#include "authoring/testing/report.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/paint.hpp"

namespace polc::authoring {
namespace {

using base::Ink;

class Writer {
 public:
  Writer(const base::SourceManager& sources, const TestReportStyle& style)
      : sources_(sources), style_(style) {}

  std::string write(const std::vector<SuiteResult>& suites) {
    std::size_t cases = 0, failures = 0;
    for (const SuiteResult& suite : suites) {
      cases += suite.cases.size();
      failures += suite.failures();
      if (style_.quiet) continue;
      write(suite);
      if (suite.coverage)
        out_ += coverage_table(*suite.coverage, style_.verbose) +
                coverage_listing(*suite.coverage, style_.verbose) + '\n';
      if (suite.mutation) out_ += mutation_text(*suite.mutation, style_.verbose) + '\n';
    }
    const std::string total = fmt::format("{} test{}", cases, cases == 1 ? "" : "s");
    out_ += failures == 0
                ? base::paint(style_.color, Ink::Good, total + " passed")
                : base::paint(style_.color, Ink::Error, fmt::format("{} of {} failed", failures, total));
    return out_ + '\n';
  }

 private:
  void write(const SuiteResult& suite) {
    if (suite.failures() == 0 && !style_.verbose) return;
    out_ += fmt::format("{}\n\n", base::visible(suite.file));
    for (const CaseResult& result : suite.cases) write(result);
  }

  void write(const CaseResult& result) {
    if (result.passed()) {
      if (style_.verbose)
        out_ += fmt::format("{}  {}\n", paint(Ink::Good, "ok  "), base::visible(result.name));
      return;
    }
    out_ += fmt::format("{}  {}\n", paint(Ink::Error, "FAIL"), base::visible(result.name));
    for (const ExpectationResult& expected : result.expectations) {
      if (!expected.holds()) write(expected);
    }
    out_ += '\n';
  }

  void write(const ExpectationResult& expected) {
    if (const base::SourceBuffer* buffer = sources_.find(expected.span.file)) {
      const base::LineColumn at = buffer->position(expected.span.begin);
      out_ += fmt::format(
          "      {}\n",
          paint(Ink::Faint, fmt::format("{}:{}:{}", base::visible(buffer->name()), at.line, at.column)));
    }
    out_ += fmt::format("      {}\n", expected.in_words());
    std::size_t begin = 0;
    while (begin < expected.explanation.size()) {
      const std::size_t end = expected.explanation.find('\n', begin);
      const std::string line = expected.explanation.substr(begin, end - begin);
      out_ += line.empty() ? "\n" : "        " + line + '\n';
      begin = end + 1;
    }
  }

  std::string paint(Ink ink, std::string_view text) const { return base::paint(style_.color, ink, text); }

  const base::SourceManager& sources_;
  const TestReportStyle& style_;
  std::string out_;
};

}  // namespace

std::string write_tests_terminal(const std::vector<SuiteResult>& suites, const base::SourceManager& sources,
                                 const TestReportStyle& style) {
  return Writer(sources, style).write(suites);
}

}  // namespace polc::authoring
