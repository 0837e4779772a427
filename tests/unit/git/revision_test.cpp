// Which commit is meant, and what kinds of repository are read.
#include "runtime/git/revision.hpp"

#include "tests/support/git_builder.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using git::ObjectId;
using git::Problem;
using polc::test::GitBuilder;

namespace {

/// base <- one <- two (main); base <- side; merge of two and side.
struct History {
  GitBuilder git;
  ObjectId tree = git.tree("");
  ObjectId base = git.commit(tree, {}, "base");
  ObjectId one = git.commit(tree, {base}, "one");
  ObjectId two = git.commit(tree, {one}, "two");
  ObjectId side = git.commit(tree, {base}, "side");
  ObjectId merge = git.commit(tree, {two, side}, "merge");

  History() { git.reference("refs/heads/main", two); }

  git::Result<ObjectId> resolve(const std::string& revision, const git::Bounds& bounds = {}) const {
    const auto repository = git::Repository::open(git.files, "/repo", bounds);
    if (!repository) return tl::unexpected(repository.error());
    return git::resolve_revision(*repository, revision);
  }
  Problem problem(const std::string& revision, const git::Bounds& bounds = {}) const {
    const auto found = resolve(revision, bounds);
    REQUIRE_FALSE(found);
    return found.error().problem;
  }
};

}  // namespace

TEST_CASE("every way to name a commit") {
  History h;
  h.git.reference("refs/remotes/origin/main", h.one);
  h.git.file("refs/remotes/origin/HEAD", "ref: refs/remotes/origin/main");
  h.git.reference("refs/tags/light", h.base);
  h.git.reference("refs/tags/v1", h.git.tag(h.git.tag(h.side, "commit", "inner"), "tag", "v1"));
  for (const char* name : {"HEAD", "@", "main", "heads/main", "refs/heads/main"})
    CHECK(h.resolve(name) == h.two);
  for (const char* name : {"origin/main", "origin", "remotes/origin/main", "refs/remotes/origin/HEAD"})
    CHECK(h.resolve(name) == h.one);
  CHECK(h.resolve("light") == h.base);
  CHECK(h.resolve("tags/v1") == h.side);
  CHECK(h.resolve(h.base.hex()) == h.base);
  CHECK(h.resolve(h.base.hex().substr(0, 8)) == h.base);
}

TEST_CASE("ancestors and parents") {
  const History h;
  const std::string merge = h.merge.hex();
  CHECK(h.resolve("main~") == h.one);
  CHECK(h.resolve("main~1") == h.one);
  CHECK(h.resolve("main~2") == h.base);
  CHECK(h.resolve("main~~") == h.base);
  CHECK(h.resolve("main^^") == h.base);
  CHECK(h.resolve("main~0") == h.two);
  CHECK(h.resolve("main^0") == h.two);
  CHECK(h.resolve(merge + "^") == h.two);
  CHECK(h.resolve(merge + "^2") == h.side);
  CHECK(h.resolve(merge + "^2~1") == h.base);
  CHECK(h.problem("main~3") == Problem::UnknownRevision);
  CHECK(h.problem("main^2") == Problem::UnknownRevision);
  CHECK(h.resolve("main~3").error().what.ends_with("has no parents"));
  CHECK(h.resolve(merge + "^3").error().what.ends_with("has 2 parents"));
}

TEST_CASE("what is not understood is refused") {
  const History h;
  for (const char* text :
       {"", "~1", "main@{1}", "@{u}", "main^{commit}", "main^-", "main~x", "main~1234567890", "a..b", "../x",
        ":/fix", "refs/heads/../x", "-n", "main ", "main\n"}) {
    INFO(text);
    const Problem problem = h.problem(text);
    CHECK((problem == Problem::BadRevision ||
           (std::string(text) == "-n" && problem == Problem::UnknownRevision)));
  }
  CHECK(h.problem("nothing") == Problem::UnknownRevision);
  CHECK(h.problem("Main") == Problem::UnknownRevision);
  CHECK(h.problem("refs/heads/nothing") == Problem::UnknownRevision);
  CHECK(h.problem("abc") == Problem::UnknownRevision);  // too short for an id
  CHECK(h.problem("0123456789") == Problem::UnknownRevision);
  CHECK(h.problem(std::string(40, '0')) == Problem::MissingObject);
}

