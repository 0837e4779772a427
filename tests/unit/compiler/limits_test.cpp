// Every bound of the compiler at N and N + 1.
#include "runtime/base/limits.hpp"

#include <fmt/format.h>

#include "runtime/base/diagnostics/syntax.hpp"
#include "runtime/ir/verify.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/compiler/compiled.hpp"

using namespace polc;
using test::compile_text;
using test::kHeader;
using test::policy_with;

namespace {

/// A chain of modules of which each uses the next; the policy is the first of `count`.
std::string codes_of_chain(std::size_t count) {
  std::map<std::string, std::string> files;
  for (std::size_t i = 1; i < count; ++i) {
    const std::string next = i + 1 < count ? fmt::format("use \"./m{}.pol\"\n", i + 1) : "";
    files[fmt::format("/repo/m{}.pol", i)] = next;
  }
  return compile_text(kHeader + "use \"./m1.pol\"\ncontrol \"U-1\" \"t\" { require host.build > 1 }\n", files)
      .codes();
}

/// Constants of which each is the next one plus one.
std::string codes_of_constants(std::size_t count) {
  std::string text;
  for (std::size_t i = 1; i < count; ++i) text += fmt::format("let a{} = a{} + 1\n", i, i + 1);
  text += fmt::format("let a{} = 1\n", count);
  return compile_text(policy_with("host.build > a1", text)).codes();
}

/// A helper that doubles its argument, applied `levels` times to something that cannot be folded.
test::Compiled doubled(std::size_t levels) {
  std::string text = "def d0(x: int) = x + x\n";
  for (std::size_t i = 1; i < levels; ++i)
    text += fmt::format("def d{}(x: int) = d{}(x) + d{}(x)\n", i, i - 1, i - 1);
  return compile_text(policy_with(fmt::format("d{}(host.build) > 1", levels - 1), text));
}

}  // namespace

TEST_CASE("files of one policy") {
  CHECK(codes_of_chain(limits::kModules) == "");
  CHECK(codes_of_chain(limits::kModules + 1) == "POL2007");
}

TEST_CASE("nested constants and helpers") {
  CHECK(codes_of_constants(limits::kInlineDepth) == "");
  CHECK(codes_of_constants(limits::kInlineDepth + 1) == "POL2031");
}

TEST_CASE("size of a control with its helpers expanded") {
  CHECK(doubled(4).codes() == "");
  CHECK(doubled(30).codes() == "POL2033");
}

TEST_CASE("an argument that is used twice is counted twice") {
  std::string call = "host.build";
  for (int i = 0; i < 30; ++i) call = "twice(" + call + ")";
  const auto compiled = compile_text(policy_with(call + " > 1", "def twice(x: int) = x + x\n"));
  CHECK(compiled.codes() == "POL2033");
}

TEST_CASE("depth that helpers hand on") {
  // Each helper adds 30 levels to its argument before it hands it on.
  std::string text;
  const std::size_t helpers = 12;
  for (std::size_t i = 0; i < helpers; ++i) {
    std::string argument = "x";
    for (int level = 0; level < 30; ++level) argument = "(" + argument + " + host.build)";
    text += i + 1 < helpers ? fmt::format("def h{}(x: int) = h{}({})\n", i, i + 1, argument)
                            : fmt::format("def h{}(x: int) = {}\n", i, argument);
  }
  CHECK(compile_text(policy_with("h0(host.build) > 1", text)).codes() == "POL2032");
}

TEST_CASE("choices multiply and are bounded") {
  const auto sum_of = [](int count) {
    std::string sum = "by host.role { dc: 1, member: 2, workgroup: 3 }";
    std::string all = sum;
    for (int i = 1; i < count; ++i) all += " + " + sum;
    return policy_with("host.build > " + all);
  };
  CHECK(compile_text(sum_of(3)).codes() == "");
  CHECK(compile_text(sum_of(20)).codes() == "POL2033");
}

TEST_CASE("length of a control id") {
  const auto codes_of = [](std::size_t length) {
    return compile_text(kHeader + "control \"" + std::string(length, 'a') +
                        "\" \"t\" { require host.build > 1 }\n")
        .codes();
  };
  CHECK(codes_of(limits::kControlId) == "");
  CHECK(codes_of(limits::kControlId + 1) == "POL2041");
}

TEST_CASE("quantifiers inside one another") {
  std::string condition = "host.build > 1";
  for (int i = 0; i < 60; ++i) condition = fmt::format("all u{} in users: {}", i, condition);
  const auto compiled = compile_text(policy_with(condition));
  CHECK(compiled.codes() == "");
  REQUIRE(compiled.program);
  CHECK(compiled.program->variable_count == 60);
  CHECK(ir::verify(*compiled.program, "program").has_value());
}

TEST_CASE("more diagnostics than are shown") {
  std::string text = kHeader + "control \"U-1\" \"t\" {\n";
  for (std::size_t i = 0; i < limits::kDiagnosticsPerFile + 5; ++i)
    text += fmt::format("  require nope{}\n", i);
  const auto compiled = compile_text(text + "}\n");
  CHECK(compiled.diagnostics.size() == limits::kDiagnosticsPerFile + 1);
  CHECK(compiled.diagnostics.back().code == diag::TooManyDiagnostics::kCode);
}
