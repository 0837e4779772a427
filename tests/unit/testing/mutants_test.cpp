// Mutants: which there are of what, and that each one is what its edit of the text says.
#include "authoring/testing/mutants.hpp"

#include <algorithm>
#include <map>

#include "authoring/testing/bench.hpp"
#include "authoring/testing/edited_text.hpp"
#include "runtime/base/render.hpp"
#include "runtime/evaluate/evaluate.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using authoring::Mutant;

namespace {

struct Compiled {
  base::SourceManager sources;
  ir::Program program;
  std::string messages;
};

std::unique_ptr<Compiled> compile(const std::string& policy, const os::FileSystem& files) {
  auto compiled = std::make_unique<Compiled>();
  base::DiagnosticSink sink;
  compiler::CompileOptions options;
  options.root = "/repo";
  options.policy_path = "/repo/" + policy;
  auto result = compiler::compile(options, files, compiled->sources, sink);
  compiled->messages = base::render_diagnostics(sink.sorted(), compiled->sources, {});
  if (result.program) compiled->program = std::move(*result.program);
  return compiled;
}

/// The changed lines of all mutants of a control, without the blanks around them.
std::vector<std::string> mutants(const std::string& clauses) {
  os::MemoryFileSystem files;
  files.files["/repo/p.pol"] =
      "policy \"p\" \"P\" { version \"1\" }\nparam on: bool = true\ncontrol \"A-1\" \"A\" {\n" + clauses +
      "\n}\n";
  const auto compiled = compile("p.pol", files);
  REQUIRE(compiled->messages == "");
  const authoring::EditedText text(compiled->program, compiled->sources);
  std::vector<std::string> lines;
  for (const Mutant& mutant : authoring::mutants_of(compiled->program, compiled->sources)) {
    std::string after = text.lines(mutant.edits).after;
    after.erase(after.find_last_not_of('\n') + 1);
    lines.push_back(after);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// The policies of the repository, in memory.
void load(const os::FileSystem& disk, const std::string& folder, os::MemoryFileSystem& files) {
  const std::string path = std::string(POLC_SOURCE_DIR) + "/" + folder;
  const os::ListResult listed = disk.list(path, 1000);
  for (const os::FolderEntry& entry : listed.entries) {
    const std::string name = folder + "/" + entry.name;
    if (entry.kind == os::FileKind::Folder) {
      load(disk, name, files);
    } else {
      files.files["/repo/" + name] = disk.read(std::string(POLC_SOURCE_DIR) + "/" + name, 1 << 22).text;
    }
  }
}

/// Verdicts of every control on a host that is given by its snapshot.
std::vector<evaluate::Verdict> verdicts(const ir::Program& program, const value::FactTable& facts) {
  std::vector<evaluate::Verdict> all;
  for (const auto& result : evaluate::evaluate(program, facts, {}).controls) all.push_back(result.verdict);
  return all;
}

}  // namespace

TEST_CASE("what is mutated, and how") {
  struct Case {
    std::string clauses;
    std::vector<std::string> mutants;
  };
  const std::vector<Case> cases{
      {"require host.build >= 7",
       {"require host.build < 7", "require host.build > 7", "require host.build >= 6",
        "require host.build >= 8"}},
      {"require host.role in {dc, member}",
       {"require host.role in {dc}", "require host.role in {member}",
        "require host.role not in {dc, member}"}},
      {"require port(1/tcp).allowed_from within loopback",
       {"require port(1/tcp).allowed_from contains loopback"}},
      {"require service(\"x\").start == disabled",
       {"require service(\"x\").start != disabled", "require service(\"x\").start == disabled or absent"}},
      {"require service(\"x\").start == disabled or absent",
       {"require service(\"x\").start != disabled or absent", "require service(\"x\").start == disabled"}},
      {"when host.domain_joined\nrequire user_right(SeTcbPrivilege) == {}",
       {"require user_right(SeTcbPrivilege) != {}", "when not (host.domain_joined)", "when true"}},
      {"when on\nrequire user_right(SeTcbPrivilege) == {}",
       {"require user_right(SeTcbPrivilege) != {}", "when not (on)", "when true"}},
      {"require host.domain_joined and host.secure_boot", {"require host.domain_joined or host.secure_boot"}},
      {"require any { host.domain_joined, host.secure_boot }",
       {"require all { host.domain_joined, host.secure_boot }"}},
      {"require all p in 70..74/udp: port(p).listening",
       {"require all p in 69..74/udp: port(p).listening", "require all p in 70..73/udp: port(p).listening",
        "require all p in 70..75/udp: port(p).listening", "require all p in 71..74/udp: port(p).listening",
        "require any p in 70..74/udp: port(p).listening"}},
      {"require not (host.build < 7)",
       {"require not (host.build < 6)", "require not (host.build < 8)", "require not (host.build <= 7)",
        "require not (host.build >= 7)"}},
      {"require registry('HKLM\\X', 'Y') is present", {"require registry('HKLM\\X', 'Y') is absent"}},
  };
  for (const Case& c : cases) {
    INFO(c.clauses);
    CHECK(mutants(c.clauses) == c.mutants);
  }
}

/// Patching the program and editing the text come to the same, on hosts of all kinds: every seventeenth mutant of the
/// shipped policy, since each costs a compilation.
TEST_CASE("a mutant is what its edit says") {
  constexpr std::size_t kStride = 17;
  const auto disk = os::real_file_system();
  os::MemoryFileSystem files;
  load(*disk, "policies", files);
  const auto original = compile("policies/automate.pol", files);
  REQUIRE(original->messages == "");
  const std::vector<Mutant> all = authoring::mutants_of(original->program, original->sources);
  const authoring::EditedText text(original->program, original->sources);
  REQUIRE(all.size() > 200);

  files.files["/repo/t_test.pol"] =
      "use \"./policies/automate.pol\"\n"
      "test \"a\" { given \"policies/hosts/hardened.yaml\" expect \"CWA-GPO-01\" pass }\n"
      "test \"b\" { given \"policies/hosts/fresh-install.yaml\" expect \"CWA-GPO-01\" pass }\n"
      "test \"c\" { given \"policies/hosts/partial.yaml\" expect \"CWA-GPO-01\" pass }\n";
  for (std::size_t i = 0; i < all.size(); i += kStride) {
    os::MemoryFileSystem edited = files;
    std::string& source = edited.files["/repo/" + std::string(text.file_name(all[i].edits.front().file))];
    for (auto edit = all[i].edits.rbegin(); edit != all[i].edits.rend(); ++edit)
      source.replace(edit->begin, edit->end - edit->begin, edit->text);
    INFO(text.lines(all[i].edits).after);

    compiler::CompileOptions options;
    options.root = "/repo";
    options.policy_path = "/repo/t_test.pol";
    options.test_file = true;
    base::SourceManager sources, edited_sources;
    base::DiagnosticSink sink, edited_sink;
    authoring::Bench bench(options, files, sources, sink);
    authoring::Bench edited_bench(options, edited, edited_sources, edited_sink);
    REQUIRE(bench.load());
    REQUIRE(edited_bench.load());
    for (std::size_t host = 0; host < 3; ++host) {
      const auto stand = bench.stand(host);
      const auto edited_stand = edited_bench.stand(host);
      ir::Program program = *stand->program;
      const std::vector<Mutant> here = authoring::mutants_of(program, sources);
      REQUIRE(here.size() == all.size());
      const authoring::Mutation mutation(program, here[i]);
      CHECK(verdicts(program, *stand->facts) == verdicts(*edited_stand->program, *edited_stand->facts));
    }
  }
}

TEST_CASE("a mutation leaves the program as it was") {
  os::MemoryFileSystem files;
  files.files["/repo/p.pol"] =
      "policy \"p\" \"P\" { version \"1\" }\ncontrol \"A-1\" \"A\" { require host.role in {dc, member} }\n";
  const auto compiled = compile("p.pol", files);
  ir::Program& program = compiled->program;
  const std::size_t constants = program.constants.size();
  const std::size_t operands = program.operands.size();
  for (const Mutant& mutant : authoring::mutants_of(program, compiled->sources)) {
    const ir::Node before = program.nodes[mutant.patches.front().node];
    { const authoring::Mutation mutation(program, mutant); }
    const ir::Node& after = program.nodes[mutant.patches.front().node];
    CHECK(after.comparison == before.comparison);
    CHECK(after.data == before.data);
  }
  CHECK(program.constants.size() == constants);
  CHECK(program.operands.size() == operands);
}
