// REV:path: what is one, what it opens, and each of its diagnostics.
#include "cli/revision_path.hpp"

#include "cli/revision.hpp"
#include "compiler/compile.hpp"
#include "runtime/base/limits.hpp"
#include "tests/support/git_builder.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using git::ObjectId;
using polc::test::GitBuilder;

namespace {

const std::string kModule = "def one() = 1\n";
const std::string kPolicy =
    "policy \"x\" \"X\" { version \"1.0.0\" }\nuse \"lib/m.pol\"\n"
    "control \"X-1\" \"One\" { severity high require registry('HKLM\\S\\K', 'V') == one() }\n";

struct Project {
  GitBuilder git;
  ObjectId commit;

  Project() {
    const ObjectId lib = git.tree(GitBuilder::entry("100644", "m.pol", git.blob(kModule)));
    const ObjectId policies = git.tree(GitBuilder::entry("100644", "a.pol", git.blob(kPolicy)) +
                                       GitBuilder::entry("40000", "lib", lib) +
                                       GitBuilder::entry("120000", "link.pol", git.blob("a.pol")));
    commit = git.commit(git.tree(GitBuilder::entry("40000", "policies", policies)));
    git.reference("refs/heads/main", commit);
    git.files.files["/repo/policies/a.pol"] = "changed";
  }

  base::Result<cli::OpenRevision> open(const std::string& argument) const {
    const auto wanted = cli::parse_revision_path(argument, git.files);
    REQUIRE(wanted);
    return cli::open_revision(*wanted, git.files);
  }
  std::string problem(const std::string& argument) const {
    const auto opened = open(argument);
    REQUIRE_FALSE(opened);
    return base::code_text(opened.error().code) + " " + base::message_of(opened.error());
  }
};

}  // namespace

TEST_CASE("which arguments name a revision") {
  os::MemoryFileSystem files;
  files.folder = "/repo";
  files.files["/repo/odd:name.pol"] = "";
  const auto parsed = cli::parse_revision_path("origin/main~2:./a:b.pol", files);
  REQUIRE(parsed);
  CHECK(parsed->revision == "origin/main~2");
  CHECK(parsed->path == "./a:b.pol");
  CHECK(cli::parse_revision_path(":x", files)->revision.empty());
  for (const char* argument :
       {"policies/a.pol", "", "C:\\x.pol", "c:/x.pol", "c:x.pol", "odd:name.pol", "./odd:name.pol"})
    CHECK_FALSE(cli::parse_revision_path(argument, files));
}

TEST_CASE("a path begins at the root, or at the working folder where it says so") {
  Project project;
  for (const char* argument : {"main:policies/a.pol", "HEAD:./policies/a.pol", "@:policies/./lib/../a.pol"}) {
    const auto opened = project.open(argument);
    REQUIRE(opened);
    CHECK(opened->path == "/policies/a.pol");
    CHECK(opened->commit == project.commit.hex());
    CHECK(opened->files->read(opened->path, 1000).text == kPolicy);
  }
  project.git.files.folder = "/repo/policies";
  CHECK(project.open("main:./a.pol")->path == "/policies/a.pol");
  CHECK(project.open("main:../policies/lib/m.pol")->path == "/policies/lib/m.pol");
  CHECK(project.open("main:policies/a.pol")->path == "/policies/a.pol");
  CHECK(project.problem("main:a.pol") == "POL5147 there is no 'a.pol' in 'main'");
}

TEST_CASE("a policy is compiled with the modules of its revision") {
  const Project project;
  const auto opened = project.open("main:policies/a.pol");
  REQUIRE(opened);
  base::SourceManager sources;
  base::DiagnosticSink sink;
  const auto result = compiler::compile({opened->path, opened->root, {}, {}}, *opened->files, sources, sink);
  for (const base::Diagnostic& diagnostic : sink.sorted()) UNSCOPED_INFO(base::message_of(diagnostic));
  REQUIRE(result.program);
  CHECK(result.program->controls.size() == 1);
  CHECK(sources.find(static_cast<base::FileId>(1))->name() == "policies/a.pol");
  CHECK(sources.find(static_cast<base::FileId>(2))->text() == kModule);
}

