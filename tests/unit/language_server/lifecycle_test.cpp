// The protocol itself: order of messages, malformed ones, synchronisation of texts, diagnostics.
#include "tests/unit/catch.hpp"
#include "tests/unit/language_server/client.hpp"

using namespace polc;
using namespace polc::authoring;
using namespace polc::authoring::test;

namespace {

int error_code(const Json& answer) {
  return answer.contains("error") ? answer["error"].value("code", 0) : 0;
}

/// The answer to a message that is written by hand.
Json raw(const std::string& message) {
  const os::MemoryFileSystem files;
  Json answer;
  Server server(files, [&](const std::string& json) { answer = Json::parse(json); });
  server.handle(message);
  return answer;
}

const std::string kPolicy = "policy \"p\" \"P\" {\n  version \"1.0.0\"\n}\n";

Json change(int line, int from, int to, const std::string& text) {
  return {{"range",
           {{"start", {{"line", line}, {"character", from}}}, {"end", {{"line", line}, {"character", to}}}}},
          {"text", text}};
}

}  // namespace

TEST_CASE("nothing but initialize is answered first, and nothing but exit behind shutdown") {
  Client client(false);
  CHECK(error_code(client.call("textDocument/hover")) == -32002);
  CHECK(error_code(client.call("shutdown")) == -32002);
  client.open("a.pol", "let a = ");  // dropped
  CHECK_FALSE(client.server.is_stale());
  CHECK(client.call("initialize", {{"capabilities", Json::object()}}).contains("result"));
  CHECK(error_code(client.call("initialize", {{"capabilities", Json::object()}})) == -32600);
  CHECK(client.call("shutdown")["result"].is_null());
  CHECK(error_code(client.call("textDocument/hover")) == -32600);
  CHECK_FALSE(client.server.finished());
  client.notify("exit");
  CHECK(client.server.finished());
  CHECK(client.server.exit_code() == 0);
}

TEST_CASE("malformed messages are answered and harm nothing") {
  CHECK(error_code(raw("{")) == -32700);
  CHECK(raw("{")["id"].is_null());
  CHECK(error_code(raw("[]")) == -32600);
  CHECK(error_code(raw("1")) == -32600);
  CHECK(error_code(raw(R"({"jsonrpc":"1.0","id":1,"method":"initialize"})")) == -32600);
  CHECK(error_code(raw(R"({"jsonrpc":"2.0","id":1,"method":5})")) == -32600);
  CHECK(error_code(raw(R"({"jsonrpc":"2.0","id":{},"method":"initialize"})")) == -32600);
  CHECK(raw(R"({"jsonrpc":"2.0","id":1,"result":5})").is_null());  // an answer to nothing
  CHECK(raw(std::string(100'000, '[')).contains("error"));
}

TEST_CASE("unknown methods and wrong parameters") {
  Client client;
  CHECK(error_code(client.call("textDocument/inlayHint")) == -32601);
  CHECK(error_code(client.call("$/unknown")) == -32601);
  client.notify("$/unknown");
  client.notify("workspace/didChangeConfiguration");
  CHECK(error_code(client.call("textDocument/hover", {{"textDocument", 5}})) == -32602);
  CHECK(error_code(client.call("textDocument/hover", Json::array())) == -32602);
  client.open("a.pol", kPolicy);
  CHECK(error_code(client.call("textDocument/codeAction", document("a.pol"))) == -32602);
  client.notify("textDocument/didChange",
                {{"textDocument", {{"uri", uri("a.pol")}}}, {"contentChanges", {{{"text", 5}}}}});
  CHECK(client.sent.back()["method"] == "window/logMessage");
  CHECK(
      client.result("textDocument/hover", {{"textDocument", {{"uri", "file:///ws/closed.pol"}}}}).is_null());
}

TEST_CASE("diagnostics follow the text as it is typed") {
  Client client;
  client.open("a.pol", kPolicy + "control \"A\" \"a\" {\n  require regsitry('HKLM\\K', 'V') == 1\n}\n");
  CHECK(client.server.is_stale());
  CHECK(client.published("a.pol") == "4:10 POL2100\n");
  CHECK_FALSE(client.server.is_stale());
  CHECK(client.published("a.pol").empty());  // nothing new
  client.notify("textDocument/didChange",
                {{"textDocument", {{"uri", uri("a.pol")}, {"version", 2}}},
                 {"contentChanges", {change(4, 10, 18, "reg"), change(4, 13, 13, "istry")}}});
  CHECK(client.published("a.pol") == "none\n");
  client.notify("textDocument/didChange", {{"textDocument", {{"uri", uri("a.pol")}, {"version", 3}}},
                                           {"contentChanges", {{{"text", "let a ="}}}}});
  CHECK(client.published("a.pol") == "0:7 POL1030\n");
}

TEST_CASE("the text of the editor counts, also for the policies that use the file") {
  Client client;
  client.files.files["/ws/p.pol"] =
      kPolicy + "use \"./m.pol\"\ncontrol \"A\" \"a\" {\n  require number == 1\n}\n";
  client.files.files["/ws/m.pol"] = "let number = 1\n";
  client.open("m.pol", "let nummer = 1\n");
  CHECK(client.published("p.pol") == "5:10 POL2025\n");
  client.notify("textDocument/didClose", document("m.pol"));
  client.open("p.pol", client.files.files["/ws/p.pol"]);
  CHECK(client.published("p.pol") == "none\n");
}

TEST_CASE("a module that no policy uses yet is looked at alone, and no policy is missed in it") {
  Client client;
  client.open("m.pol", "control \"A\" \"a\" {\n  require nothing == 1\n}\n");
  CHECK(client.published("m.pol") == "1:10 POL2025\n");
}

TEST_CASE("files outside of the root are looked at for their syntax, and nothing is read for them") {
  Client client;
  client.files.files["/secret.pol"] = "let x = 1\n";
  client.notify(
      "textDocument/didOpen",
      {{"textDocument",
        {{"uri", "file:///else/a.pol"}, {"text", "use \"../secret.pol\"\nlet a = nothing\nlet b ="}}}});
  client.files.log.clear();
  client.server.publish();
  const Json& diagnostics = client.sent.back()["params"]["diagnostics"];
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0]["code"] == "POL1030");
  for (const std::string& line : client.files.log) CHECK(line.find("secret") == std::string::npos);
  client.open("b.pol", kPolicy + "use \"../secret.pol\"\n");
  CHECK(client.published("b.pol") == "3:4 POL2005\n");
}

TEST_CASE("positions in UTF-8 where the editor offers them") {
  Client client(true, {{"general", {{"positionEncodings", {"utf-16", "utf-8"}}}}});
  client.open("a.pol", "let a: text = \"\u20ac\u20ac\" + nothing\n");
  CHECK(client.published("a.pol").find("0:25 ") != std::string::npos);
}
