#include "cli/repository.hpp"

#include "cli/revision.hpp"
#include "cli/settings.hpp"
#include "runtime/base/diagnostics/command.hpp"

namespace polc::cli {
namespace {

// The nearest folder at or above `folder` that holds `name`.
std::optional<std::string> folder_holding(const std::string& folder, const std::string& name,
                                          const os::FileSystem& files) {
  std::string current = folder;
  while (true) {
    if (files.kind(os::join_path(current, name)) != os::FileKind::Missing) return current;
    const std::string parent = os::parent_path(current);
    if (parent == current) return std::nullopt;
    current = parent;
  }
}

std::string absolute(const std::string& path, const os::FileSystem& files) {
  const std::string full = os::join_path(files.working_folder(), path);
  return files.canonical(full).value_or(full);
}

std::string find_root(const std::string& root_option, const std::string& first_policy,
                      const os::FileSystem& files) {
  if (!root_option.empty()) return absolute(root_option, files);
  const std::string folder =
      first_policy.empty() ? absolute(".", files) : os::parent_path(absolute(first_policy, files));
  return folder_holding(folder, ".git", files).value_or(folder);
}

}  // namespace

std::optional<std::string> relative_to_root(const std::string& root, const std::string& path,
                                            const os::FileSystem& files) {
  return os::path_inside(root, absolute(path, files));
}

std::string file_identity(const std::string& path, const os::FileSystem& files) {
  const std::string full = os::join_path(files.working_folder(), path);
  if (auto real = files.canonical(full)) return *real;
  const std::string folder = os::parent_path(full);
  return os::join_path(files.canonical(folder).value_or(folder), os::file_name(full));
}

std::optional<Repository> open_repository(const std::string& root_option, const std::string& first_policy,
                                          bool with_settings, const os::FileSystem& files,
                                          base::SourceManager& sources, base::DiagnosticSink& sink) {
  Repository repository;
  repository.root = find_root(root_option, first_policy, files);
  if (files.kind(repository.root) != os::FileKind::Folder) {
    sink.add(diag::UnreadableFile{.path = root_option, .why = "not a folder"}.at());
    return std::nullopt;
  }
  const std::string here = absolute(".", files);
  const auto settings_folder = folder_holding(here, kSettingsFile, files);
  // A file above the repository belongs to somebody else.
  const bool ours = settings_folder && (os::path_inside(repository.root, *settings_folder) ||
                                        !folder_holding(here, ".git", files));
  if (ours && with_settings) {
    auto settings = read_settings(*settings_folder, repository.root, files, sources, sink);
    if (!settings) return std::nullopt;
    repository.settings = std::move(*settings);
  }
  repository.revision = read_revision(repository.root, files);
  return repository;
}

}  // namespace polc::cli
