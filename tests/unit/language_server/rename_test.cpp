#include "tests/unit/catch.hpp"
#include "tests/unit/language_server/client.hpp"

using namespace polc::authoring;
using namespace polc::authoring::test;

namespace {

const std::string kHead = "policy \"p\" \"P\" {\n  version \"1.0.0\"\n}\n";

Json renamed(Client& client, Json at, const std::string& name) {
  at["newName"] = name;
  return client.call("textDocument/rename", at);
}

}  // namespace

TEST_CASE("a parameter is renamed in every file of every policy that uses it") {
  Client client;
  const std::string policy = kHead + "use \"./m.pol\"\ncontrol \"A\" \"a\" {\n  require limit == 1\n}\n";
  const std::string other =
      kHead + "use \"./m.pol\" as m\nprofile \"x\" {\n  set limit = 2\n}\nlet y = m.limit\n";
  client.files.files["/ws/p.pol"] = policy;
  client.files.files["/ws/q.pol"] = other;
  const Json at = client.open_marked("m.pol", "param lim|it: int = 1\nlet twice = 2 * limit\n");
  CHECK(client.result("textDocument/prepareRename", at)["start"]["character"] == 6);
  const Json changes = renamed(client, at, "most")["result"]["changes"];
  CHECK(edited(policy, changes[uri("p.pol")]) ==
        kHead + "use \"./m.pol\"\ncontrol \"A\" \"a\" {\n  require most == 1\n}\n");
  CHECK(edited("param limit: int = 1\nlet twice = 2 * limit\n", changes[uri("m.pol")]) ==
        "param most: int = 1\nlet twice = 2 * most\n");
  CHECK(edited(other, changes[uri("q.pol")]).find("let y = m.most") != std::string::npos);
}

TEST_CASE("variables and parameters of helpers are renamed where they are seen") {
  Client client;
  const std::string text =
      "def f(p: port, q: port) = all p2 in {p, q}: port(p2).listening\ndef g(p: port) = f(p: p, q: p)\n";
  Json at = client.open_marked("a.pol", "def f(|" + text.substr(6));
  CHECK(edited(text, renamed(client, at, "first")["result"]["changes"][uri("a.pol")]) ==
        "def f(first: port, q: port) = all p2 in {first, q}: port(p2).listening\ndef g(p: port) = f(first: "
        "p, q: p)\n");
}

TEST_CASE("a control id is renamed with its quotes, wherever it is named") {
  Client client;
  const std::string text =
      kHead + "control \"A-1\" \"a\" {}\nwaive 'A-1', \"B\" on host \"x\" until 2027-01-01 {}\n";
  std::string marked = text;
  marked.insert(marked.find("A-1") + 1, "|");
  const Json at = client.open_marked("a.pol", marked);
  const std::string result = edited(text, renamed(client, at, "A-2")["result"]["changes"][uri("a.pol")]);
  CHECK(result == kHead + "control \"A-2\" \"a\" {}\nwaive 'A-2', \"B\" on host \"x\" until 2027-01-01 {}\n");
  CHECK(renamed(client, at, "not an id")["error"]["code"] == -32803);
}

TEST_CASE("names that would change the meaning are refused") {
  Client client;
  const Json at = client.open_marked("a.pol", "let nu|mber = 1\nlet other = number\n");
  for (const std::string name : {"other", "registry", "all", "1x", "", "dc", "a b"}) {
    INFO(name);
    CHECK(renamed(client, at, name)["error"]["code"] == -32803);
  }
  const Json nothing = client.open_marked("b.pol", "let x = |1\n");
  CHECK(client.result("textDocument/prepareRename", nothing).is_null());
  CHECK(renamed(client, nothing, "y")["error"]["code"] == -32803);
}
