// The tests of a policy (docs/language.md, "test"), checked and expanded: what authoring/testing runs. They stand beside
// the program and are no part of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/span.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::compiler {

/// A parameter value that replaces the policy's own default.
struct Override {
  std::string name;
  std::string value;   ///< in policy syntax; text may stand without quotes
  std::string origin;  ///< where it was written, for messages and reports: "--set", "polc.yaml:7"
};

/// `fact = value`: takes the place of what was derived.
struct FactChange {
  value::Address address;
  value::Fact fact;
  base::Span span;
};

struct Expectation {
  std::uint32_t control = 0;  ///< index into Program::controls
  std::string verdict;        ///< a word of verdict_words()
  std::string because;        ///< text that the explanation must hold; "" for none
  base::Span span;
};

/// What one run evaluates: the `expect`s of a test, or one row of its `cases`.
struct TestCase {
  std::string name;  ///< title of the test; of a row with its control and values
  base::Span span;   ///< the title, or the row
  std::optional<std::string>
      snapshot;      ///< relative to the root as the file's folder and the path give it, unchecked
  base::Span given;  ///< of the snapshot's path
  std::optional<std::int64_t> at;    ///< seconds since 1970, UTC
  std::vector<Override> parameters;  ///< the last of a name counts
  std::vector<FactChange> changes;   ///< the last of an address counts
  std::vector<Expectation> expectations;
};

/// A mutant that no test can tell from the policy, and why.
struct EquivalentMutant {
  std::string mutant;
  std::string reason;
  base::Span span;
};

struct Tests {
  std::vector<TestCase> cases;  ///< module by module, in source order
  std::vector<EquivalentMutant> equivalents;
};

/// "pass", "fail", "unknown", "not_applicable", "review", "waived".
const std::vector<std::string_view>& verdict_words();

}  // namespace polc::compiler
