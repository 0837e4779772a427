#include "runtime/git/tree_files.hpp"

#include "tests/support/git_builder.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using git::ObjectId;
using git::Problem;
using os::FileKind;
using os::ReadStatus;
using polc::test::GitBuilder;

namespace {

struct Checkout {
  GitBuilder git;
  ObjectId file = git.blob("policy \"x\" \"X\" {}\n");
  ObjectId inner = git.tree(GitBuilder::entry("100644", "a.pol", file) +
                            GitBuilder::entry("100755", "run", git.blob("#!")));
  ObjectId missing{std::string(20, 'm')};
  ObjectId root = git.tree(GitBuilder::entry("120000", "link", git.blob("policies")) +
                           GitBuilder::entry("160000", "module", missing) +
                           GitBuilder::entry("40000", "policies", inner) +
                           GitBuilder::entry("100644", "polc.yaml", git.blob("fail_on: low\n")) +
                           GitBuilder::entry("40000", "unread", missing));

  std::unique_ptr<git::TreeFiles> open(const git::Bounds& bounds = {}) {
    auto repository = git::Repository::open(git.files, "/repo", bounds);
    REQUIRE(repository);
    auto tree = git::TreeFiles::open(std::make_shared<const git::Repository>(std::move(*repository)),
                                     git.commit(root));
    REQUIRE(tree);
    return std::move(*tree);
  }
};

}  // namespace

TEST_CASE("a commit's files are read like those of a disk") {
  Checkout checkout;
  const auto files = checkout.open();
  CHECK(files->working_folder() == "/");
  CHECK(files->read("/policies/a.pol", 100).text == "policy \"x\" \"X\" {}\n");
  CHECK(files->read("policies/../policies/./a.pol", 19).status == ReadStatus::Ok);
  CHECK(files->read("policies/a.pol", 17).status == ReadStatus::TooLarge);
  CHECK(files->read_range("policies/a.pol", 7, 3).text == "\"x\"");
  CHECK(files->read_range("policies/a.pol", 700, 3).text.empty());
  std::string pieces;
  CHECK(files->read_pieces("polc.yaml", [&](std::string_view piece) { pieces += piece; }).text.empty());
  CHECK(pieces == "fail_on: low\n");
  CHECK(files->kind("/") == FileKind::Folder);
  CHECK(files->kind("policies") == FileKind::Folder);
  CHECK(files->kind("policies/run") == FileKind::File);
  CHECK(files->kind("policies/b.pol") == FileKind::Missing);
  CHECK(files->kind("policies/a.pol/b") == FileKind::Missing);
  CHECK(files->kind("Policies/a.pol") == FileKind::Missing);
  CHECK(files->canonical("./policies/a.pol") == "/policies/a.pol");
  CHECK(files->canonical("/../polc.yaml") == "/polc.yaml");
  CHECK_FALSE(files->canonical("policies/b.pol"));
  CHECK(files->read("policies", 100).status == ReadStatus::Failed);
  CHECK(files->read("nothing", 100).status == ReadStatus::NotFound);
}

TEST_CASE("folders are listed in order") {
  Checkout checkout;
  const auto files = checkout.open();
  const os::ListResult list = files->list("/", 5);
  REQUIRE(list.status == ReadStatus::Ok);
  std::string names;
  for (const os::FolderEntry& entry : list.entries) names += entry.name + " ";
  CHECK(names == "link module polc.yaml policies unread ");
  CHECK(list.entries[0].kind == FileKind::Other);
  CHECK(list.entries[3].kind == FileKind::Folder);
  CHECK(files->list("/", 4).status == ReadStatus::TooLarge);
  CHECK(files->list("polc.yaml", 5).status == ReadStatus::NotAFile);
  CHECK(files->list("nothing", 5).status == ReadStatus::NotFound);
  CHECK(files->list("unread", 5).status == ReadStatus::Failed);
}

TEST_CASE("links and submodules are seen and never followed") {
  Checkout checkout;
  const auto files = checkout.open();
  CHECK(files->kind("link") == FileKind::Other);
  CHECK(files->kind("module") == FileKind::Other);
  const os::ReadResult link = files->read("link/a.pol", 100);
  CHECK(link.status == ReadStatus::Failed);
  CHECK(link.detail == "'link' is a symbolic link, which is not followed in a revision");
  CHECK(files->canonical("link/a.pol") == "/link/a.pol");  // so that reading it says why
  CHECK(files->read("link", 100).detail == link.detail);
  CHECK(files->read("module/x", 100).detail ==
        "'module' is a submodule, which is not followed in a revision");
}

TEST_CASE("what cannot be read is no absence") {
  Checkout checkout;
  const auto files = checkout.open();
  CHECK(files->kind("unread/polc.yaml") == FileKind::Other);
  CHECK(files->canonical("unread/polc.yaml"));
  CHECK(files->read("unread/polc.yaml", 100).status == ReadStatus::Failed);
  CHECK(files->find("unread/polc.yaml").error().problem == Problem::MissingObject);
}

TEST_CASE("a revision is not written") {
  Checkout checkout;
  CHECK(checkout.open()->write_whole("/policies/a.pol", "x"));
}

TEST_CASE("trees that git does not write are refused") {
  const ObjectId id{std::string(20, 'x')};
  const auto problem = [](const std::string& bytes) {
    const auto tree = git::parse_tree(git::HashKind::Sha1, bytes, 10);
    return tree ? std::optional<Problem>() : tree.error().problem;
  };
  const std::string good = GitBuilder::entry("100644", "a", id);
  CHECK(problem(good) == std::nullopt);
  CHECK(problem("") == std::nullopt);
  CHECK(problem(good + good) == Problem::Damaged);
  CHECK(problem(good + GitBuilder::entry("40000", "a", id)) == Problem::Damaged);
  for (const char* name : {"", ".", "..", "a/b", "/"})
    CHECK(problem(GitBuilder::entry("100644", name, id)) == Problem::Damaged);
  for (const char* mode : {"", "1", "100666", "040000", "0"})
    CHECK(problem(GitBuilder::entry(mode, "a", id)) == Problem::Damaged);
  for (std::size_t size = 1; size < good.size(); ++size)
    CHECK(problem(good.substr(0, size)) == Problem::Damaged);
  CHECK_FALSE(git::parse_tree(git::HashKind::Sha256, good, 10));
}

TEST_CASE("entries of all folders together are bounded") {
  Checkout checkout;
  git::Bounds bounds;
  bounds.tree_entries = 7;  // five and two
  CHECK(checkout.open(bounds)->read("policies/a.pol", 100).status == ReadStatus::Ok);
  bounds.tree_entries = 6;
  CHECK(checkout.open(bounds)->read("policies/a.pol", 100).status == ReadStatus::TooLarge);
  bounds.tree_entries = 4;
  CHECK(checkout.open(bounds)->kind("polc.yaml") == FileKind::Other);
}
