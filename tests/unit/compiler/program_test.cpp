// What the program carries besides its conditions: places, excerpts, sharing, determinism.
#include "runtime/ir/program.hpp"

#include <fmt/format.h>

#include "runtime/base/hash.hpp"
#include "runtime/ir/serialise.hpp"
#include "runtime/ir/verify.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/compiler/compiled.hpp"

using namespace polc;
using test::compile_text;
using test::kHeader;
using test::policy_with;

TEST_CASE("places are those of the text") {
  const auto compiled =
      compile_text(kHeader + "control \"U-1\" \"Title\" {\n  require host.name == \"\xC3\xA4\"\n}\n");
  REQUIRE(compiled.program);
  const ir::Program& program = *compiled.program;
  const ir::Control& control = program.controls.at(0);
  CHECK(program.text(control.requires_.at(0).excerpt) == "host.name == \"\xC3\xA4\"");
  const ir::SourceRange range = program.ranges[control.requires_.at(0).range];
  CHECK(range.line == 3);
  CHECK(range.column == 11);
  CHECK(range.end_column == 27);  // code points, not bytes
  const ir::SourceRange header = program.ranges[control.header];
  CHECK(header.line == 2);
  CHECK(header.end_column == 22);  // past the title
  CHECK(program.files.at(0).sha256 == base::sha256(compiled.sources.find(1)->text()));
}

TEST_CASE("every node lies in its clause, or in the helper that it is expanded from") {
  const auto compiled =
      compile_text(policy_with("quiet(443/tcp) and host.build > level",
                               "let level = 1 + 2\ndef quiet(p: port) = not port(p).listening\n"));
  REQUIRE(compiled.program);
  const ir::Program& program = *compiled.program;
  const ir::RangeId clause = program.controls.at(0).requires_.at(0).range;
  const auto lies_in = [&](ir::RangeId inner, std::uint32_t expansion) {
    const ir::SourceRange& outer =
        program.ranges[expansion == 0 ? clause : program.expansions[expansion].body];
    const ir::SourceRange& range = program.ranges[inner];
    return range.begin >= outer.begin && range.end <= outer.end;
  };
  for (const ir::Node& node : program.nodes) CHECK(lies_in(node.range, node.expansion));
  REQUIRE(program.expansions.size() == 3);
  for (std::size_t i = 1; i < program.expansions.size(); ++i)
    CHECK(lies_in(program.expansions[i].call, program.expansions[i].caller));
}

TEST_CASE("the program keeps what helpers say and how they were called") {
  const auto compiled = compile_text(policy_with("not reached(443/tcp) and same(host.build, {1, 2})",
                                                 "def reached(p: port) = not shut(p)\n"
                                                 "def shut(q: port) = port(q).listening == false\n"
                                                 "def same(n: int, all_of: set of int) = n in all_of\n"));
  REQUIRE(compiled.program);
  const ir::Program& program = *compiled.program;
  std::vector<std::string> seen;
  for (std::size_t i = 1; i < program.expansions.size(); ++i) {
    const ir::Expansion& e = program.expansions[i];
    seen.push_back(fmt::format("{} in {}: {}{}", program.text(e.title), e.caller, e.negated ? "not " : "",
                               program.text(e.excerpt)));
  }
  CHECK(seen == std::vector<std::string>{"reached(p: 443/tcp) in 0: not not shut(p)",
                                         "shut(q: 443/tcp) in 1: port(q).listening == false",
                                         "same(n: host.build, all_of: {1, 2}) in 0: n in all_of"});
}

TEST_CASE("spellings of one object are one address") {
  const auto compiled = compile_text(policy_with(
      "all { registry('HKLM\\SOFTWARE\\X', 'a') == 1, registry('hklm:\\software\\x\\', 'A') == 2, "
      "registry('HKEY_LOCAL_MACHINE\\Software\\X', 'a') is present }"));
  REQUIRE(compiled.program);
  CHECK(compiled.program->addresses.size() == 1);
}

