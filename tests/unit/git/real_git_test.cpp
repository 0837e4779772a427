// Repositories that git itself made, and the answers that git itself gives.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "runtime/git/revision.hpp"
#include "runtime/git/tree_files.hpp"
#include "runtime/os/process.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
namespace fs = std::filesystem;

namespace {

class Sandbox {
 public:
  Sandbox() {
    static int made = 0;
    folder_ =
        fs::temp_directory_path() / ("polc-git-" + std::to_string(getpid()) + "-" + std::to_string(++made));
    fs::create_directories(folder_);
  }
  ~Sandbox() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string path(const std::string& name) const { return (folder_ / name).generic_string(); }

  /// git's standard output without the last line feed; nullopt when it fails. Nobody's configuration is read.
  std::optional<std::string> git(std::vector<std::string> words) const {
    std::vector<std::string> command = {"env",
                                        "GIT_CONFIG_GLOBAL=/dev/null",
                                        "GIT_CONFIG_NOSYSTEM=1",
                                        "GIT_AUTHOR_DATE=2020-01-01T00:00:00Z",
                                        "GIT_COMMITTER_DATE=2020-01-01T00:00:00Z",
                                        "git",
                                        "-c",
                                        "user.name=A",
                                        "-c",
                                        "user.email=a@example.com",
                                        "-C",
                                        path("")};
    command.insert(command.end(), words.begin(), words.end());
    os::ProcessResult result = os::run_process({command, {}, std::chrono::milliseconds(60'000), 64U << 20U});
    if (result.end != os::ProcessEnd::Exited || result.code != 0) return std::nullopt;
    if (result.output.ends_with('\n')) result.output.pop_back();
    return result.output;
  }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
  }

  void commit(const std::string& message) const {
    REQUIRE(git({"-C", "r", "add", "-A"}));
    REQUIRE(git({"-C", "r", "commit", "-q", "-m", message}));
  }

 private:
  fs::path folder_;
};

bool has_git() {
  static const bool there = Sandbox().git({"--version"}).has_value();
  if (!there) WARN("skipped: git is not installed");
  return there;
}

/// A file that grows for 60 commits in a folder of folders, a branch, a merge and an annotated tag.
void make_history(const Sandbox& box, const std::string& format) {
  REQUIRE(box.git({"init", "-q", "-b", "main", "--object-format=" + format, "r"}));
  std::string text;
  for (int i = 0; i < 60; ++i) {
    for (int line = 0; line < 20; ++line) text += "line " + std::to_string(i * 7919 + line * 104729) + "\n";
    box.write("r/policies/deep/a.pol", text);
    box.write("r/policies/b.pol", std::to_string(i));
    box.commit("change " + std::to_string(i));
  }
  REQUIRE(box.git({"-C", "r", "tag", "-a", "-m", "first", "v1", "main~30"}));
  REQUIRE(box.git({"-C", "r", "checkout", "-q", "-b", "side", "main~10"}));
  box.write("r/side.pol", "side");
  box.commit("side");
  REQUIRE(box.git({"-C", "r", "checkout", "-q", "main"}));
  REQUIRE(box.git({"-C", "r", "merge", "-q", "--no-edit", "side"}));
}

/// Every revision leads to git's commit, and every file of it has git's bytes.
void compare_with_git(const Sandbox& box, const std::string& work_tree) {
  const auto files = os::real_file_system();
  auto opened = git::Repository::open(*files, box.path(work_tree));
  REQUIRE(opened);
  const auto repository = std::make_shared<const git::Repository>(std::move(*opened));
  for (const std::string revision :
       {"HEAD", "main", "side", "v1", "main~1", "main^2", "main~40", "v1~5", "main^2~3"}) {
    INFO(revision);
    const auto commit = git::resolve_revision(*repository, revision);
    if (!commit) FAIL(commit.error().what);
    CHECK(commit->hex() == box.git({"-C", work_tree, "rev-parse", revision + "^{commit}"}));
    const std::string short_id =
        box.git({"-C", work_tree, "rev-parse", "--short", revision + "^{commit}"}).value();
    CHECK(git::resolve_revision(*repository, short_id) == *commit);
    const auto tree = git::TreeFiles::open(repository, *commit);
    REQUIRE(tree);
    for (const std::string path : {"policies/deep/a.pol", "policies/b.pol", "side.pol"}) {
      const auto theirs = box.git({"-C", work_tree, "show", revision + ":" + path});
      const os::ReadResult ours = (*tree)->read(path, 1U << 20U);
      CHECK((ours.status == os::ReadStatus::Ok) == theirs.has_value());
      if (theirs) CHECK(std::string(ours.text, 0, ours.text.find_last_not_of('\n') + 1) == *theirs);
    }
  }
}

std::vector<fs::path> files_below(const std::string& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

TEST_CASE("loose, packed, packed deeply: the same as git, with ids of both kinds") {
  if (!has_git()) return;
  for (const char* format : {"sha1", "sha256"}) {
    const Sandbox box;
    make_history(box, format);
    compare_with_git(box, "r");
    REQUIRE(box.git({"-C", "r", "gc", "-q"}));
    compare_with_git(box, "r");
    REQUIRE(box.git({"-C", "r", "repack", "-q", "-a", "-d", "-f", "--depth=50", "--window=50"}));
    compare_with_git(box, "r");
    REQUIRE(box.git({"-C", "r", "-c", "repack.useDeltaBaseOffset=false", "repack", "-q", "-a", "-d", "-f",
                     "--depth=50"}));
    compare_with_git(box, "r");
    REQUIRE(box.git({"-C", "r", "multi-pack-index", "write"}));
    compare_with_git(box, "r");
  }
}

TEST_CASE("a linked work tree shares objects and branches") {
  if (!has_git()) return;
  const Sandbox box;
  make_history(box, "sha1");
  REQUIRE(box.git({"-C", "r", "worktree", "add", "-q", "../linked", "side"}));
  compare_with_git(box, "linked");
}

TEST_CASE("clones that lack something say so") {
  if (!has_git()) return;
  const Sandbox box;
  make_history(box, "sha1");
  const auto files = os::real_file_system();
  const auto resolve = [&](const char* clone, const char* revision) {
    const auto repository = git::Repository::open(*files, box.path(clone));
    return repository ? git::resolve_revision(*repository, revision) : tl::unexpected(repository.error());
  };
  REQUIRE(box.git({"clone", "-q", "--depth=1", "--no-tags", "file://" + box.path("r"), "shallow"}));
  CHECK(resolve("shallow", "HEAD"));
  CHECK(resolve("shallow", "origin/main"));
  CHECK(resolve("shallow", "HEAD~2").error().what.find("shallow clone") != std::string::npos);
  REQUIRE(box.git({"clone", "-q", "--shared", "r", "shared"}));
  CHECK(resolve("shared", "HEAD").error().what.find("borrows objects") != std::string::npos);
}

TEST_CASE("whatever byte of a repository is damaged, no wrong content is read") {
  if (!has_git()) return;
  const Sandbox box;
  REQUIRE(box.git({"init", "-q", "-b", "main", "r"}));
  std::string text;
  for (int i = 0; i < 4; ++i) {
    for (int line = 0; line < 30; ++line) text += "line " + std::to_string(i * 31 + line * 17) + "\n";
    box.write("r/p/a.pol", text);
    box.commit("change");
  }
  REQUIRE(box.git({"-C", "r", "repack", "-q", "-a", "-d", "-f"}));
  const auto disk = os::real_file_system();
  os::MemoryFileSystem whole;
  for (const fs::path& file : files_below(box.path("r/.git"))) {
    whole.files["/r/.git/" + fs::relative(file, box.path("r/.git")).generic_string()] =
        disk->read(file.generic_string(), 1U << 20U).text;
  }
  const auto content = [](const os::MemoryFileSystem& files) -> git::Result<std::string> {
    auto repository = git::Repository::open(files, "/r");
    if (!repository) return tl::unexpected(repository.error());
    const auto shared = std::make_shared<const git::Repository>(std::move(*repository));
    const auto commit = git::resolve_revision(*shared, "main");
    if (!commit) return tl::unexpected(commit.error());
    const auto tree = git::TreeFiles::open(shared, *commit);
    return tree ? (*tree)->content("/p/a.pol") : tl::unexpected(tree.error());
  };
  REQUIRE(content(whole) == text);
  for (const auto& [name, bytes] : whole.files) {
    if (name.find("/pack/") == std::string::npos) continue;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      os::MemoryFileSystem damaged = whole;
      damaged.files[name][at] = static_cast<char>(damaged.files[name][at] ^ (1 << at % 8));
      const auto read = content(damaged);
      if (read && *read != text) FAIL(name << ", byte " << at);
      damaged.files[name].resize(at);
      const auto cut = content(damaged);
      if (cut && *cut != text) FAIL(name << ", cut at " << at);
    }
  }
}
