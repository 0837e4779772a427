#include <algorithm>
#include <map>
#include <string>

#include "grammar/literals.hpp"
#include "grammar/parse.hpp"
#include "runtime/value/resource.hpp"
#include "stdlib/embedded.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using grammar::NodeId;
using grammar::NodeKind;

namespace {

/// Value of a setting's field as written; "" when the setting has no such field.
std::string field(const grammar::SyntaxTree& tree, NodeId setting, std::string_view name) {
  for (const NodeId child : tree.children(setting)) {
    if (tree.kind(child) == NodeKind::Field && tree.text(tree.child(child, 0)) == name)
      return std::string(tree.text(tree.child(child, 1)));
  }
  return {};
}

std::string last_segment(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

TEST_CASE("modules are ordered by name and found by it") {
  const auto modules = stdlib::modules();
  REQUIRE(!modules.empty());
  CHECK(std::is_sorted(modules.begin(), modules.end(),
                       [](const stdlib::Module& a, const stdlib::Module& b) { return a.name < b.name; }));
  for (const stdlib::Module& module : modules) {
    INFO(module.name);
    CHECK(stdlib::find_module(module.name) == module.text);
    CHECK(module.path == "std/" + std::string(module.name.substr(4)) + ".pol");
  }
  CHECK_FALSE(stdlib::find_module("std.GPO"));
  CHECK_FALSE(stdlib::find_module("gpo"));
  CHECK_FALSE(stdlib::find_module(""));
}

TEST_CASE("every module parses without a diagnostic") {
  for (const stdlib::Module& module : stdlib::modules()) {
    base::SourceManager sources;
    base::DiagnosticSink sink;
    const auto file = sources.add(std::string(module.path), std::string(module.text));
    grammar::parse(sources, file, sink);
    INFO(module.name);
    CHECK(sink.empty());
  }
}

TEST_CASE("every privilege and logon right has a setting with its title") {
  base::SourceManager sources;
  base::DiagnosticSink sink;
  const auto file = sources.add("user_rights.pol", std::string(*stdlib::find_module("std.user_rights")));
  const auto tree = grammar::parse(sources, file, sink);
  std::map<std::string, std::string> titles;
  for (const NodeId child : tree.children(tree.root())) {
    if (tree.kind(child) != NodeKind::Setting) continue;
    titles[field(tree, child, "right")] = last_segment(grammar::decode_string(tree, tree.child(child, 0)));
  }
  for (const value::PrivilegeInfo& privilege : value::privileges()) {
    INFO(privilege.name);
    CHECK(titles[std::string(privilege.name)] == privilege.policy_name);
  }
}
