// Where modules come from, and what is never read.
#include "stdlib/embedded.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/compiler/compiled.hpp"

using namespace polc;
using test::compile_files;
using test::compile_text;
using test::kHeader;

namespace {

const std::string kControl = "control \"U-1\" \"t\" { require host.build > 1 }\n";

/// A memory file system with links.
class LinkedFiles : public os::MemoryFileSystem {
 public:
  std::map<std::string, std::string> links;

  std::optional<std::string> canonical(const std::string& path) const override {
    const auto link = links.find(path);
    return os::MemoryFileSystem::canonical(link != links.end() ? link->second : path);
  }
};

compiler::CompileOptions options_for(std::string policy) {
  compiler::CompileOptions options;
  options.policy_path = std::move(policy);
  options.root = "/repo";
  return options;
}

}  // namespace

TEST_CASE("a policy that cannot be read is reported by its name") {
  os::MemoryFileSystem files;
  files.files["/repo/other.pol"] = kHeader;
  CHECK(compile_files(files, options_for("/repo/p.pol")).codes() == "POL2000");
  CHECK(compile_files(files, options_for("/repo")).codes() == "POL2000");
}

TEST_CASE("a policy outside the root is not compiled") {
  os::MemoryFileSystem files;
  files.files["/repo/p.pol"] = kHeader;
  files.files["/elsewhere/p.pol"] = kHeader + kControl;
  CHECK(compile_files(files, options_for("/elsewhere/p.pol")).codes() == "POL2001");
  CHECK(compile_files(files, options_for("/repo/../elsewhere/p.pol")).codes() == "POL2001");
}

TEST_CASE("the policy is found from the working folder") {
  os::MemoryFileSystem files;
  files.files["/repo/policies/p.pol"] = kHeader + kControl;
  files.folder = "/repo/policies";
  const auto compiled = compile_files(files, options_for("p.pol"));
  CHECK(compiled.codes() == "");
  REQUIRE(compiled.program);
  CHECK(compiled.program->text(compiled.program->files[0].path) == "policies/p.pol");
}

TEST_CASE("a link out of the root is not followed") {
  LinkedFiles files;
  files.files["/repo/p.pol"] = kHeader + "use \"./inside.pol\"\n" + kControl;
  files.files["/repo/inside.pol"] = "";
  files.files["/secret/key.pol"] = "let a = 1\n";
  files.links["/repo/inside.pol"] = "/secret/key.pol";
  CHECK(compile_files(files, options_for("/repo/p.pol")).codes() == "POL2005");
  CHECK(std::find(files.log.begin(), files.log.end(), "read /secret/key.pol") == files.log.end());
}

TEST_CASE("two names of one file are one module") {
  LinkedFiles files;
  files.files["/repo/p.pol"] = kHeader + "use \"./a.pol\"\nuse \"./b.pol\"\n";
  files.files["/repo/a.pol"] = kControl;
  files.files["/repo/b.pol"] = "";
  files.links["/repo/b.pol"] = "/repo/a.pol";
  const auto compiled = compile_files(files, options_for("/repo/p.pol"));
  CHECK(compiled.codes() == "");
  REQUIRE(compiled.program);
  CHECK(compiled.program->controls.size() == 1);
}

TEST_CASE("every module of the standard library compiles") {
  for (const stdlib::Module& module : stdlib::modules()) {
    INFO(module.name);
    CHECK(compile_text(kHeader + "use " + std::string(module.name) + "\n" + kControl).codes() == "");
    // As a file its unused helpers are checked too.
    std::string text(module.text);
    CHECK(compile_text(kHeader + "use \"./m.pol\"\n" + kControl, {{"/repo/m.pol", text}}).codes() == "");
  }
}

TEST_CASE("the standard library can be read from a folder") {
  os::MemoryFileSystem files;
  files.files["/repo/p.pol"] =
      kHeader + "use std.ports\n" + kControl + "control \"U-2\" \"t\" { require extra }\n";
  files.files["/lib/std/ports.pol"] = "let extra = host.build > 1\n";
  auto options = options_for("/repo/p.pol");
  options.stdlib_folder = "/lib";
  CHECK(compile_files(files, options).codes() == "");
}

TEST_CASE("controls of modules follow those of the policy") {
  const auto compiled =
      compile_text(kHeader + "use \"./m.pol\"\ncontrol \"Z-1\" \"t\" { require host.build > 1 }\n",
                   {{"/repo/m.pol", kControl}});
  REQUIRE(compiled.program);
  const ir::Program& program = *compiled.program;
  REQUIRE(program.controls.size() == 2);
  CHECK(program.text(program.controls[0].id) == "Z-1");
  CHECK(program.text(program.controls[1].id) == "U-1");
}

TEST_CASE("names are looked up in the file that uses the module, not further") {
  const std::map<std::string, std::string> files{{"/repo/a.pol", "use \"./b.pol\"\n"},
                                                 {"/repo/b.pol", "let x = 1\n"}};
  const std::string control = "control \"U-1\" \"t\" { require host.build > x }\n";
  CHECK(compile_text(kHeader + "use \"./a.pol\"\n" + control, files).codes() == "POL2025");
  CHECK(compile_text(kHeader + "use \"./a.pol\"\nuse \"./b.pol\"\n" + control, files).codes() == "");
}