TEST_CASE("of several commits none is chosen") {
  History h;
  h.git.reference("refs/tags/main", h.two);
  CHECK(h.resolve("main") == h.two);  // two names of one commit
  h.git.reference("refs/tags/main", h.one);
  CHECK(h.problem("main") == Problem::Ambiguous);
  CHECK(h.resolve("main").error().what == "it is 'refs/tags/main' and 'refs/heads/main'");
  CHECK(h.resolve("heads/main") == h.two);
}

TEST_CASE("abbreviated ids: loose and packed, whatever the type of the other object") {
  History h;
  const std::string digits = h.one.hex().substr(0, 4);
  CHECK(h.resolve(digits) == h.one);
  std::string upper = digits;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  CHECK(h.resolve(upper) == h.one);
  CHECK(h.resolve(digits + "~1") == h.base);

  test::PackBuilder pack;  // the same object once more is no ambiguity
  const std::string text =
      "tree " + h.tree.hex() + "\nparent " + h.base.hex() + "\nauthor A <a@example.com> 0 +0000\n\none\n";
  pack.add(h.one, 1, text);
  h.git.pack("a", pack);
  CHECK(h.resolve(digits) == h.one);

  ObjectId other = h.one;
  other.bytes.back() = static_cast<char>(other.bytes.back() ^ 1);
  h.git.file(GitBuilder::loose_name(other), "");
  CHECK(h.problem(digits) == Problem::Ambiguous);
  CHECK(h.problem(h.one.hex().substr(0, 39)) == Problem::Ambiguous);
  CHECK(h.resolve(h.one.hex()) == h.one);
  h.git.reference("refs/heads/" + digits, h.side);
  CHECK(h.resolve(digits) == h.side);  // a reference comes first, as in git
}

TEST_CASE("only commits count") {
  History h;
  h.git.reference("refs/tags/tree", h.tree);
  h.git.reference("refs/tags/blob", h.git.tag(h.git.blob("x"), "blob", "blob"));
  CHECK(h.problem("tree") == Problem::BadRevision);
  CHECK(h.problem("blob") == Problem::BadRevision);
  CHECK(h.problem(h.tree.hex()) == Problem::BadRevision);
  h.git.reference("refs/tags/broken", h.git.loose(git::ObjectType::Tag, "object 12\n"));
  CHECK(h.problem("broken") == Problem::Damaged);
  h.git.reference("refs/heads/broken", h.git.loose(git::ObjectType::Commit, "author\n"));
  const auto repository = git::Repository::open(h.git.files, "/repo");
  CHECK(h.problem("broken~1") == Problem::Damaged);
}

TEST_CASE("tags of tags and steps back are bounded") {
  History h;
  git::Bounds bounds;
  bounds.tags = 3;
  ObjectId tag = h.git.tag(h.one, "commit", "1");
  tag = h.git.tag(h.git.tag(tag, "tag", "2"), "tag", "3");
  h.git.reference("refs/tags/three", tag);
  h.git.reference("refs/tags/four", h.git.tag(tag, "tag", "4"));
  CHECK(h.resolve("three", bounds) == h.one);
  CHECK(h.problem("four", bounds) == Problem::TooLarge);
  bounds.ancestors = 1;
  CHECK(h.resolve("main~1", bounds) == h.one);
  CHECK(h.problem("main~2", bounds) == Problem::TooLarge);
  CHECK(h.problem("main^^", bounds) == Problem::TooLarge);
}

TEST_CASE("a parent that a shallow clone lacks, and other reasons") {
  History h;
  h.git.files.files.erase("/repo/.git/" + GitBuilder::loose_name(h.base));
  CHECK(h.resolve("main~2"));  // the id is known from its child
  CHECK(h.problem("main~3") == Problem::MissingObject);
  CHECK(h.resolve("main~3").error().what.find("'git fsck'") != std::string::npos);
  h.git.file("shallow", h.one.hex());
  CHECK(h.resolve("main~3").error().what.find("shallow clone") != std::string::npos);
  h.git.file("config", "[remote \"origin\"]\npromisor = true\n");
  CHECK(h.resolve("main~3").error().what.find("partial clone") != std::string::npos);
  h.git.file("objects/info/alternates", "/elsewhere/objects\n");
  h.git.files.files["/elsewhere/objects/" + h.base.hex().substr(0, 2) + "/" + h.base.hex().substr(2)] = "x";
  CHECK(h.resolve("main~3").error().what.find("borrows") != std::string::npos);
  for (const std::string& line : h.git.files.log) CHECK(line.find("elsewhere") == std::string::npos);
}

