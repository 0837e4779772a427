// Every syntax diagnostic: what is said, where, with which hint and fix.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/grammar/support.hpp"

using namespace polc::grammar;
using namespace polc::grammar::test;
namespace base = polc::base;

namespace {

struct Case {
  std::string text;
  std::string report;  // without the final line feed
  std::string hint;    // of the first diagnostic
};

const std::vector<Case> kTexts{
    {std::string("\xFF\xFEl\0e\0t\0", 8), "1:1 POL1002 this file is UTF-16, not UTF-8",
     "save it as UTF-8, with or without byte order mark"},
    {"let a = 'caf\xE9'", "1:13 POL1003 byte 0xE9 is not valid UTF-8 here", "save the file as UTF-8"},
    {"// a \xE2\x80\xAE b", "1:6 POL1004 bidirectional control U+202E in the text",
     "delete it, or write \\u{...} in a \"...\" string that needs it"},
    {"let\xC2\xA0 a = 1", "1:4 POL1004 look-alike of a space, U+00A0 in the text", ""},
    {"let a = 'x\x1By'", "1:11 POL1004 control character U+001B in the text", ""},
    {"let a = 1\rlet b = 2", "1:10 POL1004 control character U+000D in the text", ""},
    {"let a\xE2\x80\x8B = 1", "1:6 POL1004 invisible character U+200B in the text", ""},
    {"let a = \u201Cx\u201D", "1:9 POL1005 typographic quote \u201C outside a string", "write \""},
    {"let a = \u2018x\u2019", "1:9 POL1005 typographic quote \u2018 outside a string", "write '"},
    {"let \u00E4 = 1", "1:5 POL1006 `\u00E4` stands outside a string",
     "names are made of ASCII letters, digits and `_`; put other text in quotes"},
};

const std::vector<Case> kLiterals{
    {"let a = 'x\nlet b = 1", "1:9 POL1010 this string has no closing ' on its line", ""},
    {"let a = \"x", "1:9 POL1010 this string has no closing \" on its line", ""},
    {R"(let a = f("C:\Dir\", 1))", "1:11 POL1010 this string has no closing \" on its line",
     "the backslash makes the quote behind it part of the text; write paths in single quotes"},
    {"let a = \"\"\"x\n\ny", "1:9 POL1011 this text block is never closed",
     "end it with three double quotes"},
    {R"(let a = "HKLM\SOFTWARE\X")", R"(1:14 POL1012 `\S` is not an escape)",
     "write a Windows path in single quotes, where a backslash is a backslash"},
    {R"(let a = "\u{110000}")", R"(1:10 POL1013 `\u{110000}` names no character)", ""},
    {R"(let a = "\u{D800} \u{0}")", R"(1:10 POL1013 `\u{D800}` names no character)", ""},
    {R"(let a = "\u{}")", R"(1:10 POL1013 `\u{}` names no character)", ""},
    {R"(let a = "\u0041")", R"(1:10 POL1013 `\u` names no character)", ""},
    {"let a = \"\"\"\n  x\n\ty\n\"\"\"",
     "1:9 POL1014 the lines of this text block are indented partly with tabs and partly with spaces",
     "indent all of them with spaces"},
    {"let a = 007", "1:9 POL1016 `007` has a leading zero", "write `7`"},
    {"let a = 00d", "1:9 POL1016 `00d` has a leading zero", "write `0d`"},
    {"let a = 18446744073709551616", "1:9 POL1017 `18446744073709551616` is larger than 18446744073709551615",
     ""},
    {"let a = 106751991167301d", "1:9 POL1017 `106751991167301d` is larger than 9223372036854775807s", ""},
    {"let a = 90days", "1:9 POL1018 `90days` is not a number", ""},
    {"let a = 1.5", "1:9 POL1018 `1.5` is not a number", ""},
    {"let a = 0xZZ", "1:9 POL1018 `0xZZ` is not a number", ""},
    {"let a = 2027-02-30", "1:9 POL1019 there is no day `2027-02-30`", ""},
    {"control 'caf\u00E9' 'T' { }", "1:9 POL1020 the id 'caf\u00E9' has a character outside ASCII",
     "keep ids to ASCII; the title may hold any text"},
};

const std::vector<Case> kStructure{
    {"let a = f(1 2)", "1:13 POL1030 expected `,` or `)`, found `2`", "items are separated by commas"},
    {"let a = f(*)", "1:11 POL1030 expected an expression, found `*`", ""},
    {"let a = [b, in]", "1:13 POL1033 expected an expression, found the reserved word `in`", ""},
    {"def f(5) = 1", "1:7 POL1030 expected a parameter such as `p: int`, or `)`, found `5`", ""},
    {"let a = by x { * }", "1:16 POL1030 expected a case such as `member: 14`, or `}`, found `*`", ""},
    {"control 'A' 'T' { ) }", "1:19 POL1030 expected a clause such as `require`, or `}`, found `)`", ""},
    {"profile 'p' {\n  exlude 'A'\n}", "2:3 POL1060 `exlude` is not an item of a profile",
     "did you mean `exclude`?"},
    {"policy 'A' 'T' {\n  5\n}", "2:3 POL1030 expected a field or `}`, found `5`", ""},
    {"let a =", "1:8 POL1030 expected an expression, found the end of the file", ""},
    {"let a 1", "1:7 POL1030 expected `=` and an expression, found `1`", ""},
    {"let a = 1;", "1:10 POL1030 expected a declaration such as `control`, found `;`",
     "leave it out: a blank or a new line is enough"},
    {"let a = 'it's'", "1:13 POL1030 expected a declaration such as `control`, found `s`",
     "a quote inside '...' is written twice: ''"},
    {"let a = x.'y'", "1:11 POL1030 expected a word after `.`, found a string", ""},
    {"let a = 1/icmp", "1:11 POL1030 expected `tcp`, `udp` or `tcp+udp` after `/`, found `icmp`", ""},
    {"let a = any x of y: z", "1:15 POL1030 expected `in` and a collection, found `of`", ""},
    {"let a = all x in y z", "1:20 POL1030 expected `:` and what must hold of each, found `z`", ""},
    {"let a = by x { b }", "1:18 POL1030 expected `:` and a value, found `}`", ""},
    {"let a = x is 5", "1:14 POL1030 expected a state after `is`, such as `present`, found `5`", ""},
    {"param p int", "1:9 POL1030 expected `:` and a type, found `int`", ""},
    {"control 'A' { }", "1:13 POL1030 expected a title in quotes, found `{`", ""},
    {"policy x 'T' { }", "1:8 POL1030 expected an id in quotes, found `x`", ""},
    {"setting x { }", "1:9 POL1030 expected the path of the setting in quotes, found `x`", ""},
    {"use 5", "1:5 POL1030 expected a module such as `std.tls` or a file in quotes, found `5`", ""},
    {"waive 'A' on group 'x' { }", "1:14 POL1030 expected `host` and a host pattern in quotes, found `group`",
     ""},
    {"let a = b = 1", "1:11 POL1031 `=` is not an operator of this language", "write `==`"},
    {"let a = !b", "1:9 POL1031 `!` is not an operator of this language", "write `not`"},
    {"let a = b -notin c", "1:11 POL1031 `-notin` is not an operator of this language", "write `not in`"},
    {"# note\nlet a = 1", "1:1 POL1032 `#` does not begin a comment",
     "comments begin with `//` and end with the line"},
    {"/* note */\nlet a = 1", "1:1 POL1032 `/*` does not begin a comment", ""},
    {"let default = 1", "1:5 POL1033 expected a name, found the reserved word `default`", ""},
    {"let a = x == absent", "1:14 POL1033 expected a value, found the reserved word `absent`",
     "ask with `is present` or `is absent`"},
    {"let a = (b\nlet c = 1", "1:9 POL1034 this `(` is never closed", "expected its partner before `let`"},
    {"let a = [b)", "1:9 POL1034 this `[` is never closed", "expected its partner before `)`"},
    {"let a = {b", "1:9 POL1034 this `{` is never closed", "expected its partner before the end of the file"},
    {"control 'A' 'T' {\n  severity low\n", "1:17 POL1034 this `{` is never closed",
     "expected its partner before the end of the file"},
    {"let a = 1\n}", "2:1 POL1035 this `}` closes nothing", "delete it"},
    {"let a = b < c < d", "1:15 POL1036 comparisons cannot be chained",
     "write two comparisons joined by `and`, or put one in parentheses"},
    {"let a = b is open == c", "1:19 POL1036 comparisons cannot be chained", ""},
    {"let a = b | c & d", "1:15 POL1037 `|` and `&` are mixed without parentheses",
     "put parentheses around the part that belongs together"},
    {"let a = b & c | d", "1:15 POL1037 `|` and `&` are mixed without parentheses", ""},
    {"let a = b and c == 1 or absent", "1:15 POL1038 `or absent` must be in parentheses next to `and`",
     "put the comparison and its `or absent` in parentheses"},
    {"let a = b or default or c", "1:9 POL1038 `or default` must be in parentheses next to `or`", ""},
    {"let a = not b or absent", "1:13 POL1038 `or absent` must be in parentheses next to `not`", ""},
    {"let a = b == 1 or absent => c", "1:9 POL1038 `or absent` must be in parentheses next to `=>`", ""},
    {"polcy 'a' 'b' { }", "1:1 POL1041 `polcy` begins no declaration", "did you mean `policy`?"},
    {"banana", "1:1 POL1041 `banana` begins no declaration", ""},
    {"control 'A' 'T' {\n  requires x\n}", "2:3 POL1042 `requires` is not a clause of a control",
     "did you mean `require`?"},
    {"group 'G' {\n  let x = 1\n}", "2:3 POL1043 `let` cannot stand inside a group",
     "move it out of the group"},
    {"group 'G' {\n  severity low\n}", "2:3 POL1043 `severity` cannot stand inside a group", ""},
    {"control 'A' 'T' {\n  control 'B' 'U' {\n    severity low\n  }\n  require x\n}",
     "2:3 POL1043 `control` cannot stand inside a control", ""},
    {"group 'G' {\n  cntrol 'A' 'T' { }\n}", "2:3 POL1030 expected `control`, `when` or `}`, found `cntrol`",
     "did you mean `control`?"},
    {"let a = {b: 1, c}", "1:16 POL1044 this has entries with a `:` and items without",
     "`{a, b}` is a set, `{a: x, b: y}` a map"},
    {"param n: int = 5 in 1..9", "1:18 POL1046 the domain of a parameter stands before its default",
     "write `param name: type in domain = default`"},
    {"control 'A' 'T' { require default: x }", "1:27 POL1047 the reserved word `default` cannot be a label",
     "choose another word before the `:`"},
    {"profile 'p' {\n  exlude 'A'\n}", "2:3 POL1060 `exlude` is not an item of a profile",
     "did you mean `exclude`?"},
    {"test 'T' {\n  expct 'A' fail\n}", "2:3 POL1080 `expct` begins nothing in a test",
     "did you mean `expect`?"},
    {"test 'T' {\n  control 'A' 'U' { }\n}", "2:3 POL1043 `control` cannot stand inside a test", ""},
    {"test 'T' {\n  with x\n}", "3:1 POL1030 expected `=` and the value of the fact, found `}`", ""},
    {"test 'T' { cases 'A' with x { 1 pass } }",
     "1:33 POL1030 expected `,` and another value, or `=>` and a verdict, found `pass`", ""},
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    const Parsed parsed = parse_text(c.text);
    CHECK(parsed.report() == c.report + "\n");
    if (!c.hint.empty() && !parsed.ok()) CHECK(base::hint_of(parsed.diagnostics.front()) == c.hint);
  }
}

