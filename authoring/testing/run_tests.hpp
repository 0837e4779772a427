// Runs tests and says which expectations hold.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "authoring/testing/bench.hpp"
#include "authoring/testing/coverage.hpp"
#include "authoring/testing/mutate.hpp"

namespace polc::authoring {

struct ExpectationResult {
  std::string control;   ///< its id
  std::string expected;  ///< a word of compiler::verdict_words()
  std::string actual;
  std::string because;  ///< text that the explanation must hold; "" for none
  bool because_found = true;
  std::string explanation;  ///< why the control has its verdict, where the expectation does not hold
  base::Span span;

  bool holds() const { return expected == actual && because_found; }

  /// What was expected and what is: "CWA-PORT-40: expected pass, but it is fail". One line, escaped.
  std::string in_words() const;
};

struct CaseResult {
  std::string name;
  base::Span span;
  std::vector<ExpectationResult> expectations;

  bool passed() const;
};

/// A policy and the results of its tests, in source order.
struct SuiteResult {
  std::string policy;  ///< id
  std::string file;    ///< as reports name it
  std::vector<CaseResult> cases;
  std::optional<Coverage> coverage;        ///< where it was asked for
  std::optional<MutationResult> mutation;  ///< likewise, and the tests pass

  std::size_t failures() const;
};

/// "not_applicable": the verdict as tests write it.
std::string_view verdict_word(evaluate::Verdict verdict);

CaseResult run_case(const Stand& stand);

/// The expression of every requirement that did not hold (of the guard, where that decided) with its values, and what is
/// unknown; all of them for a pass. `width` columns.
std::string explanation_text(const Stand& stand, const evaluate::ControlResult& result, std::size_t width);

}  // namespace polc::authoring
