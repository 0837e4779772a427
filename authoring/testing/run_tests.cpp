#include "authoring/testing/run_tests.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/escape.hpp"
#include "runtime/evaluate/evaluate.hpp"
#include "runtime/evaluate/explain.hpp"
#include "runtime/evaluate/render_explanation.hpp"

namespace polc::authoring {
namespace {

using evaluate::ControlResult;
using evaluate::Verdict;
using value::Truth;

constexpr std::size_t kUnbroken =
    100'000;  // columns: `because` texts are looked for in lines that are not wrapped
constexpr std::size_t kShownWidth = 100;

ExpectationResult judge(const Stand& stand, const compiler::Expectation& expected,
                        const ControlResult& result) {
  ExpectationResult judged;
  judged.control = stand.program->text(stand.program->controls[expected.control].id);
  judged.expected = expected.verdict;
  judged.actual = verdict_word(result.verdict);
  judged.because = expected.because;
  judged.span = expected.span;
  if (!expected.because.empty())
    judged.because_found =
        explanation_text(stand, result, kUnbroken).find(expected.because) != std::string::npos;
  if (!judged.holds()) judged.explanation = explanation_text(stand, result, kShownWidth);
  return judged;
}

}  // namespace

std::string ExpectationResult::in_words() const {
  if (expected != actual) return fmt::format("{}: expected {}, but it is {}", control, expected, actual);
  if (because_found) return fmt::format("{} is {}", control, actual);
  return fmt::format("{} is {}, but its explanation does not say \"{}\"", control, actual,
                     base::visible(because));
}

bool CaseResult::passed() const {
  return std::all_of(expectations.begin(), expectations.end(), [](const auto& e) { return e.holds(); });
}

std::size_t SuiteResult::failures() const {
  return static_cast<std::size_t>(
      std::count_if(cases.begin(), cases.end(), [](const CaseResult& c) { return !c.passed(); }));
}

std::string_view verdict_word(Verdict verdict) {
  return verdict == Verdict::NotApplicable ? "not_applicable" : evaluate::verdict_name(verdict);
}

CaseResult run_case(const Stand& stand) {
  CaseResult result{stand.test->name, stand.test->span, {}};
  const evaluate::Evaluation evaluation = evaluate::evaluate(*stand.program, *stand.facts, stand.options);
  for (const compiler::Expectation& expected : stand.test->expectations) {
    const auto found = std::find_if(evaluation.controls.begin(), evaluation.controls.end(),
                                    [&](const ControlResult& c) { return c.control == expected.control; });
    result.expectations.push_back(judge(stand, expected, *found));
  }
  return result;
}

std::string explanation_text(const Stand& stand, const ControlResult& result, std::size_t width) {
  const auto explained = evaluate::explain(*stand.program, *stand.facts, stand.options, result);
  const evaluate::ExplanationStyle style{.color = false, .width = width, .indent = 0, .label = true};
  std::string text;
  if (explained.guard && (result.guard != Truth::True || result.verdict == Verdict::Pass))
    text += render_explanation(*explained.guard, *stand.facts, style);
  for (const evaluate::Explanation& require : explained.requires_) {
    if (require.truth == Truth::True && result.verdict != Verdict::Pass) continue;
    text += render_explanation(require, *stand.facts, style);
  }
  for (const value::Unknown& unknown : result.unknowns) {
    const std::string detail = unknown.detail.empty() ? std::string() : ": " + unknown.detail;
    text += fmt::format(
        "unknown: {}\n",
        base::visible(fmt::format("{} ({}{})", unknown.address, value::reason_text(unknown.reason), detail)));
  }
  return text;
}

}  // namespace polc::authoring
