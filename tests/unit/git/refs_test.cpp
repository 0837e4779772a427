#include "runtime/git/refs.hpp"

#include "runtime/base/limits.hpp"
#include "tests/support/git_builder.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using git::Problem;
using polc::test::GitBuilder;

namespace {

const std::string kOne(40, '1');
const std::string kTwo(40, '2');

git::References references(const GitBuilder& git) {
  return {git.files, "/repo/.git", "/repo/.git", git.kind};
}

}  // namespace

TEST_CASE("names of references as git allows them") {
  for (const char* name : {"HEAD", "refs/heads/main", "refs/heads/a/b-c_d.e", "refs/tags/v1.0",
                           "refs/remotes/origin/HEAD", "refs/heads/\xC3\xA4", "refs/heads/a@b", "refs/stash"})
    CHECK(git::is_reference_name(name));
  for (const char* name : {"",
                           "head",
                           "main",
                           "refs/",
                           "refs//a",
                           "refs/../HEAD",
                           "../refs/a",
                           "refs/heads/..",
                           "refs/heads/a..b",
                           "refs/heads/.a",
                           "refs/heads/a.",
                           "refs/heads/a.lock",
                           "refs/heads/a.lock/b",
                           "refs/heads/a/",
                           "/refs/a",
                           "refs/heads/a b",
                           "refs/heads/a\nb",
                           "refs/heads/a~",
                           "refs/heads/a^",
                           "refs/heads/a:b",
                           "refs/heads/a?",
                           "refs/heads/*",
                           "refs/heads/[",
                           "refs\\heads",
                           "refs/heads/a@{b",
                           "refs/heads/\x7f",
                           "refs/heads/C:/x"})
    CHECK_FALSE(git::is_reference_name(name));
}

TEST_CASE("loose references come before packed ones, and HEAD leads to its branch") {
  GitBuilder git;
  git.file("packed-refs", "# pack-refs with: peeled fully-peeled sorted\n" + kTwo + " refs/heads/main\n" +
                              kTwo + " refs/tags/v1\n^" + kOne + "\n");
  CHECK(references(git).follow("HEAD").value()->id.hex() == kTwo);
  git.file("refs/heads/main", kOne + "\n");
  const auto head = references(git).follow("HEAD").value();
  CHECK(head->id.hex() == kOne);
  CHECK(head->name == "refs/heads/main");
  CHECK(references(git).follow("refs/tags/v1").value()->id.hex() == kTwo);
  CHECK_FALSE(references(git).follow("refs/tags/v").value());
  git.file("HEAD", kTwo);
  CHECK(references(git).follow("HEAD").value()->name == "HEAD");
}

TEST_CASE("a branch without commits is nothing") {
  CHECK_FALSE(references(GitBuilder()).follow("HEAD").value());
}

TEST_CASE("hostile and damaged references are refused") {
  GitBuilder git;
  git.file("x", kOne);
  git.files.files["/x"] = kOne;
  for (const char* text :
       {"ref: ../../x", "ref: refs/../x", "ref: /x", "ref: x", "ref: ", "ref: HEAD", "ref: refs/heads/a:b",
        "ref: //server/share/x", "ref: refs/heads/\\\\server\\share", "", "12", "not an id",
        "1111111111111111111111111111111111111111\t branch"}) {
    git.file("HEAD", text);
    INFO(text);
    const auto followed = references(git).follow("HEAD");
    REQUIRE_FALSE(followed);
    CHECK(followed.error().problem == Problem::Damaged);
  }
  for (const std::string& line : git.files.log) CHECK(line == "read /repo/.git/HEAD");
  CHECK(references(git).follow("refs/../x").error().problem == Problem::BadRevision);
  git.file("packed-refs", "zz refs/heads/a\n");
  CHECK(references(git).follow("refs/heads/a").error().problem == Problem::Damaged);
}

TEST_CASE("references that lead to each other are bounded") {
  GitBuilder git;
  const auto name = [](std::size_t i) { return "refs/heads/" + std::to_string(i); };
  git.file(name(0), kOne);
  for (std::size_t i = 1; i <= limits::kGitSymbolicRefs + 1; ++i) git.file(name(i), "ref: " + name(i - 1));
  CHECK(references(git).follow(name(limits::kGitSymbolicRefs)).value()->name == name(0));
  CHECK(references(git).follow(name(limits::kGitSymbolicRefs + 1)).error().problem == Problem::Damaged);
  git.file(name(0), "ref: " + name(0));
  CHECK(references(git).follow(name(0)).error().problem == Problem::Damaged);
}

TEST_CASE("files of references are bounded") {
  GitBuilder git;
  git.file("refs/heads/main", kOne + std::string(limits::kGitFileBytes - kOne.size(), '\n'));
  CHECK(references(git).follow("HEAD").value());
  git.at("refs/heads/main") += '\n';
  CHECK(references(git).follow("HEAD").error().problem == Problem::TooLarge);
  GitBuilder packed;
  packed.file("packed-refs", kOne + " refs/heads/main" + std::string(limits::kGitPackedRefsBytes - 56, '\n'));
  CHECK(references(packed).follow("HEAD").value());
  packed.at("packed-refs") += '\n';
  CHECK(references(packed).follow("HEAD").error().problem == Problem::TooLarge);
}

TEST_CASE("a work tree has a HEAD of its own, and shares branches") {
  GitBuilder git;
  git.file("refs/heads/main", kOne);
  git.file("refs/heads/side", kTwo);
  git.file("refs/bisect/bad", kOne);
  git.file("worktrees/w/HEAD", "ref: refs/heads/side");
  const git::References linked(git.files, "/repo/.git/worktrees/w", "/repo/.git", git.kind);
  CHECK(linked.follow("HEAD").value()->id.hex() == kTwo);
  CHECK(linked.follow("refs/heads/main").value()->id.hex() == kOne);
  CHECK_FALSE(linked.follow("refs/bisect/bad").value());
}