TEST_CASE("forms of repositories that are not read") {
  History h;
  const auto with = [&](const char* config) {
    h.git.file("config", config);
    const auto found = h.resolve("main");
    return found ? std::optional<Problem>() : found.error().problem;
  };
  CHECK(with("[core]\nrepositoryformatversion = 0\n") == std::nullopt);
  CHECK(with("[core]\nrepositoryformatversion = 1\n[extensions]\nworktreeConfig = true\npreciousObjects = "
             "true\n") == std::nullopt);
  CHECK(with("[core]\nrepositoryformatversion = 2\n") == Problem::Unsupported);
  CHECK(with("[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n") ==
        Problem::Unsupported);
  CHECK(with("[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha3\n") ==
        Problem::Unsupported);
  CHECK(with("[core]\nrepositoryformatversion = 1\n[extensions]\nfromTheFuture = true\n") ==
        Problem::Unsupported);
  CHECK(with("[include]\npath = //server/share/config\n[core]\nfsmonitor = rm\n") == std::nullopt);
  CHECK(with("[core\n") == Problem::Damaged);
  for (const std::string& line : h.git.files.log) CHECK(line.find("server") == std::string::npos);
}

TEST_CASE("the repository is found from a folder below") {
  History h;
  h.git.files.files["/repo/a/b/c.pol"] = "";
  CHECK(git::Repository::find(h.git.files, "/repo/a/b")->work_tree() == "/repo");
  CHECK(git::Repository::find(h.git.files, "/elsewhere").error().problem == Problem::NoRepository);
  CHECK(git::Repository::open(h.git.files, "/repo/a").error().problem == Problem::NoRepository);
  h.git.files.files.erase("/repo/.git/HEAD");
  CHECK(git::Repository::find(h.git.files, "/repo/a").error().problem == Problem::NoRepository);
}

TEST_CASE("a linked work tree is followed to local folders alone") {
  History h;
  h.git.file("worktrees/w/HEAD", "ref: refs/heads/side\n");
  h.git.reference("refs/heads/side", h.side);
  auto& files = h.git.files.files;
  const auto with = [&](const std::string& link, const std::string& common) {
    files["/linked/.git"] = link;
    h.git.file("worktrees/w/commondir", common);
    const auto repository = git::Repository::open(h.git.files, "/linked");
    return repository ? git::resolve_revision(*repository, "HEAD") : tl::unexpected(repository.error());
  };
  CHECK(with("gitdir: /repo/.git/worktrees/w\n", "../..\n") == h.side);
  CHECK(with("gitdir: ../repo/.git/worktrees/w", "/repo/.git") == h.side);
  for (const char* link :
       {"gitdir: //server/share/.git", "gitdir: \\\\server\\share\\.git", "gitdir: /\\server/share",
        "gitdir: \\\\?\\C:\\x", "gitdir: ", "gitdir: /repo/.git\n/x"}) {
    INFO(link);
    CHECK(with(link, "../..").error().problem == Problem::Unsupported);
  }
  CHECK(with("gitdir: /repo/.git/worktrees/w", "//server/share").error().problem == Problem::Unsupported);
  CHECK(with("gitdir: /repo/.git/worktrees/w", "").error().problem == Problem::Unsupported);
  CHECK(with("nothing", "../..").error().problem == Problem::Damaged);
  CHECK(with("gitdir: /nowhere", "../..").error().problem == Problem::NoRepository);
  for (const std::string& line : h.git.files.log) CHECK(line.find("server") == std::string::npos);
  // From a share, `..` could climb to another machine.
  files["//server/share/work/.git"] = "gitdir: ../../../other/share/x";
  CHECK(git::Repository::open(h.git.files, "//server/share/work").error().problem == Problem::Unsupported);
}
