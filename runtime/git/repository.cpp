#include "runtime/git/repository.hpp"

#include <algorithm>
#include <iterator>

#include "runtime/base/limits.hpp"
#include "runtime/git/git_file.hpp"

namespace polc::git {
namespace {

constexpr std::string_view kGitName = ".git";

bool has_git(const os::FileSystem& files, const std::string& folder) {
  const os::FileKind kind = files.kind(os::join_path(folder, kGitName));
  return kind == os::FileKind::Folder || kind == os::FileKind::File;
}

/// The git folder of a work tree, and the one that it shares with others; mostly the same.
struct GitFolders {
  std::string own, common;
};

/// A path that a file of the repository names. Other machines are never asked: that would tell them who we are.
Result<std::string> local_path(const std::string& folder, std::string_view text) {
  const auto is_separator = [](char c) { return c == '/' || c == '\\'; };
  const bool remote = text.size() >= 2 && is_separator(text[0]) && is_separator(text[1]);
  const bool control =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (text.empty() || remote || control)
    return failure(Problem::Unsupported, "'.git' leads to something that is no local folder");
  std::string path = os::join_path(folder, text);
  if (path.starts_with("//"))
    return failure(Problem::Unsupported, "'.git' leads to a folder of another machine");
  return path;
}

/// "gitdir: PATH" in the file `.git` of a linked work tree or a submodule.
Result<std::string> linked_folder(const os::FileSystem& files, const std::string& work_tree) {
  constexpr std::string_view kPrefix = "gitdir:";
  const auto text = read_whole(files, work_tree + "/" + std::string(kGitName), limits::kGitFileBytes);
  if (!text) return tl::unexpected(text.error());
  const std::string_view line = *text ? trimmed(**text) : std::string_view();
  if (!line.starts_with(kPrefix)) return failure(Problem::Damaged, "the file '.git' names no folder");
  return local_path(work_tree, trimmed(line.substr(kPrefix.size())));
}

Result<GitFolders> git_folders(const os::FileSystem& files, const std::string& work_tree) {
  const std::string git = os::join_path(work_tree, kGitName);
  if (files.kind(git) == os::FileKind::Folder) return GitFolders{git, git};
  auto own = linked_folder(files, work_tree);
  if (!own) return tl::unexpected(own.error());
  const auto text = read_whole(files, *own + "/commondir", limits::kGitFileBytes);
  if (!text) return tl::unexpected(text.error());
  if (!*text) return GitFolders{*own, *own};
  auto common = local_path(*own, trimmed(**text));
  if (!common) return tl::unexpected(common.error());
  return GitFolders{std::move(*own), std::move(*common)};
}

Result<Config> read_config(const os::FileSystem& files, const std::string& folder) {
  const auto text = read_whole(files, folder + "/config", limits::kGitFileBytes);
  if (!text) return tl::unexpected(text.error());
  return Config::parse(text->value_or(""));
}

/// Extensions that change nothing for a reader of files, and those that are looked at below.
bool is_known_extension(std::string_view key) {
  constexpr std::string_view kKnown[] = {"noop",         "noop-v1",        "preciousobjects",
                                         "partialclone", "worktreeconfig", "relativeworktrees",
                                         "objectformat", "refstorage"};
  return std::find(std::begin(kKnown), std::end(kKnown), key) != std::end(kKnown);
}

/// The kind of ids. Refuses what a later git may mean by words that are not known here.
Result<HashKind> check_format(const Config& config) {
  const std::string version = config.value("core", "repositoryformatversion").value_or("0");
  if (version != "0" && version != "1")
    return failure(Problem::Unsupported, "its format version is '" + version + "', and 0 and 1 are known");
  for (const ConfigEntry& entry : config.entries()) {
    if (entry.section == "extensions" && version == "1" && !is_known_extension(entry.key))
      return failure(Problem::Unsupported, "it uses the extension '" + entry.key + "'");
  }
  const std::string references = config.value("extensions", "refstorage").value_or("files");
  if (references != "files")
    return failure(Problem::Unsupported,
                   "its references are stored as '" + references + "', and files are read");
  const std::string ids = config.value("extensions", "objectformat").value_or("sha1");
  if (ids == "sha1") return HashKind::Sha1;
  if (ids == "sha256") return HashKind::Sha256;
  return failure(Problem::Unsupported, "its ids are '" + ids + "', and sha1 and sha256 are known");
}

bool is_partial_clone(const Config& config) {
  return std::any_of(config.entries().begin(), config.entries().end(), [](const ConfigEntry& entry) {
    return (entry.section == "extensions" && entry.key == "partialclone") ||
           (entry.section == "remote" && entry.key == "promisor");
  });
}

/// What is said of an object that is named and not there.
std::string why_missing(const os::FileSystem& files, const std::string& folder, const Config& config) {
  if (files.kind(folder + "/objects/info/alternates") != os::FileKind::Missing) {
    return "the repository borrows objects from another one (objects/info/alternates), which is not "
           "followed; "
           "'git repack -a -d' copies them";
  }
  if (is_partial_clone(config)) return "this is a partial clone, and nothing is downloaded";
  if (files.kind(folder + "/shallow") != os::FileKind::Missing)
    return "this is a shallow clone; 'git fetch --unshallow' completes it";
  return "the repository is not complete; 'git fsck' says more";
}

}  // namespace

Result<Repository> Repository::find(const os::FileSystem& files, const std::string& folder,
                                    const Bounds& bounds) {
  std::string current = folder;
  while (!has_git(files, current)) {
    std::string parent = os::parent_path(current);
    if (parent == current) return failure(Problem::NoRepository, "no '.git' is here or above");
    current = std::move(parent);
  }
  return open(files, current, bounds);
}

Result<Repository> Repository::open(const os::FileSystem& files, const std::string& work_tree,
                                    const Bounds& bounds) {
  if (!has_git(files, work_tree)) return failure(Problem::NoRepository, "no '.git' is here");
  auto folders = git_folders(files, work_tree);
  if (!folders) return tl::unexpected(folders.error());
  if (files.kind(folders->own + "/HEAD") == os::FileKind::Missing)
    return failure(Problem::NoRepository, "'.git' is no repository: it has no HEAD");
  auto config = read_config(files, folders->common);
  if (!config) return tl::unexpected(config.error());
  const auto kind = check_format(*config);
  if (!kind) return tl::unexpected(kind.error());
  std::string missing = why_missing(files, folders->common, *config);
  References references(files, folders->own, folders->common, *kind);
  ObjectStore objects(files, folders->common + "/objects", *kind, std::move(missing), bounds);
  return Repository(work_tree, std::move(*config), std::move(references), std::move(objects));
}

}  // namespace polc::git
