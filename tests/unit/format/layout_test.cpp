// What the canonical layout looks like.
#include "tests/unit/catch.hpp"
#include "tests/unit/format/support.hpp"

using namespace polc::authoring::test;

namespace {

/// `clauses` in a control, formatted, without the control around it.
std::string clauses(const std::string& text) {
  const std::string head = "control \"A\" \"a\" {\n";
  const std::string result = formatted(head + text + "}").value_or("does not parse");
  return result.substr(head.size(), result.size() - head.size() - 2);
}

const std::string kLong = "'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL'";

}  // namespace

TEST_CASE("one item a line, two blanks a level, an empty line around bodies") {
  CHECK(formatted("policy \"a\" \"A\" {version \"1\" language 1} let a=1 let b=2\n\n\nlet c=3 control \"A\" "
                  "\"a\"{}") ==
        "policy \"a\" \"A\" {\n  version \"1\"\n  language 1\n}\n\nlet a = 1\nlet b = 2\n\nlet c = 3\n\n"
        "control \"A\" \"a\" {}\n");
}

TEST_CASE("an empty file stays empty") {
  CHECK(formatted("") == "");
  CHECK(formatted("\n \n") == "");
  CHECK(formatted("\n\n// c\n\n\n// d") == "// c\n\n// d\n");
}

TEST_CASE("byte order mark and CRLF go, also in text blocks") {
  CHECK(formatted("\xEF\xBB\xBFlet a = 1\r\n// c\r\nlet b = \"\"\"\r\n  x\r\n\r\n  y\r\n  \"\"\"\r\n") ==
        "let a = 1\n// c\nlet b =\n  \"\"\"\n    x\n\n    y\n    \"\"\"\n");
}

TEST_CASE("blanks of expressions") {
  CHECK(clauses("require a+b*c-d==e|f and not(g=>h)or-1<2") ==
        "  require a + b * c - d == e | f and not (g => h) or -1 < 2\n");
  CHECK(clauses("require x : all p in {1 / tcp,70 .. 74/udp,(1 ..n)/tcp}:p(a :1)[k] . m is  not open") ==
        "  require x: all p in {1/tcp, 70..74/udp, (1 .. n)/tcp}: p(a: 1)[k].m is not open\n");
  CHECK(clauses("require a==by host.role{dc,member:1,workgroup:{},}or x=={k:v}") ==
        "  require a == by host.role { dc, member: 1, workgroup: {} } or x == { k: v }\n");
}

TEST_CASE("a value that has no room breaks inside its brackets, with a comma behind the last item") {
  CHECK(clauses("require any { registry(" + kLong + ", 'A') == 1, all { a, b } }") ==
        "  require any {\n    registry(" + kLong + ", 'A') == 1,\n    all { a, b },\n  }\n");
  CHECK(clauses("require grants: acl(share).allow == {" + kLong + ": Modify, SYSTEM: Modify}") ==
        "  require grants: acl(share).allow == {\n    " + kLong + ": Modify,\n    SYSTEM: Modify,\n  }\n");
}

TEST_CASE("a long comparison breaks before its operator, and so do chains") {
  CHECK(clauses("require gpo(" + kLong + ") == Enabled(\"All drives\")") ==
        "  require gpo(" + kLong + ")\n    == Enabled(\"All drives\")\n");
  CHECK(clauses("require a == " + kLong + " and b => a_condition") ==
        "  require a == " + kLong + " and b\n    => a_condition\n");
}

TEST_CASE(
    "the body of a quantifier, a labelled condition and a definition go below where they have no room") {
  CHECK(clauses("require all path in iis_paths: iis(" + kLong + ", 'x', at: path) == true") ==
        "  require all path in iis_paths:\n    iis(" + kLong + ", 'x', at: path) == true\n");
  CHECK(clauses("require label_of_it: registry(" + kLong + ", 'x') == 1") ==
        "  require label_of_it:\n    registry(" + kLong + ", 'x') == 1\n");
  CHECK(formatted("let a_name_that_is_rather_long: text = " + kLong) ==
        "let a_name_that_is_rather_long: text =\n  " + kLong + "\n");
}

TEST_CASE("clauses and parameters") {
  CHECK(clauses("manual \"" + std::string(70, 'x') + "\" attested \"k\" within 90d tags \"a\",\"b\"") ==
        "  manual \"" + std::string(70, 'x') +
            "\"\n    attested \"k\"\n    within 90d\n  tags \"a\", \"b\"\n");
  CHECK(formatted("param a:int in 1..2=1 stricter up \"Why\"") ==
        "param a: int in 1..2 = 1 stricter up\n  \"Why\"\n");
}

TEST_CASE("comments keep their place and their empty lines") {
  CHECK(formatted("group \"g\" { // behind\n\n\n  // first\n\n\n  /// doc\n  control \"A\" \"a\" {\n// "
                  "only\n} // end\n\n // last\n }") ==
        "group \"g\" {  // behind\n  // first\n\n  /// doc\n  control \"A\" \"a\" {\n    // only\n  }  // "
        "end\n\n  // last\n}\n");
  CHECK(clauses("require // why\na == // what\n 1 tags [ // x\n // y\n a, // z\n\n b // w\n ]") ==
        "  require  // why\n    a  // what\n    == 1\n  tags [  // x\n    // y\n    a,  // z\n\n    b,  // "
        "w\n  ]\n");
}

TEST_CASE("text blocks move as a whole and never change their text") {
  CHECK(clauses("fix \"\"\"\n a\n   b\n\n c\n\"\"\"") ==
        "  fix \"\"\"\n    a\n      b\n\n    c\n    \"\"\"\n");
  CHECK(clauses("fix \"\"\"a\n   b\"\"\" because \"\"\"one\"\"\"") ==
        "  fix \"\"\"\n    a\n    b\n    \"\"\"\n  because \"\"\"one\"\"\"\n");
  const std::string tabs = "  fix \"\"\"\na\n\tb\n\"\"\"\n";
  CHECK(clauses(tabs) == tabs);
}

TEST_CASE("errors leave a text alone") {
  CHECK_FALSE(formatted("control \"A\" {").has_value());
}
