#include "cli/revision.hpp"

#include <algorithm>
#include <sstream>

namespace polc::cli {
namespace {

constexpr std::size_t kGitFileBytes = 4U << 20U;

std::optional<std::string> read_text(const os::FileSystem& files, const std::string& path) {
  os::ReadResult result = files.read(path, kGitFileBytes);
  if (result.status != os::ReadStatus::Ok) return std::nullopt;
  return std::move(result.text);
}

std::string trimmed(std::string text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_space(text.back())) text.pop_back();
  const auto first = std::find_if_not(text.begin(), text.end(), is_space);
  text.erase(text.begin(), first);
  return text;
}

bool is_commit(const std::string& text) {
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return (text.size() == 40 || text.size() == 64) && std::all_of(text.begin(), text.end(), hex);
}

std::string commit_of(const std::string& git, const std::string& reference, const os::FileSystem& files) {
  if (reference.find("..") != std::string::npos || !reference.starts_with("refs/")) return {};
  if (const auto loose = read_text(files, git + "/" + reference)) return trimmed(*loose);
  std::istringstream packed(read_text(files, git + "/packed-refs").value_or(""));
  for (std::string line; std::getline(packed, line);) {
    const std::size_t space = line.find(' ');
    if (space != std::string::npos && trimmed(line.substr(space + 1)) == reference)
      return line.substr(0, space);
  }
  return {};
}

// The https address of the first remote, without user name, password or query.
std::string remote_of(const std::string& git, const os::FileSystem& files) {
  std::istringstream config(read_text(files, git + "/config").value_or(""));
  bool in_remote = false;
  for (std::string line; std::getline(config, line);) {
    line = trimmed(line);
    if (line.starts_with("[")) in_remote = line.starts_with("[remote ");
    if (!in_remote || !line.starts_with("url")) continue;
    const std::size_t equals = line.find('=');
    std::string url = equals == std::string::npos ? "" : trimmed(line.substr(equals + 1));
    if (!url.starts_with("https://")) return {};
    const std::size_t at = url.find('@');
    const std::size_t host = 8;
    if (at != std::string::npos && at < url.find('/', host)) url.erase(host, at + 1 - host);
    return url.substr(0, url.find_first_of("?#"));
  }
  return {};
}

}  // namespace

std::optional<Revision> read_revision(const std::string& root, const os::FileSystem& files) {
  const std::string git = os::join_path(root, ".git");
  if (files.kind(git) != os::FileKind::Folder) return std::nullopt;
  const std::string head = trimmed(read_text(files, git + "/HEAD").value_or(""));
  Revision revision;
  const std::string prefix = "ref: ";
  if (head.starts_with(prefix)) {
    const std::string reference = head.substr(prefix.size());
    revision.commit = commit_of(git, reference, files);
    const std::string heads = "refs/heads/";
    if (reference.starts_with(heads)) revision.branch = reference.substr(heads.size());
  } else {
    revision.commit = head;
  }
  if (!is_commit(revision.commit)) return std::nullopt;
  revision.repository_uri = remote_of(git, files);
  return revision;
}

}  // namespace polc::cli
