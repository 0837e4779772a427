// Declarations, clauses, comments and spans.
#include <string>
#include <vector>

#include "tests/unit/catch.hpp"
#include "tests/unit/grammar/support.hpp"

using namespace polc::grammar;
using namespace polc::grammar::test;

namespace {

struct Case {
  std::string text;
  std::string dump;
};

}  // namespace

TEST_CASE("simple declarations") {
  const std::vector<Case> cases{
      {"", ""},
      {"use std.tls", "(Use (ModulePath (Word std) (Word tls)))"},
      {R"(use "./ports.pol" as ports)", R"((Use (String "./ports.pol") (Word ports)))"},
      {"let a = 1", "(Let (Word a) (Int 1))"},
      {"let a: int = 1", "(Let (Word a) (TypeName (Word int)) (Int 1))"},
      {"def f() = 1", "(Def (Word f) (Parameters) (Int 1))"},
      {"def f(p: port, s: set of principal,): bool = p == s",
       "(Def (Word f) (Parameters (Parameter (Word p) (TypeName (Word port))) "
       "(Parameter (Word s) (TypeName (Word set) (TypeName (Word principal))))) (TypeName (Word bool)) "
       "(Comparison:== (Name p) (Operator:==) (Name s)))"},
      {"param n: int", "(Param (Word n) (TypeName (Word int)))"},
      {R"(param n: int in 1..249 = 25 stricter down "doc")",
       R"x((Param (Word n) (TypeName (Word int)) (Domain (Range (Int 1) (Int 249))) (Default (Int 25)) )x"
       R"x((Direction (Word down)) (String "doc")))x"},
      {"param e: enum {a, b,} = a", "(Param (Word e) (EnumType (Word a) (Word b)) (Default (Name a)))"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(declarations(c.text) == c.dump);
  }
}

TEST_CASE("policy, setting and waive hold fields") {
  CHECK(declarations(R"(policy "id" "Title" { version "1.0.0" source "x" })") ==
        R"((Policy (String "id") (String "Title") (Field (Word version) (String "1.0.0")) )"
        R"((Field (Word source) (String "x"))))");
  CHECK(
      declarations(R"(waive "A" on host "lt-*" from 2026-01-01 until 2027-01-31 { reason "r" owner "o" })") ==
      R"((Waive (IdTarget (String "A")) (Host (String "lt-*")) (From (Date 2026-01-01)) (Until (Date 2027-01-31)) )"
      R"((Field (Word reason) (String "r")) (Field (Word owner) (String "o"))))");
  CHECK(declarations(R"(waive "A" { })") == R"((Waive (IdTarget (String "A"))))");
  CHECK(declarations(R"(setting "Computer/A/B" {
      scope machine
      key 'SOFTWARE\X'
      disabled absent
      element "Choice" { value 'V' options { "All": 0xFF } }
      inf "System Access", 'Min'
      range 0..128
      default by host.role { dc: 1, member: 0 }
    })") == R"((Setting (String "Computer/A/B") (Field (Word scope) (Name machine)) )"
            R"((Field (Word key) (RawString 'SOFTWARE\X')) (Field (Word disabled) (Name absent)) )"
            R"((Field (Word element) (String "Choice") (FieldBlock (Field (Word value) (RawString 'V')) )"
            R"((Field (Word options) (Braces (Entry (String "All") (HexInt 0xFF)))))) )"
            R"((Field (Word inf) (String "System Access") (RawString 'Min')) )"
            R"((Field (Word range) (Range (Int 0) (Int 128))) )"
            R"((Field (Word default) (ByBlock (Member (Name host) (Word role)) (ByCase (Word dc) (Int 1)) )"
            R"((ByCase (Word member) (Int 0))))))");
}

TEST_CASE("groups hold a guard and controls") {
  CHECK(declarations(R"(group "G" { when a control "A" "T" { } control "B" "U" { severity low } })") ==
        R"((Group (String "G") (When (Name a)) (Control (String "A") (String "T")) )"
        R"((Control (String "B") (String "U") (Severity (Word low)))))");
}

TEST_CASE("clauses") {
  const std::vector<Case> cases{
      {"severity high", "(Severity (Word high))"},
      {R"(tags "a", b)", R"((Tags (String "a") (Name b)))"},
      {R"(refs stig("V-1"), cis("18"))",
       R"((Refs (Call (Name stig) (String "V-1")) (Call (Name cis) (String "18"))))"},
      {R"(because """why""")", R"((Because (TextBlock """why""")))"},
      {"fix 'how'", "(Fix (RawString 'how'))"},
      {"when not a", "(When (Not (Name a)))"},
      {"require a == 1", "(Require (Comparison:== (Name a) (Operator:==) (Int 1)))"},
      {"require first: a", "(Require (Label first) (Name a))"},
      {"require severity: a", "(Require (Label severity) (Name a))"},
      {"require a require b", "(Require (Name a)) (Require (Name b))"},
      {R"(manual "look")", R"((Manual (String "look")))"},
      {R"(manual "look" attested "key" within 90d)",
       R"((Manual (String "look") (Attested (String "key")) (Within (Duration 90d))))"},
      {R"(formerly "OLD-1", "OLD-2")", R"((Formerly (String "OLD-1") (String "OLD-2")))"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(clauses(c.text) == c.dump);
  }
}

TEST_CASE("profiles") {
  CHECK(declarations(R"(
profile "kiosk" 'Kiosk servers' extends "base", "strict" {
  include tag "tls", group "Ports", "CWA-*"
  exclude "CWA-IIS-*"
  set technicians = 5 + 5
  severity "CWA-1", "CWA-2" critical
  loosen "CWA-IIS-*" because "RISK-77"
}
profile "base" {}
)") == R"((Profile (String "kiosk") (RawString 'Kiosk servers') (Extends (String "base") (String "strict")))"
       R"( (Include (TagTarget (String "tls")) (GroupTarget (String "Ports")) (IdTarget (String "CWA-*"))))"
       R"( (Exclude (IdTarget (String "CWA-IIS-*"))))"
       R"( (Assignment (Word technicians) (Default (Sum (Int 5) (Operator:+) (Int 5)))))"
       R"( (Regrading (IdTarget (String "CWA-1")) (IdTarget (String "CWA-2")) (Word critical)))"
       R"( (Loosen (IdTarget (String "CWA-IIS-*")) (String "RISK-77"))) (Profile (String "base")))");
}

TEST_CASE("the words of a profile are names elsewhere") {
  CHECK(declarations("let include = set\nlet loosen = tag") ==
        "(Let (Word include) (Name set)) (Let (Word loosen) (Name tag))");
}

TEST_CASE("items of a test") {
  struct Case {
    std::string text, dump;
  };
  const std::vector<Case> cases{
      {R"(given "h.yaml")", R"((Given (String "h.yaml")))"},
      {"given { }", "(Given)"},
      {"given { x.y = 1 z = absent }",
       "(Given (Change (Member (Name x) (Word y)) (Int 1)) (Change (Name z) (Name absent)))"},
      {"at 2027-01-31", "(At (Date 2027-01-31))"},
      {"param n = 30", "(TestParam (Word n) (Int 30))"},
      {R"(with p(1) = unknown("denied"))",
       R"((With (Change (Call (Name p) (Int 1)) (Call (Name unknown) (String "denied")))))"},
      {"with p = {a: true}", "(With (Change (Name p) (Braces (Entry (Name a) (Bool true)))))"},
      {R"(expect "A", 'B' pass)", R"((Expect (String "A") (RawString 'B') (Word pass)))"},
      {R"(expect "A" fail because "any")", R"((Expect (String "A") (Word fail) (Because (String "any"))))"},
      {R"(cases "A" with x.y, param n { absent, 1 => fail because "x"  given, 2 => pass })",
       "(Cases (String \"A\") (Columns (Member (Name x) (Word y)) (TestParam (Word n))) "
       "(CaseRow (Name absent) (Int 1) (Word fail) (Because (String \"x\"))) "
       "(CaseRow (Name given) (Int 2) (Word pass)))"},
      {R"(equivalent "A: 1 -> 2" because "x")",
       R"((Equivalent (String "A: 1 -> 2") (Because (String "x"))))"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(declarations("test 't' { " + c.text + " }") == "(Test (RawString 't') " + c.dump + ")");
  }
}

TEST_CASE("spans cover the text of a node and no trivia") {
  const Parsed parsed = parse_text("// head\nlet a = b and c // tail\n\nlet d = [1 , 2 ] \n");
  REQUIRE(parsed.ok());
  const SyntaxTree& tree = parsed.tree;
  const NodeId first = tree.child(tree.root(), 0);
  const NodeId second = tree.child(tree.root(), 1);
  CHECK(tree.text(first) == "let a = b and c");
  CHECK(tree.text(tree.last_child(first)) == "b and c");
  CHECK(tree.text(second) == "let d = [1 , 2 ]");
  CHECK(tree.text(tree.last_child(second)) == "[1 , 2 ]");
  CHECK(tree.text(tree.root()) == tree.source());
}

TEST_CASE("every child lies inside its parent and behind its elder sibling") {
  const Parsed parsed = parse_text(read_file("stdlib/std/administrative_templates.pol"));
  REQUIRE(parsed.ok());
  const SyntaxTree& tree = parsed.tree;
  for (NodeId id = tree.root(); id < tree.size(); ++id) {
    std::uint32_t at = tree.node(id).begin;
    for (const NodeId child : tree.children(id)) {
      REQUIRE(tree.node(child).begin >= at);
      REQUIRE(tree.node(child).end >= tree.node(child).begin);
      at = tree.node(child).end;
    }
    REQUIRE(at <= tree.node(id).end);
  }
}

TEST_CASE("comments are kept in order") {
  const Parsed parsed = parse_text("/// doc\n// line\nlet a = '// no comment' //last\n//// ruler");
  REQUIRE(parsed.ok());
  std::vector<std::string> seen;
  for (const Comment& comment : parsed.tree.comments()) {
    const std::string kind = comment.kind == Comment::Kind::Doc ? "doc " : "line ";
    seen.push_back(kind +
                   std::string(parsed.tree.source().substr(comment.begin, comment.end - comment.begin)));
  }
  CHECK(seen == std::vector<std::string>{"doc /// doc", "line // line", "line //last", "line //// ruler"});
}

TEST_CASE("doc comments belong to the declaration right below") {
  const Parsed parsed = parse_text(
      "/// module\n\n/// One.\r\n///  Two.\nlet a = 1\nlet b = 2\n/// far\n\nlet c = 3\n/// cut\n// off\nlet "
      "d = 4 /// behind\nlet e = 5\n/// blanks \t\nlet f = 6");
  REQUIRE(parsed.ok());
  const SyntaxTree& tree = parsed.tree;
  CHECK(tree.doc_comment(tree.child(tree.root(), 0)) == "One.\n Two.");
  CHECK(tree.doc_comment(tree.child(tree.root(), 1)).empty());
  CHECK(tree.doc_comment(tree.child(tree.root(), 2)).empty());
  CHECK(tree.doc_comment(tree.child(tree.root(), 3)).empty());
  CHECK(tree.doc_comment(tree.child(tree.root(), 4)).empty());
  CHECK(tree.doc_comment(tree.child(tree.root(), 5)) == "blanks");
}

TEST_CASE("the tree's accessors") {
  const Parsed parsed = parse_text("let a = ((b))");
  const SyntaxTree& tree = parsed.tree;
  const NodeId let = tree.child(tree.root(), 0);
  CHECK(tree.child_count(let) == 2);
  CHECK(tree.child(let, 2) == kNoNode);
  CHECK(tree.child_of_kind(let, NodeKind::Word) == tree.child(let, 0));
  CHECK(tree.child_of_kind(let, NodeKind::Control) == kNoNode);
  CHECK(tree.kind(kNoNode) == NodeKind::Error);
  CHECK(tree.children(kNoNode).empty());
  CHECK(tree.text(tree.unparen(tree.last_child(let))) == "b");
}

TEST_CASE("a byte order mark and Windows line endings are fine") {
  CHECK(declarations("\xEF\xBB\xBFlet a = 1\r\nlet b = 2\r\n") ==
        "(Let (Word a) (Int 1)) (Let (Word b) (Int 2))");
  CHECK(declarations("\xEF\xBB\xBF").empty());
}

TEST_CASE("the worked example of the language brief parses") {
  const Parsed parsed = parse_text(read_file("tests/unit/grammar/worked_example.pol"));
  CHECK(parsed.codes().empty());
}
