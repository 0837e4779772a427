#include <algorithm>
#include <cstdint>

#include "runtime/os/file_system.hpp"

namespace polc::os {

ReadResult MemoryFileSystem::read(const std::string& path, std::size_t max_bytes) const {
  const std::string full = join_path(folder, path);
  log.push_back("read " + full);
  const auto found = files.find(full);
  if (found == files.end()) {
    const bool is_folder = kind(full) == FileKind::Folder;
    return {is_folder ? ReadStatus::NotAFile : ReadStatus::NotFound,
            {},
            is_folder ? "is a folder" : "no such file"};
  }
  if (found->second.size() > max_bytes)
    return {ReadStatus::TooLarge, {}, std::to_string(found->second.size()) + " bytes"};
  return {ReadStatus::Ok, found->second, {}};
}

ReadResult MemoryFileSystem::read_pieces(const std::string& path,
                                         const std::function<void(std::string_view)>& use) const {
  ReadResult result = read(path, SIZE_MAX);
  if (result.status == ReadStatus::Ok) use(result.text);
  result.text.clear();
  return result;
}

ReadResult MemoryFileSystem::read_range(const std::string& path, std::uint64_t offset,
                                        std::size_t count) const {
  ReadResult result = read(path, SIZE_MAX);
  if (result.status != ReadStatus::Ok) return result;
  const std::size_t begin = std::min<std::uint64_t>(offset, result.text.size());
  result.text = result.text.substr(begin, count);
  return result;
}

FileKind MemoryFileSystem::kind(const std::string& path) const {
  const std::string full = join_path(folder, path);
  if (files.contains(full)) return FileKind::File;
  const std::string prefix = full.back() == '/' ? full : full + "/";
  const auto below = files.lower_bound(prefix);
  const bool has_children = below != files.end() && below->first.compare(0, prefix.size(), prefix) == 0;
  return has_children ? FileKind::Folder : FileKind::Missing;
}

ListResult MemoryFileSystem::list(const std::string& path, std::size_t max_entries) const {
  const std::string full = join_path(folder, path);
  log.push_back("list " + full);
  switch (kind(full)) {
    case FileKind::Missing:
      return {ReadStatus::NotFound, {}, "no such folder"};
    case FileKind::Folder:
      break;
    default:
      return {ReadStatus::NotAFile, {}, "is not a folder"};
  }
  ListResult result{ReadStatus::Ok, {}, {}};
  const std::string prefix = full.back() == '/' ? full : full + "/";
  for (auto row = files.lower_bound(prefix); row != files.end() && row->first.starts_with(prefix); ++row) {
    const std::string name =
        row->first.substr(prefix.size(), row->first.find('/', prefix.size()) - prefix.size());
    if (!result.entries.empty() && result.entries.back().name == name) continue;
    if (result.entries.size() == max_entries) return {ReadStatus::TooLarge, {}, "too many entries"};
    result.entries.push_back({name, kind(prefix + name)});
  }
  std::sort(result.entries.begin(), result.entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return result;
}

std::optional<std::string> MemoryFileSystem::canonical(const std::string& path) const {
  const std::string full = join_path(folder, path);
  if (kind(full) == FileKind::Missing) return std::nullopt;
  return full;
}

std::optional<std::string> MemoryFileSystem::write_whole(const std::string& path, std::string_view bytes) {
  const std::string full = join_path(folder, path);
  log.push_back("write " + full);
  files[full] = std::string(bytes);
  return std::nullopt;
}

}  // namespace polc::os
