#include "cli/revision.hpp"

#include "runtime/git/repository.hpp"

namespace polc::cli {
namespace {

constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHeads = "refs/heads/";

// The https address of the first remote, without user name, password or query.
std::string remote_of(const git::Config& config) {
  for (const git::ConfigEntry& entry : config.entries()) {
    if (entry.section != "remote" || entry.key != "url") continue;
    std::string url = entry.value;
    if (!url.starts_with(kHttps)) return {};
    const std::size_t at = url.find('@');
    if (at != std::string::npos && at < url.find('/', kHttps.size()))
      url.erase(kHttps.size(), at + 1 - kHttps.size());
    return url.substr(0, url.find_first_of("?#"));
  }
  return {};
}

}  // namespace

std::optional<Revision> read_revision(const std::string& root, const os::FileSystem& files) {
  if (files.kind(os::join_path(root, ".git")) != os::FileKind::Folder) return std::nullopt;
  const auto repository = git::Repository::open(files, root);
  if (!repository) return std::nullopt;
  const auto head = repository->references().follow("HEAD");
  if (!head || !*head) return std::nullopt;
  Revision revision{remote_of(repository->config()), (*head)->id.hex(), {}};
  if ((*head)->name.starts_with(kHeads)) revision.branch = (*head)->name.substr(kHeads.size());
  return revision;
}

}  // namespace polc::cli