TEST_CASE("only the settings that are used are in the program") {
  const auto compiled = compile_text(policy_with(
      "gpo(\"User Rights Assignment/Act as part of the operating system\") == {}", "use std.gpo\n"));
  REQUIRE(compiled.program);
  CHECK(compiled.program->settings.size() == 1);
}

TEST_CASE("equal texts give equal bytes") {
  const std::string text =
      policy_with("any { host.role == dc, all u in users: u is resolved }", "param a: int = 1\n");
  const auto first = compile_text(text);
  const auto second = compile_text(text);
  REQUIRE(first.program);
  REQUIRE(second.program);
  CHECK(ir::serialise(*first.program) == ir::serialise(*second.program));
}

TEST_CASE("what a policy says of itself") {
  const auto compiled = compile_text(
      "policy \"a.b\" \"T\" {\n  version \"2.0\"\n  description \"d\"\n  source \"s\"\n  language 1\n"
      "  evidence_max_age 30d\n  allow_network true\n}\n\n/// Why.\n/// More.\ncontrol \"U-1\" \"t\" { "
      "require host.build > 1 }\n");
  REQUIRE(compiled.program);
  const ir::Program& program = *compiled.program;
  CHECK(program.text(program.policy.id) == "a.b");
  CHECK(program.text(program.policy.version) == "2.0");
  CHECK(program.text(program.policy.description) == "d");
  CHECK(program.text(program.policy.source) == "s");
  CHECK(program.policy.evidence_max_age == 30U * 86400U);
  CHECK(program.policy.allow_network);
  CHECK(program.text(program.controls.at(0).description) == "Why.\nMore.");
}

TEST_CASE("a policy permits no probes unless it says so") {
  for (const char* field : {"", "allow_network false"}) {
    const auto compiled = compile_text("policy \"a.b\" \"T\" { version \"1.0\" " + std::string(field) +
                                       " }\ncontrol \"U-1\" \"t\" { require host.build > 1 }\n");
    REQUIRE(compiled.program);
    CHECK_FALSE(compiled.program->policy.allow_network);
  }
}

TEST_CASE("waivers find controls by their former ids") {
  const auto compiled =
      compile_text(kHeader +
                   "control \"NEW\" \"t\" {\n  formerly \"OLD\"\n  require host.build > 1\n}\n"
                   "waive \"old\" on host \"*\" until 2027-01-31 { reason \"r\" owner \"o\" }\n");
  REQUIRE(compiled.program);
  REQUIRE(compiled.program->waivers.size() == 1);
  CHECK(compiled.program->waivers[0].controls == std::vector<std::uint32_t>{0});
}

TEST_CASE("a parameter's value and origin are in the program") {
  const auto compiled = compile_text(policy_with("host.build > a", "param a: int in 1..9 = 1 \"Doc\"\n"), {},
                                     {{"a", "5", "polc.yaml:3"}});
  REQUIRE(compiled.program);
  const ir::Program& program = *compiled.program;
  REQUIRE(program.parameters.size() == 1);
  CHECK(program.text(program.parameters[0].origin) == "polc.yaml:3");
  CHECK(program.text(program.parameters[0].domain) == "1..9");
  CHECK(value::to_text(program.constants[program.parameters[0].value]) == "5");
}

TEST_CASE("an error in one declaration does not hide those of others") {
  const auto compiled = compile_text(kHeader + "let = 1\ncontrol \"A\" \"t\" { require nope }\n" +
                                     "control \"B\" \"t\" { require host.buidl > 1 }\n");
  CHECK(compiled.diagnostics.size() == 3);
}

TEST_CASE("hard-to-expand policies end in time") {
  // Each constant stands for a set of the next one, twice: expanded in full, this would not end.
  std::string text;
  for (int i = 0; i < 60; ++i) text += fmt::format("let a{} = a{} | a{}\n", i, i + 1, i + 1);
  text += "let a60 = {Administrators}\n";
  const auto compiled = compile_text(policy_with("user_right(SeTcbPrivilege) == a0", text));
  CHECK(compiled.codes() == "POL2033");
}
