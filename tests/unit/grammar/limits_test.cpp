// Every bound at N and at N + 1, on every rule that recurses.
#include "runtime/base/limits.hpp"

#include <string>
#include <vector>

#include "tests/unit/catch.hpp"
#include "tests/unit/grammar/support.hpp"

using namespace polc::grammar::test;
namespace limits = polc::limits;

namespace {

/// `opening` n times, the core, `closing` n times. `levels` is how deep the core itself is.
struct Nest {
  std::string name;
  std::string opening;
  std::string core;
  std::string closing;
  std::size_t levels = 0;
};

const std::vector<Nest> kNests{
    {"parentheses", "(", "x", ")"},
    {"lists", "[", "x", "]"},
    {"empty lists", "[", "", "]"},
    {"empty sets", "{", "", "}"},
    {"empty blocks", "any {", "", "}"},
    {"sets", "{", "x", "}"},
    {"maps", "{k: ", "x", "}"},
    {"map keys", "{", "x", ": v}"},
    {"not", "not ", "x", ""},
    {"minus", "-", "x", ""},
    {"calls", "f(", "x", ")"},
    {"named arguments", "f(a: ", "x", ")"},
    {"indices", "m[", "x", "]"},
    {"chained indices", "", "m", "[x]"},
    {"chained members", "", "m", ".x"},
    {"chained calls", "", "f", "()"},
    {"rights", "Modify on {", "x", "}"},
    {"implications", "a => ", "x", ""},
    {"quantifiers", "all x in c: ", "x", ""},
    {"all blocks", "all { ", "x", " }"},
    {"any blocks", "any { ", "x", " }"},
    {"by blocks", "by a { b: ", "x", " }"},
    {"parentheses and not", "not (", "x", ")", 0},
};

std::size_t levels_per_repetition(const Nest& nest) {
  return nest.name == "parentheses and not" ? 2 : 1;
}

std::string nested(const Nest& nest, std::size_t times) {
  return "let it = " + repeat(nest.opening, times) + nest.core + repeat(nest.closing, times);
}

}  // namespace

TEST_CASE("nesting is capped on every recursive rule of expressions") {
  for (const Nest& nest : kNests) {
    INFO(nest.name);
    const std::size_t most = limits::kNesting / levels_per_repetition(nest);
    CHECK(parse_text(nested(nest, most)).codes().empty());
    CHECK(parse_text(nested(nest, most + 1)).codes() == "POL1039");
    CHECK(parse_text(nested(nest, 5000)).codes() == "POL1039");
  }
}

TEST_CASE("nesting is capped in types and fields") {
  const auto type = [](std::size_t n) { return "param p: " + repeat("set of ", n) + "int"; };
  CHECK(parse_text(type(limits::kNesting - 1)).codes().empty());
  CHECK(parse_text(type(limits::kNesting)).codes() == "POL1039");

  const auto fields = [](std::size_t n) {
    return "setting 's' { " + repeat("f 1 { ", n) + repeat("}", n) + " }";
  };
  CHECK(parse_text(fields(limits::kNesting)).codes().empty());
  CHECK(parse_text(fields(limits::kNesting + 1)).codes() == "POL1039");
}

TEST_CASE("a tree is never taller than its text is deep, however chains and brackets mix") {
  // 64 parentheses, each followed by a member, would make a tree of 128 levels.
  const std::string mixed = repeat("(", 64) + "x" + repeat(").m", 64);
  CHECK(parse_text("let it = " + mixed).codes() == "POL1039");
  const std::string half = repeat("(", 32) + "x" + repeat(").m", 32);
  CHECK(parse_text("let it = " + half).codes().empty());
}

TEST_CASE("errors of depth do not multiply") {
  const Parsed parsed =
      parse_text("let a = " + repeat("(", 65) + "x" + repeat(")", 65) + "\nlet b = )\nlet c = 1");
  CHECK(parsed.codes() == "POL1039 POL1030");
}

TEST_CASE("the parts of one list or chain are capped, flat or not") {
  struct Chain {
    std::string name;
    std::string first;
    std::string next;
    std::string last;
  };
  const std::vector<Chain> chains{
      {"list", "[a", ", a", "]"},
      {"map", "{a: 1", ", a: 1", "}"},
      {"and", "a", " and a", ""},
      {"sum", "a", " + a", ""},
  };
  for (const Chain& chain : chains) {
    INFO(chain.name);
    const auto text = [&](std::size_t n) {
      return "let it = " + chain.first + repeat(chain.next, n - 1) + chain.last;
    };
    CHECK(parse_text(text(limits::kOperands)).codes().empty());
    CHECK(parse_text(text(limits::kOperands + 1)).codes() == "POL1040");
  }
}

TEST_CASE("bodies of declarations are not capped") {
  const std::string body = repeat("require a\n", limits::kOperands + 1);
  CHECK(parse_text("control 'A' 'T' {\n" + body + "}").codes().empty());
}

TEST_CASE("strings are capped") {
  const std::string longest(limits::kStringBytes, 'a');
  for (const std::string quote : {"'", "\"", "\"\"\""}) {
    INFO(quote);
    CHECK(parse_text("let a = " + quote + longest + quote).codes().empty());
    CHECK(parse_text("let a = " + quote + longest + "a" + quote).codes() == "POL1015");
  }
}

TEST_CASE("files are capped") {
  CHECK(parse_text(std::string(limits::kSourceBytes, ' ')).codes().empty());
  CHECK(parse_text(std::string(limits::kSourceBytes + 1, ' ')).codes() == "POL1001");
}

TEST_CASE("a file of nothing but errors is left unread after the last one that is reported") {
  const Parsed parsed = parse_text(repeat("let = 1\n", 4 * limits::kSyntaxErrors));
  REQUIRE(parsed.diagnostics.size() == limits::kDiagnosticsPerFile + 1);
  CHECK(polc::base::message_of(parsed.diagnostics.back()) ==
        "900 more diagnostics in this file are not shown");
  CHECK(parse_text(std::string(limits::kSourceBytes, '\x01')).diagnostics.size() ==
        limits::kDiagnosticsPerFile + 1);
}

TEST_CASE("the tree grows with the text and not faster") {
  const std::string control = "control 'A' 'T' { severity high require registry('K', 'V') == 1 or absent }\n";
  const std::size_t once = parse_text(control).tree.size();
  const std::size_t often = parse_text(repeat(control, 1000)).tree.size();
  CHECK(often < 1000 * once);
  CHECK(sizeof(polc::grammar::Node) <= 24);
}