/// The text after all fixes are applied.
std::string fixed(const std::string& text) {
  const Parsed parsed = parse_text(text);
  std::string result = text;
  for (auto diagnostic = parsed.diagnostics.rbegin(); diagnostic != parsed.diagnostics.rend(); ++diagnostic) {
    for (const base::FixIt& fix : diagnostic->fixes) {
      result.replace(fix.replace.begin, fix.replace.end - fix.replace.begin, fix.text);
    }
  }
  return result;
}

}  // namespace

TEST_CASE("diagnostics of the text itself") {
  check(kTexts);
}
TEST_CASE("diagnostics of literals") {
  check(kLiterals);
}
TEST_CASE("diagnostics of structure") {
  check(kStructure);
}

TEST_CASE("every syntax diagnostic is exercised") {
  const std::set<std::string> elsewhere{"POL1000", "POL1001", "POL1015", "POL1039",
                                        "POL1040"};  // limits_test.cpp
  std::string seen;
  for (const auto* table : {&kTexts, &kLiterals, &kStructure}) {
    for (const Case& c : *table) seen += c.report;
  }
  for (const base::DiagnosticInfo& info : base::diagnostic_registry()) {
    if (info.code >= 2000) break;
    INFO(info.name);
    const std::string code = base::code_text(info.code);
    CHECK((elsewhere.count(code) == 1) != (seen.find(code) != std::string::npos));
  }
}

