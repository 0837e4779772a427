#include "cli/revision_path.hpp"

#include "runtime/base/diagnostics/command.hpp"
#include "runtime/git/revision.hpp"
#include "runtime/git/tree_files.hpp"

namespace polc::cli {
namespace {

base::Diagnostic revision_diagnostic(const RevisionPath& wanted, const git::Error& error) {
  const std::string& revision = wanted.revision;
  switch (error.problem) {
    case git::Problem::NoRepository:
      return diag::NoRepository{.argument = wanted.argument, .why = error.what}.at();
    case git::Problem::BadRevision:
      return diag::BadRevision{.revision = revision, .why = error.what}.at();
    case git::Problem::UnknownRevision:
      return diag::UnknownRevision{.revision = revision, .why = error.what}.at();
    case git::Problem::Ambiguous:
      return diag::AmbiguousRevision{.revision = revision, .why = error.what}.at();
    case git::Problem::NoSuchPath:
      return diag::NotInRevision{.path = wanted.path, .revision = revision}.at();
    case git::Problem::NotAFile:
      return diag::NoFileInRevision{.path = wanted.path, .revision = revision, .why = error.what}.at();
    case git::Problem::MissingObject:
      return diag::MissingObject{.revision = revision, .why = error.what}.at();
    case git::Problem::Damaged:
      return diag::DamagedRepository{.revision = revision, .why = error.what}.at();
    case git::Problem::Unsupported:
      return diag::UnsupportedRepository{.revision = revision, .why = error.what}.at();
    case git::Problem::TooLarge:
      return diag::RepositoryTooLarge{.revision = revision, .why = error.what}.at();
    case git::Problem::Unreadable:
      break;
  }
  return diag::UnreadableRepository{.revision = revision, .why = error.what}.at();
}

bool begins_at_working_folder(const std::string& path) {
  return path == "." || path == ".." || path.starts_with("./") || path.starts_with("../");
}

/// The path in the tree, from its root; nullopt when it leads out of the repository.
std::optional<std::string> path_in_tree(const std::string& path, const std::string& work_tree,
                                        const std::string& working_folder) {
  if (path.empty() || os::is_absolute_path(path)) return std::nullopt;
  const std::string& from = begins_at_working_folder(path) ? working_folder : work_tree;
  auto inside = os::path_inside(work_tree, os::join_path(from, path));
  return inside ? std::optional(os::join_path("/", *inside)) : std::nullopt;
}

git::Result<OpenRevision> open_in_repository(const RevisionPath& wanted, const os::FileSystem& files) {
  const std::string here = files.canonical(files.working_folder()).value_or(files.working_folder());
  auto found = git::Repository::find(files, here);
  if (!found) return tl::unexpected(found.error());
  const auto repository = std::make_shared<const git::Repository>(std::move(*found));
  const auto commit = git::resolve_revision(*repository, wanted.revision);
  if (!commit) return tl::unexpected(commit.error());
  const auto path = path_in_tree(wanted.path, repository->work_tree(), here);
  if (!path) return git::failure(git::Problem::NoSuchPath, {});
  auto tree = git::TreeFiles::open(repository, *commit);
  if (!tree) return tl::unexpected(tree.error());
  if (const auto content = (*tree)->content(*path); !content) return tl::unexpected(content.error());
  return OpenRevision{std::move(*tree), "/", *path, commit->hex()};
}

}  // namespace

std::optional<RevisionPath> parse_revision_path(const std::string& argument, const os::FileSystem& files) {
  const std::size_t colon = argument.find(':');
  constexpr std::size_t kDriveColon = 1;
  if (colon == std::string::npos || (colon == kDriveColon && os::is_absolute_path(argument)))
    return std::nullopt;
  if (files.kind(argument) == os::FileKind::File) return std::nullopt;
  return RevisionPath{argument, argument.substr(0, colon), argument.substr(colon + 1)};
}

base::Result<OpenRevision> open_revision(const RevisionPath& wanted, const os::FileSystem& files) {
  auto opened = open_in_repository(wanted, files);
  if (!opened) return base::failure(revision_diagnostic(wanted, opened.error()));
  return std::move(*opened);
}

}  // namespace polc::cli