TEST_CASE("every way to fail has its diagnostic") {
  Project project;
  CHECK(project.problem("main:nothing.pol") == "POL5147 there is no 'nothing.pol' in 'main'");
  for (const char* outside :
       {"main:../x", "main:/policies/a.pol", "main:", "main:C:/x", "main://server/share/x"})
    CHECK(project.problem(outside).starts_with("POL5147"));
  CHECK(project.problem("main:policies") == "POL5149 'policies' in 'main' is no file: it is a folder");
  CHECK(project.problem("main:policies/link.pol") ==
        "POL5149 'policies/link.pol' in 'main' is no file: 'link.pol' is a symbolic link, which is not "
        "followed in a revision");
  CHECK(project.problem("main@{1}:x") ==
        "POL5141 'main@{1}' is not understood as a revision: the log of a reference ('@{...}') is not read");
  CHECK(project.problem(":x") == "POL5141 '' is not understood as a revision: it is no name of a reference");
  CHECK(project.problem("side:x") ==
        "POL5142 there is no revision 'side': no branch, tag or other reference has that name");

  project.git.reference("refs/tags/main", project.git.commit(project.git.tree("")));
  CHECK(project.problem("main:x") ==
        "POL5143 'main' could be several commits: it is 'refs/tags/main' and 'refs/heads/main'");
  const std::string zeros(40, '0');
  CHECK(project.problem(zeros + ":x") ==
        "POL5144 '" + zeros + "' cannot be read: object " + zeros +
            " is missing: the repository is not complete; 'git fsck' says more");
  project.git.file("refs/heads/bad", "x");
  CHECK(project.problem("bad:x") ==
        "POL5145 'bad' cannot be read, because the git repository is damaged: the reference 'refs/heads/bad' "
        "holds no id");
  project.git.file("refs/heads/big", std::string(limits::kGitFileBytes + 1, ' '));
  CHECK(project.problem("big:x") == "POL5148 'big' was not read: 'heads/big' has 1048577 bytes");
  project.git.file("objects/pack/a.idx", std::string(2000, 'x'));
  CHECK(project.problem(zeros + ":x")
            .starts_with("POL5146 '" + zeros +
                         "' cannot be read from a git repository of this form: 'a.idx' is no pack index"));
  test::PackBuilder pack;
  project.git.file("objects/pack/a.idx", pack.index());
  CHECK(project.problem(zeros + ":x") ==
        "POL5150 '" + zeros + "' cannot be read: 'pack/a.pack': no such file");
  project.git.files.folder = "/";
  CHECK(project.problem("main:x") ==
        "POL5140 'main:x' names a file of a git revision, and there is no repository: no '.git' is here or "
        "above");
}

TEST_CASE("commit, branch and address of the work tree for SARIF") {
  Project project;
  const auto with = [&](const char* config) {
    project.git.file("config", config);
    const auto revision = cli::read_revision("/repo", project.git.files);
    return revision ? revision->repository_uri : "none";
  };
  const auto revision = cli::read_revision("/repo", project.git.files);
  REQUIRE(revision);
  CHECK(revision->commit == project.commit.hex());
  CHECK(revision->branch == "main");
  CHECK(revision->repository_uri.empty());
  CHECK(with("[remote \"origin\"]\n\turl = https://user:secret@example.com/a.git?token=x#y\n") ==
        "https://example.com/a.git");
  CHECK(with("[remote \"origin\"]\n\turl = https://example.com/a@b\n") == "https://example.com/a@b");
  CHECK(with("[remote \"origin\"]\n\turl = git@example.com:a.git\n[remote \"b\"]\n\turl = "
             "https://example.com/b\n")
            .empty());
  CHECK(with("[remote \"a\"]\n\turlx = https://example.com/x\n\tpushurl = https://example.com/p\n\turl = "
             "https://example.com/a\n") == "https://example.com/a");
  project.git.file("HEAD", project.commit.hex() + "\n");
  CHECK(cli::read_revision("/repo", project.git.files)->branch.empty());
  project.git.file("HEAD", "ref: refs/heads/unborn\n");
  CHECK_FALSE(cli::read_revision("/repo", project.git.files));
  project.git.file("HEAD", "ref: ../../x\n");
  CHECK_FALSE(cli::read_revision("/repo", project.git.files));
  CHECK_FALSE(cli::read_revision("/elsewhere", project.git.files));
}
