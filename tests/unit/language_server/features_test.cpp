// Hover, definition, references, outline, tokens, actions, formatting.
#include "tests/unit/catch.hpp"
#include "tests/unit/language_server/client.hpp"

using namespace polc::authoring;
using namespace polc::authoring::test;

namespace {

const std::string kPolicy = "policy \"p\" \"P\" {\n  version \"1.0.0\"\n}\n";

std::string in_control(const std::string& clauses) {
  return kPolicy + "control \"A-1\" \"First\" {\n" + clauses + "\n}\n";
}

std::string hovered(const std::string& text) {
  Client client;
  const Json result = client.result("textDocument/hover", client.open_marked("a.pol", text));
  return result.is_object() ? result["contents"]["value"].get<std::string>() : "";
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("hover explains resources, attributes, settings, declarations, controls and clauses") {
  CHECK(has(hovered(in_control("  require regi|stry('HKLM\\K', 'V') == 1")), "one registry value"));
  CHECK(has(hovered(in_control("  require host.ro|le == dc")), "`member`"));
  CHECK(has(
      hovered(
          "use std.gpo\n" +
          in_control("  require gpo(\"Personalization/Prevent enabling lock sc|reen camera\") == Enabled")),
      "NoLockScreenCamera"));
  CHECK(has(hovered("/// Why.\nlet num|ber = 1\n"), "Why"));
  CHECK(has(hovered(in_control("  requ|ire host.role == dc")), "all must hold"));
  CHECK(has(hovered(in_control("  require host.role == dc") +
                    "waive \"A|-1\" on host \"x\" until 2027-01-01 { reason \"r\" owner \"o\" }"),
            "First"));
  CHECK(hovered(in_control("  |  require host.role == dc")).empty());
}

TEST_CASE("hover shows what a policy says literally") {
  const std::string text = hovered("/// <img src=x onerror=alert(1)> [x](javascript:y)\nlet num|ber = 1\n");
  CHECK(has(text, "\n\\<img"));
  CHECK(has(text, "[x]\\(javascript"));
}

TEST_CASE("definitions and references go through all modules") {
  Client client;
  client.files.files["/ws/p.pol"] = kPolicy + "use \"./m.pol\" as m\nuse \"./n.pol\"\n" +
                                    "control \"A\" \"a\" {\n  require m.limit == here and f(1)\n}\n";
  client.files.files["/ws/n.pol"] = "def f(limit: int) = limit == 1\nlet here = 1\n";
  const Json at = client.open_marked("m.pol", "param lim|it: int = 1\nlet twice = 2 * limit\n");
  const Json references =
      client.result("textDocument/references", {{"textDocument", at["textDocument"]},
                                                {"position", at["position"]},
                                                {"context", {{"includeDeclaration", true}}}});
  REQUIRE(references.size() == 3);
  CHECK(references[0]["uri"] == uri("p.pol"));
  CHECK(references[0]["range"]["start"]["character"] == 12);
  CHECK(references[1]["uri"] == uri("m.pol"));
  const Json use = client.result("textDocument/definition", {{"textDocument", {{"uri", uri("p.pol")}}},
                                                             {"position", {{"line", 6}, {"character", 21}}}});
  CHECK(use["uri"] == uri("n.pol"));
  CHECK(use["range"]["start"]["line"] == 1);
}

TEST_CASE("names of the standard library are defined where it is used, and hover shows their text") {
  Client client;
  const auto defined_at = [&](const std::string& text) {
    const Json found = client.result("textDocument/definition", client.open_marked("a.pol", text));
    return found.is_object() ? found["range"]["start"]["line"].get<int>() : -1;
  };
  CHECK(defined_at("use std.t|ls\n") == 0);
  CHECK(defined_at(
            "use std.tls\nuse std.gpo\n" +
            in_control(
                "  require gpo(\"Personalization/Prevent enabling lock sc|reen camera\") == Enabled")) == 1);
  CHECK(defined_at(in_control("  require ho|st.role == dc")) == -1);
  const std::string helper = "use std.gpo\nuse std.tls\n" + in_control("  require is_o|ff(\"TLS 1.0\")");
  CHECK(defined_at(helper) == 1);
  CHECK(has(hovered(helper), "tls(protocol, server).state == disabled"));
  CHECK(has(hovered("use std.t|ls\n"), "`is_off_by_default`"));
}

TEST_CASE("profiles are found by their names") {
  Client client;
  client.files.files["/ws/p.pol"] =
      kPolicy +
      "use \"./m.pol\"\nprofile \"kiosk\" extends \"base\" {}\nprofile \"lab\" extends \"BASE\" {}\n";
  const Json at = client.open_marked("m.pol", "/// All.\nprofile \"ba|se\" \"All servers\" {}\n");
  const Json found = client.result("textDocument/references",
                                   {{"textDocument", at["textDocument"]}, {"position", at["position"]}});
  REQUIRE(found.size() == 3);
  CHECK(found[0]["uri"] == uri("p.pol"));
  CHECK(found[0]["range"]["start"]["line"] == 4);
  const Json use = client.result("textDocument/definition", {{"textDocument", {{"uri", uri("p.pol")}}},
                                                             {"position", {{"line", 5}, {"character", 24}}}});
  CHECK(use["uri"] == uri("m.pol"));
  CHECK(use["range"]["start"]["line"] == 1);
  CHECK(has(client.result("textDocument/hover", at)["contents"]["value"], "All servers"));
}

TEST_CASE("the outline has groups with their controls") {
  Client client;
  client.open("a.pol",
              kPolicy + "param p: int = 1\ngroup \"G\" {\n  control \"A\" \"a\" {}\n}\nwaive \"A\" {}\n");
  const Json outline = client.result("textDocument/documentSymbol", document("a.pol"));
  REQUIRE(outline.size() == 4);
  CHECK(outline[0]["name"] == "p");
  CHECK(outline[2]["name"] == "G");
  CHECK(outline[2]["children"][0]["name"] == "A");
  CHECK(outline[2]["children"][0]["detail"] == "a");
  CHECK(outline[3]["name"] == "waive A");
}

TEST_CASE("semantic tokens are relative, on one line each, and of UTF-16 units") {
  Client client;
  client.open("a.pol", "// \U0001F600\nlet a: text = \"\"\"\n  x\n  \"\"\"\n");
  const Json data = client.result("textDocument/semanticTokens/full", document("a.pol"))["data"];
  const std::vector<std::uint32_t> expected{0, 0, 5, 1, 0, 1, 0, 3, 0, 0, 0, 4, 1, 5, 0, 0, 3, 4, 8, 0,
                                            0, 5, 1, 4, 0, 0, 2, 3, 2, 0, 1, 0, 3, 2, 0, 1, 0, 5, 2, 0};
  CHECK(data == Json(expected));
}

TEST_CASE("fixes of diagnostics and ways to settle absence") {
  const std::string text = in_control("  require regsitry('HKLM\\K', 'V') == 1 and host.role == dc");
  Client client;
  client.open("a.pol", text);
  const auto actions = [&](int character) {
    const Json place{{"line", 4}, {"character", character}};
    return client.result("textDocument/codeAction", {{"textDocument", {{"uri", uri("a.pol")}}},
                                                     {"range", {{"start", place}, {"end", place}}},
                                                     {"context", {{"diagnostics", Json::array()}}}});
  };
  const Json found = actions(12);
  REQUIRE(found.size() == 3);
  CHECK(found[0]["kind"] == "quickfix");
  CHECK(has(edited(text, found[0]["edit"]["changes"][uri("a.pol")]), "require registry("));
  CHECK(has(edited(text, found[1]["edit"]["changes"][uri("a.pol")]),
            "require (regsitry('HKLM\\K', 'V') == 1 or absent) and"));
  CHECK(has(edited(text, found[2]["edit"]["changes"][uri("a.pol")]), "== 1 or default) and"));
}

TEST_CASE("formatting is one edit, none, or an error") {
  Client client;
  client.open("a.pol", "let   a=1");
  const Json edits = client.result("textDocument/formatting", document("a.pol"));
  CHECK(edited("let   a=1", edits) == "let a = 1\n");
  client.open("b.pol", "let a = 1\n");
  CHECK(client.result("textDocument/formatting", document("b.pol")).empty());
  client.open("c.pol", "let a =\n");
  CHECK(client.call("textDocument/formatting", document("c.pol"))["error"]["code"] == -32803);
}
