// Controls of a policy text, asked by position.
#pragma once

#include "authoring/analysis/analysis.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/compiler/compiled.hpp"

namespace polc::test {

/// A policy with these declarations.
inline ir::Program policy(const std::string& declarations) {
  const Compiled compiled = compile_text(kHeader + declarations);
  INFO(declarations);
  INFO(base::render_diagnostics(compiled.diagnostics, compiled.sources, {}));
  REQUIRE(compiled.program);
  return *compiled.program;
}

/// One control with these clauses.
inline std::string control(const std::string& id, const std::string& clauses) {
  return "control \"" + id + "\" \"t\" {\n  " + clauses + "\n}\n";
}

inline ir::Program requiring(const std::string& condition) {
  return policy(control("A", "require " + condition));
}

inline analysis::Finding ask(const ir::Program& program, analysis::Outcome outcome) {
  return analysis::solve({{{&program, 0}, outcome}});
}

inline std::string answer_text(const analysis::Finding& finding) {
  switch (finding.answer) {
    case analysis::Answer::Found:
      return analysis::to_text(finding.host);
    case analysis::Answer::Never:
      return "never";
    default:
      return "undetermined: " + finding.reason;
  }
}

inline std::string relation_text(analysis::Relation relation) {
  constexpr const char* kNames[] = {"equal", "stricter", "looser", "incomparable", "undetermined"};
  return kNames[static_cast<std::size_t>(relation)];
}

}  // namespace polc::test
