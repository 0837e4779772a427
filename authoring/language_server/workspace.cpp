#include "authoring/language_server/workspace.hpp"

#include <algorithm>
#include <utility>

#include "authoring/limits.hpp"
#include "grammar/scan.hpp"
#include "runtime/base/limits.hpp"

namespace polc::authoring {
namespace {

constexpr std::string_view kScheme = "file://";
constexpr std::string_view kExtension = ".pol";
constexpr std::string_view kHex = "0123456789ABCDEF";

std::optional<unsigned> hex_digit(char c) {
  const std::size_t value = kHex.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c);
  return value == std::string_view::npos ? std::nullopt : std::optional(static_cast<unsigned>(value));
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

/// "/C:/x" names a drive.
bool has_drive(std::string_view path) {
  return path.size() > 2 && path[0] == '/' && path[2] == ':';
}

/// Whether the file has a `policy` of its own, by its tokens alone: it may be full of errors.
bool declares_policy(std::string_view text) {
  grammar::Scanner scanner(text);
  int depth = 0;
  bool behind_word = false;
  for (grammar::Token token = scanner.next(); token.kind != grammar::TokenKind::End; token = scanner.next()) {
    const std::string_view word = scanner.text(token);
    if (behind_word && token.kind == grammar::TokenKind::String) return true;
    behind_word = depth == 0 && word == "policy" && grammar::first_on_line(text, token.begin);
    if (word == "{") ++depth;
    if (word == "}") --depth;
  }
  return false;
}

class PolicySearch {
 public:
  explicit PolicySearch(const os::FileSystem& files) : files_(files) {}

  std::vector<std::string> run(const std::string& root) {
    search(root, 0);
    return std::move(found_);
  }

 private:
  void search(const std::string& folder, std::size_t depth) {
    const os::ListResult list = files_.list(folder, limits::kFolderEntries);
    if (list.status != os::ReadStatus::Ok || depth > limits::kFolderDepth) return;
    for (const os::FolderEntry& entry : list.entries) {
      if (found_.size() == limits::kWorkspacePolicies || ++seen_ > limits::kFolderEntries) return;
      const std::string path = os::join_path(folder, entry.name);
      const bool below = entry.kind == os::FileKind::Folder && !entry.name.starts_with('.');
      const bool policy = entry.kind == os::FileKind::File && entry.name.ends_with(kExtension);
      if ((!below && !policy) || files_.canonical(path) != path) continue;
      if (below) {
        search(path, depth + 1);
      } else if (declares_policy(files_.read(path, limits::kSourceBytes).text)) {
        found_.push_back(path);
      }
    }
  }

  const os::FileSystem& files_;
  std::vector<std::string> found_;
  std::size_t seen_ = 0;
};

}  // namespace

std::optional<std::string> path_of_uri(std::string_view uri) {
  if (!uri.starts_with(kScheme)) return std::nullopt;
  uri.remove_prefix(kScheme.size());
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] != '%') {
      path += uri[i];
      continue;
    }
    const auto high = i + 1 < uri.size() ? hex_digit(uri[i + 1]) : std::nullopt;
    const auto low = i + 2 < uri.size() ? hex_digit(uri[i + 2]) : std::nullopt;
    if (!high || !low) return std::nullopt;
    path += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  if (path.empty() || path.front() != '/' || path.find('\0') != std::string::npos) return std::nullopt;
  return os::normal_path(has_drive(path) ? path.substr(1) : path);
}

std::string uri_of_path(std::string_view path) {
  std::string uri(kScheme);
  if (!path.starts_with('/')) uri += '/';
  for (const char c : path) {
    if (is_unreserved(c)) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += {'%', kHex[byte / 16], kHex[byte % 16]};
    }
  }
  return uri;
}

os::ReadResult Overlay::read(const std::string& path, std::size_t max_bytes) const {
  const auto open = texts_.find(path);
  if (open == texts_.end()) return files_.read(path, max_bytes);
  if (open->second.size() > max_bytes) return {os::ReadStatus::TooLarge, {}, {}};
  return {os::ReadStatus::Ok, open->second, {}};
}

os::ReadResult Overlay::read_pieces(const std::string& path,
                                    const std::function<void(std::string_view)>& use) const {
  return files_.read_pieces(path, use);
}

os::ReadResult Overlay::read_range(const std::string& path, std::uint64_t offset, std::size_t count) const {
  return files_.read_range(path, offset, count);
}

os::FileKind Overlay::kind(const std::string& path) const {
  return texts_.contains(path) ? os::FileKind::File : files_.kind(path);
}

os::ListResult Overlay::list(const std::string& path, std::size_t max_entries) const {
  return files_.list(path, max_entries);
}

std::optional<std::string> Overlay::canonical(const std::string& path) const {
  return texts_.contains(path) ? std::optional(path) : files_.canonical(path);
}

std::optional<std::string> Overlay::write_whole(const std::string&, std::string_view) {
  return "a language server writes no files";
}

std::vector<std::string> find_policies(const os::FileSystem& files, const std::string& root) {
  return PolicySearch(files).run(root);
}

}  // namespace polc::authoring
