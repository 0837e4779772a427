#include <algorithm>

#include "tests/unit/catch.hpp"
#include "tests/unit/language_server/client.hpp"

using namespace polc::authoring;
using namespace polc::authoring::test;

namespace {

const std::string kPolicy =
    "policy \"p\" \"P\" {\n  version \"1.0.0\"\n}\nuse std.gpo\nparam technicians: int = 1\ndef is_shut(p: "
    "port) = port(p).listening\n"
    "control \"A-1\" \"First\" {\n  require registry('HKLM\\Known', 'Seen') == 1\n}\n";

/// Labels that are offered at the mark, and then the whole answer.
std::vector<std::string> labels(const std::string& text, Json* whole = nullptr) {
  Client client;
  const Json result = client.result("textDocument/completion", client.open_marked("a.pol", kPolicy + text));
  std::vector<std::string> all;
  for (const Json& item : result["items"]) all.push_back(item["label"]);
  if (whole != nullptr) *whole = result;
  return all;
}

bool offers(const std::string& text, const std::string& label) {
  const std::vector<std::string> all = labels(text);
  return std::find(all.begin(), all.end(), label) != all.end();
}

std::string in_control(const std::string& clauses) {
  return "control \"B\" \"b\" {\n" + clauses + "\n}\n";
}

}  // namespace

TEST_CASE("what can begin here") {
  CHECK(offers("con|", "control"));
  CHECK(offers(in_control("  req|"), "require"));
  CHECK_FALSE(offers(in_control("  con|"), "control"));
  CHECK(offers("group \"g\" {\n  |\n}\n", "when"));
  CHECK(offers("setting \"Computer Configuration/X\" {\n  sc|\n}\n", "scope"));
  CHECK(offers(in_control("  severity h|"), "high"));
  CHECK(offers("use std.|", "tls"));
  CHECK(offers("param x: |", "port"));
  CHECK(offers("policy \"q\" \"Q\" {\n  allow|\n}\n", "allow_network"));
  CHECK(offers("setting \"Computer Configuration/X\" {\n  element \"e\" {\n    ra|\n  }\n}\n", "range"));
  CHECK_FALSE(
      offers("setting \"Computer Configuration/X\" {\n  element \"e\" {\n    sc|\n  }\n}\n", "scope"));
  CHECK(offers("test \"t\" {\n  expect \"A-1\" not|\n}\n", "not_applicable"));
  CHECK(offers("profile \"base\" {}\nprofile \"kiosk\" extends \"b|\" {}\n", "base"));
}

TEST_CASE("expressions offer resources, attributes, names and members") {
  CHECK(offers(in_control("  require regi|"), "registry"));
  CHECK(offers(in_control("  require tech|"), "technicians"));
  CHECK(offers(in_control("  require host.|"), "role"));
  CHECK(offers(in_control("  require port(443/tcp).l|"), "listening"));
  CHECK(offers(in_control("  require host.role == d|"), "dc"));
  CHECK(offers(in_control("  require all rule in listeners: r|"), "rule"));
  CHECK(offers(in_control("  require user_right(SeTcb|"), "SeTcbPrivilege"));
  CHECK(offers(in_control("  require host.role == dc\n  b|"), "because"));
}

TEST_CASE("a comparison offers what its other side can be, and names") {
  struct Row {
    const char* text;
    const char* offered;
    const char* not_offered;
  };
  const auto row = GENERATE(values<Row>({
      {"host.role == |", "dc", "SeTcbPrivilege"},
      {"host.role == |", "technicians", "failure"},
      {"host.role != |", "workgroup", "registry"},
      {"host.role not in {dc, |}", "member", "registry"},
      {"host.domain_joined == |", "true", "dc"},
      {"audit(\"Logon\") contains |", "failure", "dc"},
      {"audit(\"Logon\") == {|}", "success", "server"},
      {"tls(\"TLS 1.0\", server).state == |", "disabled", "dc"},
      {"user_right(SeTcbPrivilege).holders within {SYSTEM, Ad|}", "Administrators", "all"},
      {"port(3306/tcp).allowed_from within {|}", "loopback", "dc"},
      {"gpo(\"Prevent enabling lock screen camera\") == |", "Enabled", "dc"},
      {"host.role == d| and host.build > 1", "dc", "disabled"},
  }));
  CAPTURE(row.text);
  CHECK(offers(in_control(std::string("  require ") + row.text), row.offered));
  CHECK_FALSE(offers(in_control(std::string("  require ") + row.text), row.not_offered));
}

TEST_CASE("where nothing is known of the other side, everything is offered") {
  CHECK(offers(in_control("  require host.build > |"), "registry"));
  CHECK(offers(in_control("  require host.role == dc and |"), "registry"));
  CHECK(offers(in_control("  require (host.role == dc) == |"), "registry"));
  CHECK(offers(in_control("  require registry('HKLM\\A', 'B') in |"), "registry"));
  CHECK(offers(in_control("  require == |"), "registry"));
}

TEST_CASE("strings offer settings, registry paths and ids") {
  const std::string camera =
      "Computer Configuration/Administrative Templates/Control Panel/Personalization/Prevent enabling lock "
      "screen camera";
  CHECK(offers(in_control("  require gpo(\"|\")"), camera));
  CHECK(offers(in_control("  require gpo(\"LOCK screen cam|\")"), camera));
  CHECK_FALSE(offers(in_control("  require gpo(\"lock door|\")"), camera));
  CHECK(offers(in_control("  require registry('|')"), "HKLM\\Known"));
  CHECK(offers(in_control("  require registry('HKLM\\Known', '|')"), "Seen"));
  CHECK(offers("waive \"|\"", "A-1"));
  CHECK(offers(in_control("  require audit(\"|\") == {}"), "Logon"));
  CHECK(offers(in_control("  require iis('|')"), "system.webServer/httpErrors"));
  CHECK(offers(in_control("  require any v in iis_list('verbs|')"),
               "system.webServer/security/requestFiltering/verbs"));
  CHECK_FALSE(offers(in_control("  require any v in iis_list('|')"), "system.webServer/directoryBrowse"));
  CHECK(offers(in_control("  require iis('system.webServer/security/requestFiltering', '|')"),
               "removeServerHeader"));
}

TEST_CASE("nothing is offered in comments, and what is typed is replaced") {
  CHECK(labels("// con|").empty());
  Json whole;
  labels(in_control("  require regi|stry"), &whole);
  const Json range = whole["items"][0]["textEdit"]["range"];
  CHECK(range["start"]["character"] == 10);
  CHECK(range["end"]["character"] == 18);
}

TEST_CASE("an answer has at most 500 items and says that there are more") {
  std::string many;
  for (int i = 0; i < 501; ++i) many += "let number_" + std::to_string(i) + " = 1\n";
  Json whole;
  CHECK(labels(many + in_control("  require number_|"), &whole).size() == 500);
  CHECK(whole["isIncomplete"] == true);
  const std::string fewer = many.substr(0, many.find("let number_500"));
  CHECK(labels(fewer + in_control("  require number_|"), &whole).size() == 500);
  CHECK(whole["isIncomplete"] == false);
}
