#include "authoring/language_server/workspace.hpp"

#include "authoring/limits.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::authoring;

TEST_CASE("URIs of files and paths") {
  CHECK(path_of_uri("file:///a%20b/%C3%A4.pol") == "/a b/\u00e4.pol");
  CHECK(path_of_uri("file:///c%3A/x.pol") == "c:/x.pol");
  CHECK(path_of_uri("file:///a/../../etc/b.pol") == "/etc/b.pol");
  for (const std::string uri : {"untitled:Untitled-1", "http://x/a.pol", "file://", "file://host/a",
                                "file:///%", "file:///%0", "file:///%zz", "file:///a%00b", "/a.pol", ""}) {
    INFO(uri);
    CHECK_FALSE(path_of_uri(uri).has_value());
  }
  CHECK(uri_of_path("/a b/\u00e4.pol") == "file:///a%20b/%C3%A4.pol");
  CHECK(uri_of_path("C:/x.pol") == "file:///C%3A/x.pol");
}

TEST_CASE("policies of a workspace are found by their head, not in hidden folders") {
  os::MemoryFileSystem files;
  files.files["/ws/b/p.pol"] = "use \"./m.pol\"\npolicy \"p\" \"P\" { broken";
  files.files["/ws/b/m.pol"] = "let policy = 1\ngroup \"policy\" {\n}\n";
  files.files["/ws/.git/x.pol"] = "policy \"p\" \"P\" {}";
  files.files["/ws/notes.txt"] = "policy \"p\" \"P\" {}";
  CHECK(find_policies(files, "/ws") == std::vector<std::string>{"/ws/b/p.pol"});
}

TEST_CASE("64 policies are looked at and no more") {
  os::MemoryFileSystem files;
  for (std::size_t i = 0; i < limits::kWorkspacePolicies; ++i) {
    files.files["/ws/" + std::to_string(i) + ".pol"] = "policy \"p\" \"P\" {}";
  }
  CHECK(find_policies(files, "/ws").size() == limits::kWorkspacePolicies);
  files.files["/ws/more.pol"] = "policy \"p\" \"P\" {}";
  CHECK(find_policies(files, "/ws").size() == limits::kWorkspacePolicies);
}

TEST_CASE("a language server writes nothing") {
  os::MemoryFileSystem files;
  Overlay overlay(files);
  CHECK(overlay.write_whole("/a", "x").has_value());
  CHECK(files.files.empty());
}
