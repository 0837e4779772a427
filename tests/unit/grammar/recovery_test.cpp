// One run reports every error, and one cause is one error.
#include <string>
#include <vector>

#include "tests/unit/catch.hpp"
#include "tests/unit/grammar/support.hpp"

using namespace polc::grammar;
using namespace polc::grammar::test;

namespace {

struct Case {
  std::string name;
  std::string text;
  std::string codes;
  std::string tree;
};

}  // namespace

TEST_CASE("parsing goes on behind an error") {
  const std::vector<Case> cases{
      {"declarations", "let a = )\nlet b = 1\nlet = 2\nlet c = 3", "POL1030 POL1030",
       "(File (Error) (Let (Word b) (Int 1)) (Error) (Let (Word c) (Int 3)))"},
      {"an unknown declaration with a block", "contrl 'A' 'T' {\n  require x\n}\nlet a = 1", "POL1041",
       "(File (Error) (Let (Word a) (Int 1)))"},
      {"a head", "control 'A' {\n  severity low\n  require all { x }\n}\nlet a = 1", "POL1030",
       "(File (Error) (Let (Word a) (Int 1)))"},
      {"clauses", "control 'A' 'T' {\n  require )\n  severity low\n  require = 1\n  require x\n}",
       "POL1030 POL1030",
       "(File (Control (RawString 'A') (RawString 'T') (Error) (Severity (Word low)) (Error) (Require (Name "
       "x))))"},
      {"clauses on one line", "control 'A' 'T' { require ) }\nlet a = 1", "POL1030",
       "(File (Control (RawString 'A') (RawString 'T') (Error)) (Let (Word a) (Int 1)))"},
      {"a misspelt clause behind a broken one",
       "control 'A' 'T' {\n  require )\n  sevrity low\n  require x\n}", "POL1030 POL1042",
       "(File (Control (RawString 'A') (RawString 'T') (Error) (Error) (Require (Name x))))"},
      {"continuation lines", "control 'A' 'T' {\n  require a =\n    b\n    and c\n  require x\n}", "POL1031",
       "(File (Control (RawString 'A') (RawString 'T') (Require (Name a)) (Error) (Require (Name x))))"},
      {"an open bracket in a clause", "control 'A' 'T' {\n  require x in {a, b\n  severity low\n}\nlet a = 1",
       "POL1034",
       "(File (Control (RawString 'A') (RawString 'T') (Error) (Severity (Word low))) (Let (Word a) (Int "
       "1)))"},
      {"a set over several lines",
       "control 'A' 'T' {\n  require x == {\n    a: 1\n    fix: 2\n  }\n  severity low\n}", "POL1030",
       "(File (Control (RawString 'A') (RawString 'T') (Error) (Severity (Word low))))"},
      {"a clause in a control in a control",
       "control 'A' 'T' {\n  control 'B' 'U' {\n    severity low\n  }\n  require x\n}\nlet a = 1", "POL1043",
       "(File (Control (RawString 'A') (RawString 'T') (Error) (Require (Name x))) (Let (Word a) (Int 1)))"},
      {"items of a group", "group 'G' {\n  contrl 'A' 'T' {\n    require x\n  }\n  control 'B' 'U' { }\n}",
       "POL1030", "(File (Group (RawString 'G') (Error) (Control (RawString 'B') (RawString 'U'))))"},
      {"fields", "policy 'p' 'P' {\n  version )\n  source 'x'\n}\nlet a = 1", "POL1030",
       "(File (Policy (RawString 'p') (RawString 'P') (Error) (Field (Word source) (RawString 'x'))) "
       "(Let (Word a) (Int 1)))"},
      {"a string without end", "let a = 'x\nlet b = 1", "POL1010", "(File (Error) (Let (Word b) (Int 1)))"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const Parsed parsed = parse_text(c.text);
    CHECK(parsed.codes() == c.codes);
    CHECK(dump(parsed.tree) == c.tree);
  }
}

TEST_CASE("a missing closing brace is one error, at the brace that lacks it") {
  const Parsed control = parse_text("control 'A' 'T' {\n  require x\n\ncontrol 'B' 'U' {\n  require y\n}\n");
  CHECK(control.report() == "1:17 POL1034 this `{` is never closed\n");
  CHECK(dump(control.tree) ==
        "(File (Control (RawString 'A') (RawString 'T') (Require (Name x))) "
        "(Control (RawString 'B') (RawString 'U') (Require (Name y))))");

  // The control's brace is missing; its group's closes it, and nothing closes the group.
  const Parsed group = parse_text(
      "group 'G' {\n  control 'A' 'T' {\n    require x\n}\n\ngroup 'H' {\n  control 'B' 'U' { }\n}\n");
  CHECK(group.report() == "2:19 POL1034 this `{` is never closed\n");

  const Parsed inner = parse_text("group 'G' {\n  control 'A' 'T' {\n  control 'B' 'U' {\n  }\n}\n");
  CHECK(inner.report() == "2:19 POL1034 this `{` is never closed\n");
}

TEST_CASE("controls may stand at the margin inside a group") {
  CHECK(parse_text("group 'G' {\ncontrol 'A' 'T' {\nrequire x\n}\ncontrol 'B' 'U' {\n}\n}\nlet a = 1").ok());
}

TEST_CASE("a brace too many is one error") {
  CHECK(parse_text("control 'A' 'T' {\n  require x\n}\n}\nlet a = 1").codes() == "POL1035");
  CHECK(parse_text("control 'A' 'T' {\n  require x }\n}\nlet a = )").codes() == "POL1035 POL1030");
  // The brace left over from a broken clause is not reported again.
  CHECK(parse_text("control 'A' 'T' {\n  require ) {\n  severity low\n}\n}\nlet a = 1").codes() == "POL1030");
}

TEST_CASE("a word that begins the next clause is not taken for a missing value in silence") {
  const Parsed parsed = parse_text("control 'A' 'T' {\n  require x ==\n  severity low\n}");
  CHECK(parsed.report() == "3:3 POL1030 expected a value, found `severity`\n");
}

TEST_CASE("a tree without errors has no error nodes, and an error node has its diagnostic") {
  for (const std::string text :
       {"let a = 1", "let a = (", "control 'A' 'T' { ) }", "}}}}", "'", "x", "group"}) {
    INFO(text);
    const Parsed parsed = parse_text(text);
    const bool has_error_node = dump(parsed.tree).find("(Error)") != std::string::npos;
    CHECK(has_error_node == !parsed.ok());
  }
}

TEST_CASE("nothing is too broken to be read to its end") {
  const std::string sound = read_file("tests/unit/grammar/worked_example.pol");
  for (std::size_t cut = 0; cut < sound.size(); cut += 23) {
    const Parsed truncated = parse_text(sound.substr(0, cut));
    CHECK(truncated.tree.node(truncated.tree.root()).end == cut);
    const Parsed gap = parse_text(sound.substr(0, cut) + sound.substr(cut + 5));
    CHECK(gap.diagnostics.size() < 12);
  }
}