TEST_CASE("fixes give text that parses") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"let a = b = 1", "let a = b == 1"},
      {"let a = b && c", "let a = b and c"},
      {"let a = b||c", "let a = b or c"},
      {"let a = f(!b)", "let a = f(not b)"},
      {"let a = !b", "let a = not b"},
      {"let a = b -eq 1", "let a = b == 1"},
      {"let a = b AND c", "let a = b and c"},
      {"let a = 007", "let a = 7"},
      {R"(let a = "C:\Dir\File")", R"(let a = 'C:\Dir\File')"},
      {"let a = b and c == 1 or absent", "let a = b and (c == 1 or absent)"},
      {"let a = \u201Cx\"", "let a = \"x\""},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(fixed(text) == expected);
    CHECK(parse_text(fixed(text)).codes().empty());
  }
}

TEST_CASE("operators of other languages are named") {
  const std::map<std::string, std::string> infix{
      {"=", "=="},     {"===", "=="},    {"&&", "and"},     {"||", "or"},       {"!==", "!="},
      {"<>", "!="},    {"=<", "<="},     {"=~", "like"},    {"->", "=>"},       {":=", "=="},
      {"AND", "and"},  {"OR", "or"},     {"IN", "in"},      {"IS", "is"},       {"LIKE", "like"},
      {"eq", "=="},    {"equals", "=="}, {"ne", "!="},      {"-eq", "=="},      {"-ne", "!="},
      {"-and", "and"}, {"-or", "or"},    {"-like", "like"}, {"-match", "like"}, {"-gt", ">"},
      {"-ge", ">="},   {"-lt", "<"},     {"-le", "<="},     {"-in", "in"},      {"-contains", "contains"},
  };
  for (const auto& [foreign, ours] : infix) {
    INFO(foreign);
    const Parsed parsed = parse_text("control 'A' 'T' {\n  require a " + foreign + " 1\n}");
    CHECK(parsed.codes() == "POL1031");
    CHECK(base::hint_of(parsed.diagnostics.at(0)) == "write `" + ours + "`");
  }
}

