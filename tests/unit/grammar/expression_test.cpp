// Every expression form, and what binds tighter than what.
#include <string>
#include <vector>

#include "tests/unit/catch.hpp"
#include "tests/unit/grammar/support.hpp"

using polc::grammar::test::expression;

namespace {

struct Case {
  std::string text;
  std::string dump;
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(expression(c.text) == c.dump);
  }
}

}  // namespace

TEST_CASE("literals") {
  check({
      {"12", "(Int 12)"},
      {"1_000", "(Int 1_000)"},
      {"0", "(Int 0)"},
      {"0xFF", "(HexInt 0xFF)"},
      {"true", "(Bool true)"},
      {"false", "(Bool false)"},
      {"90d", "(Duration 90d)"},
      {"15min", "(Duration 15min)"},
      {"24h", "(Duration 24h)"},
      {"30s", "(Duration 30s)"},
      {"2027-03-31", "(Date 2027-03-31)"},
      {"'C:\\Dir\\'", "(RawString 'C:\\Dir\\')"},
      {"'it''s'", "(RawString 'it''s')"},
      {R"("a\"b")", R"((String "a\"b"))"},
      {R"("")", R"((String ""))"},
      {R"("""two "quotes" inside""")", R"x((TextBlock """two "quotes" inside"""))x"},
  });
}

TEST_CASE("names are unreserved words, and any") {
  check({
      {"loopback", "(Name loopback)"},
      {"any", "(Name any)"},
      {"anything", "(Name anything)"},
      {"in_use", "(Name in_use)"},
      {"by", "(Name by)"},
      {"enum", "(Name enum)"},
      {"severity", "(Name severity)"},
  });
}

TEST_CASE("collections") {
  check({
      {"[]", "(List)"},
      {"[a, b]", "(List (Name a) (Name b))"},
      {"[a, b,]", "(List (Name a) (Name b))"},
      {"{}", "(Braces)"},
      {"{a, 1}", "(Braces (Name a) (Int 1))"},
      {"{'x': 1, y: 2, }", "(Braces (Entry (RawString 'x') (Int 1)) (Entry (Name y) (Int 2)))"},
      {"{default: 1, in: 2}", "(Braces (Entry (Name default) (Int 1)) (Entry (Name in) (Int 2)))"},
      {"{1 + 2: x}", "(Braces (Entry (Sum (Int 1) (Operator:+) (Int 2)) (Name x)))"},
      {"{all x in y: z}", "(Braces (Quantifier:all (Word x) (Name y) (Name z)))"},
  });
}

TEST_CASE("calls, members, indices") {
  check({
      {"f()", "(Call (Name f))"},
      {"f(a, 'b',)", "(Call (Name f) (Name a) (RawString 'b'))"},
      {"f(at: x, within: 90d)",
       "(Call (Name f) (NamedArgument (Word at) (Name x)) (NamedArgument (Word within) (Duration 90d)))"},
      {"host.role", "(Member (Name host) (Word role))"},
      {"x.present.in", "(Member (Member (Name x) (Word present)) (Word in))"},
      {"m[k]", "(Index (Name m) (Name k))"},
      {"f(a).b[c](d)", "(Call (Index (Member (Call (Name f) (Name a)) (Word b)) (Name c)) (Name d))"},
      {"f(all x in y: x)", "(Call (Name f) (Quantifier:all (Word x) (Name y) (Name x)))"},
  });
}

TEST_CASE("ports and ranges") {
  check({
      {"443/tcp", "(PortSuffix:tcp (Int 443))"},
      {"443 / udp", "(PortSuffix:udp (Int 443))"},
      {"8002/tcp+udp", "(PortSuffix:tcp+udp (Int 8002))"},
      {"70..74/udp", "(PortSuffix:udp (Range (Int 70) (Int 74)))"},
      {"8..128", "(Range (Int 8) (Int 128))"},
      {"a .. b + 1", "(Range (Name a) (Sum (Name b) (Operator:+) (Int 1)))"},
      {"40000 + n/tcp", "(PortSuffix:tcp (Sum (Int 40000) (Operator:+) (Name n)))"},
      {"{1/tcp, 2/tcp}", "(Braces (PortSuffix:tcp (Int 1)) (PortSuffix:tcp (Int 2)))"},
  });
}

TEST_CASE("arithmetic") {
  check({
      {"a + b - c", "(Sum (Name a) (Operator:+) (Name b) (Operator:-) (Name c))"},
      {"a + 4 * b", "(Sum (Name a) (Operator:+) (Product (Int 4) (Name b)))"},
      {"-a * -b", "(Product (Negation (Name a)) (Negation (Name b)))"},
      {"--a", "(Negation (Negation (Name a)))"},
      {"-f(x).y", "(Negation (Member (Call (Name f) (Name x)) (Word y)))"},
      {"(a + b) * c", "(Product (Paren (Sum (Name a) (Operator:+) (Name b))) (Name c))"},
  });
}

TEST_CASE("sets") {
  check({
      {"a | b | c", "(Union (Name a) (Name b) (Name c))"},
      {"a & b", "(Intersection (Name a) (Name b))"},
      {"a | (b & c)", "(Union (Name a) (Paren (Intersection (Name b) (Name c))))"},
      {"a | 1/tcp", "(Union (Name a) (PortSuffix:tcp (Int 1)))"},
      {"Modify on {self}", "(RightsOn (Name Modify) (Braces (Name self)))"},
      {"Modify on {self} | Read on {files}",
       "(Union (RightsOn (Name Modify) (Braces (Name self))) (RightsOn (Name Read) (Braces (Name files))))"},
  });
}

TEST_CASE("comparisons") {
  for (const std::string op :
       {"==", "!=", "<", "<=", ">", ">=", "in", "not in", "contains", "within", "like"}) {
    INFO(op);
    CHECK(expression("a " + op + " b") == "(Comparison:" + op + " (Name a) (Operator:" + op + ") (Name b))");
  }
  check({
      {"a==b", "(Comparison:== (Name a) (Operator:==) (Name b))"},
      {"a not  in b", "(Comparison:not in (Name a) (Operator:not in) (Name b))"},
      {"a | b == c", "(Comparison:== (Union (Name a) (Name b)) (Operator:==) (Name c))"},
      {"x is present", "(IsTest:is (Name x) (Operator:is) (Word present))"},
      {"x is not open", "(IsTest:is not (Name x) (Operator:is not) (Word open))"},
      {"(a == b) == c",
       "(Comparison:== (Paren (Comparison:== (Name a) (Operator:==) (Name b))) (Operator:==) (Name c))"},
      {"x == any", "(Comparison:== (Name x) (Operator:==) (Name any))"},
  });
}

TEST_CASE("absence is a suffix of one comparison") {
  check({
      {"a == 1 or absent", "(Absence:absent (Comparison:== (Name a) (Operator:==) (Int 1)))"},
      {"a == 1 or default", "(Absence:default (Comparison:== (Name a) (Operator:==) (Int 1)))"},
      {"a or absent", "(Absence:absent (Name a))"},
      {"a is open or default", "(Absence:default (IsTest:is (Name a) (Operator:is) (Word open)))"},
      {"(a == 1 or absent) and b",
       "(And (Paren (Absence:absent (Comparison:== (Name a) (Operator:==) (Int 1)))) (Name b))"},
      {"a or absentee", "(Or (Name a) (Name absentee))"},
  });
}

TEST_CASE("boolean operators") {
  check({
      {"a and b and c", "(And (Name a) (Name b) (Name c))"},
      {"a or b or c", "(Or (Name a) (Name b) (Name c))"},
      {"a or b and c", "(Or (Name a) (And (Name b) (Name c)))"},
      {"not a and b", "(And (Not (Name a)) (Name b))"},
      {"not not a", "(Not (Not (Name a)))"},
      {"not a == b", "(Not (Comparison:== (Name a) (Operator:==) (Name b)))"},
      {"a => b => c", "(Implies (Name a) (Implies (Name b) (Name c)))"},
      {"a or b => c", "(Implies (Or (Name a) (Name b)) (Name c))"},
  });
}

TEST_CASE("quantifiers extend as far as they can") {
  check({
      {"all x in c: p or q", "(Quantifier:all (Word x) (Name c) (Or (Name p) (Name q)))"},
      {"any x in a | b: p", "(Quantifier:any (Word x) (Union (Name a) (Name b)) (Name p))"},
      {"a and all x in c: p and q",
       "(And (Name a) (Quantifier:all (Word x) (Name c) (And (Name p) (Name q))))"},
      {"(all x in c: p) and q", "(And (Paren (Quantifier:all (Word x) (Name c) (Name p))) (Name q))"},
      {"all x in c: any y in d: x == y",
       "(Quantifier:all (Word x) (Name c) (Quantifier:any (Word y) (Name d) "
       "(Comparison:== (Name x) (Operator:==) (Name y))))"},
      {"not any x in c: p", "(Not (Quantifier:any (Word x) (Name c) (Name p)))"},
      {"all p in 40001 + 4 * n .. 41000: f(p/tcp)",
       "(Quantifier:all (Word p) (Range (Sum (Int 40001) (Operator:+) (Product (Int 4) (Name n))) (Int "
       "41000)) "
       "(Call (Name f) (PortSuffix:tcp (Name p))))"},
      {"all x in c: x == 1 or absent",
       "(Quantifier:all (Word x) (Name c) (Absence:absent (Comparison:== (Name x) (Operator:==) (Int 1))))"},
  });
}

TEST_CASE("blocks") {
  check({
      {"all { a, b == c, }", "(Block:all (Name a) (Comparison:== (Name b) (Operator:==) (Name c)))"},
      {"any {}", "(Block:any)"},
      {"any { all x in c: p, q }", "(Block:any (Quantifier:all (Word x) (Name c) (Name p)) (Name q))"},
      {"all { a } and any { b }", "(And (Block:all (Name a)) (Block:any (Name b)))"},
  });
}

TEST_CASE("by chooses by a fact") {
  check({
      {"by host.role { dc: A, member, workgroup: B }",
       "(ByBlock (Member (Name host) (Word role)) (ByCase (Word dc) (Name A)) "
       "(ByCase (Word member) (Word workgroup) (Name B)))"},
      {"by x { 1: a, 'two': b, default: c, }",
       "(ByBlock (Name x) (ByCase (Int 1) (Name a)) (ByCase (RawString 'two') (Name b)) "
       "(ByCase (Word default) (Name c)))"},
      {"n >= by f(x)[0] { a: 1 }",
       "(Comparison:>= (Name n) (Operator:>=) (ByBlock (Index (Call (Name f) (Name x)) (Int 0)) "
       "(ByCase (Word a) (Int 1))))"},
  });
}

TEST_CASE("trivia between any two tokens changes nothing") {
  CHECK(expression("a\n  // why\n  and\r\n\tb") == expression("a and b"));
  CHECK(expression("f ( a , b ) . c [ d ]") == expression("f(a, b).c[d]"));
  CHECK(expression("x // trailing") == "(Name x)");
}
