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

/// Modules that are all blanks; with the policy they have `bytes` together.
std::string codes_of_bytes(std::size_t bytes) {
  std::map<std::string, std::string> files;
  std::string policy = kHeader + "control \"U-1\" \"t\" { require host.build > 1 }\n";
  const std::size_t modules = limits::kPolicyBytes / limits::kSourceBytes;
  for (std::size_t i = 0; i < modules; ++i) policy += fmt::format("use \"./m{}.pol\"\n", i);
  std::size_t left = bytes - policy.size();
  for (std::size_t i = 0; i < modules; ++i) {
    const std::size_t size = std::min(left, limits::kSourceBytes);
    files[fmt::format("/repo/m{}.pol", i)] = std::string(size, ' ');
    left -= size;
  }
  return compile_text(policy, files).codes();
}

/// A control in which the last literal is part number `count`: a helper that uses an argument of 500 parts 520
/// times, and a set of literals.
std::string codes_of_parts(std::size_t count) {
  constexpr std::size_t kFactParts = 2;  // the resource, and its attribute
  constexpr std::size_t kUses = 520;
  constexpr std::size_t kArgument = 500;
  std::string argument = "-host.build";
  for (std::size_t i = 1; i < kArgument / 2; ++i) argument += " + host.build";
  const std::size_t argument_parts =
      kArgument + kArgument / 2 + 1;                     // the resources, and the 0 of the negation
  const std::size_t used = kUses * (1 + kArgument) + 3;  // literal, set, comparison
  const std::size_t literals =
      count - 1 - argument_parts - used - kFactParts;  // 1 is the expression in error
  std::string uses = "x", elements = "0";
  for (std::size_t i = 1; i < kUses; ++i) uses += ", x";
  for (std::size_t i = 1; i < literals; ++i) elements += fmt::format(", {}", i);
  return compile_text(
             fmt::format("{}def used(x: int) = 1 in {{{}}}\ncontrol \"U-1\" \"t\" {{\n  require used({})\n"
                         "  require host.build in {{{}}}\n}}\n",
                         kHeader, uses, argument, elements))
      .codes();
}

std::string controls(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("control \"{}\" \"t\" {{manual \"m\"}}\n", i);
  return text;
}

std::string codes_of_controls(std::size_t count) {
  return compile_text(kHeader + controls(count)).codes();
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

TEST_CASE("bytes of one policy") {
  CHECK(codes_of_bytes(limits::kPolicyBytes) == "");
  CHECK(codes_of_bytes(limits::kPolicyBytes + 1) == "POL2008");
}

TEST_CASE("controls of one policy") {
  CHECK(codes_of_controls(limits::kControls) == "");
  CHECK(codes_of_controls(limits::kControls + 1) == "POL2042");
}

TEST_CASE("profiles of one policy") {
  const auto codes_of = [](std::size_t count) {
    std::string text = kHeader + controls(1);
    for (std::size_t i = 0; i < count; ++i) text += fmt::format("profile \"p{}\" {{}}\n", i);
    return compile_text(text).codes();
  };
  CHECK(codes_of(limits::kProfiles) == "");
  CHECK(codes_of(limits::kProfiles + 1) == "POL2455");
}

TEST_CASE("controls that patterns are compared with") {
  constexpr std::size_t kEach = 2048;
  static_assert(kEach * kEach == limits::kTargetTests);
  std::string text = kHeader + controls(kEach) + "profile \"p\" {\n  exclude \"1\"";
  for (std::size_t i = 1; i < kEach; ++i) text += ", \"2047*\"";
  CHECK(compile_text(text + "\n}\n").codes() == "");
  for (std::size_t i = 1; i < kEach; ++i) text += ", \"2\"";
  CHECK(compile_text(text + "\n}\n").codes() == "");
  CHECK(compile_text(text + ", \"2\"\n}\n").codes() == "POL2464");
}

TEST_CASE("length of a pattern of ids") {
  const auto codes_of = [](std::size_t length) {
    return compile_text(kHeader + controls(1) + "profile \"p\" { exclude \"0" + std::string(length - 1, '*') +
                        "\" }\n")
        .codes();
  };
  CHECK(codes_of(limits::kPatternCharacters) == "");
  CHECK(codes_of(limits::kPatternCharacters + 1) == "POL2463");
}

TEST_CASE("depth of an expression") {
  const auto codes_of = [](std::size_t depth) {
    std::string sum = "host.build";
    for (std::size_t level = 2; level < depth; ++level) sum += " + host.build";
    return compile_text(policy_with(sum + " > 1")).codes();
  };
  CHECK(codes_of(limits::kExpressionDepth) == "");
  CHECK(codes_of(limits::kExpressionDepth + 1) == "POL2032");
}

TEST_CASE("parts of a control") {
  CHECK(codes_of_parts(limits::kExpressionNodes) == "");
  CHECK(codes_of_parts(limits::kExpressionNodes + 1) == "POL2033");
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