TEST_CASE("unclosed brackets point at the opening and at where they were noticed") {
  const Parsed parsed = parse_text("let a = f(1,\nlet b = 2");
  REQUIRE(parsed.codes() == "POL1034");
  const base::Diagnostic& diagnostic = parsed.diagnostics.front();
  CHECK(parsed.sources->text(diagnostic.span) == "(");
  REQUIRE(diagnostic.labels.size() == 1);
  CHECK(parsed.sources->text(diagnostic.labels[0].span) == "let");
}

TEST_CASE("a character that is already reported is no second error") {
  CHECK(parse_text("let a\xC2\xA0= 1").codes() == "POL1004");
  CHECK(parse_text("let a = b\xE2\x80\x8B + 1").codes() == "POL1004");
}

TEST_CASE("what is quoted from the text is kept short") {
  const Parsed word = parse_text("let a = b " + std::string(5000, 'x'));
  CHECK(base::message_of(word.diagnostics.at(0)).size() < 200);
  const Parsed number = parse_text("let a = " + std::string(5000, '9'));
  CHECK(base::message_of(number.diagnostics.at(0)).size() < 200);
  const Parsed id = parse_text("control '" + repeat("\u00E9", 5000) + "' 'T' { }");
  CHECK(base::message_of(id.diagnostics.at(0)).size() < 200);
}
