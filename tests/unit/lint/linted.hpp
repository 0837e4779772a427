// Lint of policy texts.
#pragma once

#include "authoring/lint/lint.hpp"
#include "runtime/value/time.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/compiler/compiled.hpp"

namespace polc::test {

/// "POL6200 POL6212": what lint says of a policy with these declarations on 2026-11-22, in the order of the text.
inline std::string linted(const std::string& declarations) {
  const Compiled compiled = compile_text(kHeader + declarations);
  INFO(declarations);
  INFO(base::render_diagnostics(compiled.diagnostics, compiled.sources, {}));
  REQUIRE(compiled.program);
  base::DiagnosticSink sink;
  lint::lint(*compiled.program, compiled.sources, {}, *value::parse_instant("2026-11-22"), sink);
  std::string codes;
  for (const base::Diagnostic& d : sink.sorted())
    codes += (codes.empty() ? "" : " ") + base::code_text(d.code);
  return codes;
}

/// One control with these clauses.
inline std::string control(const std::string& id, const std::string& clauses) {
  return "control \"" + id + "\" \"t\" {\n  " + clauses + "\n}\n";
}

}  // namespace polc::test
