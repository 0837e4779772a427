// The tests of a package: names, types and shape checked, rows of cases expanded.
#pragma once

#include "compiler/resolve/package.hpp"
#include "compiler/tests.hpp"
#include "compiler/types/checker.hpp"

namespace polc::compiler {

/// Tests of all modules outside the standard library. What is wrong goes to `sink`; the rest is in the result.
Tests lower_tests(const Package& package, Checker& checker, base::DiagnosticSink& sink);

}  // namespace polc::compiler
