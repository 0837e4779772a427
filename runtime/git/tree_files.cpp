#include "runtime/git/tree_files.hpp"

#include <algorithm>

namespace polc::git {
namespace {

os::FileKind file_kind(EntryKind kind) {
  switch (kind) {
    case EntryKind::File:
      return os::FileKind::File;
    case EntryKind::Folder:
      return os::FileKind::Folder;
    default:
      return os::FileKind::Other;
  }
}

std::string not_followed(EntryKind kind, std::string_view name) {
  return "'" + std::string(name) + "' is a " + (kind == EntryKind::Link ? "symbolic link" : "submodule") +
         ", which is not followed in a revision";
}

os::ReadStatus status_of(Problem problem) {
  if (problem == Problem::NoSuchPath) return os::ReadStatus::NotFound;
  return problem == Problem::TooLarge ? os::ReadStatus::TooLarge : os::ReadStatus::Failed;
}

}  // namespace

Result<std::unique_ptr<TreeFiles>> TreeFiles::open(std::shared_ptr<const Repository> repository,
                                                   const ObjectId& commit) {
  const ObjectStore& objects = repository->objects();
  const auto object = objects.read(commit, ObjectType::Commit);
  if (!object) return tl::unexpected(object.error());
  auto parsed = parse_commit(objects.kind(), object->bytes);
  if (!parsed) return tl::unexpected(parsed.error());
  return std::unique_ptr<TreeFiles>(new TreeFiles(std::move(repository), std::move(parsed->tree)));
}

Result<const Tree*> TreeFiles::tree(const ObjectId& id) const {
  if (const auto known = trees_.find(id); known != trees_.end()) return &known->second;
  const ObjectStore& objects = repository_->objects();
  const auto object = objects.read(id, ObjectType::Tree);
  if (!object) return tl::unexpected(object.error());
  auto parsed = parse_tree(objects.kind(), object->bytes, objects.bounds().tree_entries - entries_);
  if (!parsed) return tl::unexpected(parsed.error());
  entries_ += parsed->size();
  return &trees_.emplace(id, std::move(*parsed)).first->second;
}

Result<TreeEntry> TreeFiles::find(const std::string& path) const {
  const std::string full = os::join_path("/", path);
  TreeEntry at{EntryKind::Folder, root_};
  std::string_view rest = std::string_view(full).substr(1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view name = rest.substr(0, end);
    const auto folder = tree(at.id);
    if (!folder) return tl::unexpected(folder.error());
    const auto entry = (*folder)->find(name);
    if (entry == (*folder)->end()) return failure(Problem::NoSuchPath, "no such file");
    at = entry->second;
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (rest.empty() || at.kind == EntryKind::Folder) continue;
    if (at.kind == EntryKind::File) return failure(Problem::NoSuchPath, "no such file");
    return failure(Problem::NotAFile, not_followed(at.kind, name));
  }
  return at;
}

Result<std::string> TreeFiles::content(const std::string& path) const {
  const auto entry = find(path);
  if (!entry) return tl::unexpected(entry.error());
  if (entry->kind == EntryKind::Folder) return failure(Problem::NotAFile, "it is a folder");
  if (entry->kind != EntryKind::File)
    return failure(Problem::NotAFile, not_followed(entry->kind, os::file_name(path)));
  auto object = repository_->objects().read(entry->id, ObjectType::Blob);
  if (!object) return tl::unexpected(object.error());
  return std::move(object->bytes);
}

os::ReadResult TreeFiles::read(const std::string& path, std::size_t max_bytes) const {
  auto bytes = content(path);
  if (!bytes) return {status_of(bytes.error().problem), {}, bytes.error().what};
  if (bytes->size() > max_bytes)
    return {os::ReadStatus::TooLarge, {}, std::to_string(bytes->size()) + " bytes"};
  return {os::ReadStatus::Ok, std::move(*bytes), {}};
}

os::ReadResult TreeFiles::read_pieces(const std::string& path,
                                      const std::function<void(std::string_view)>& use) const {
  os::ReadResult result = read(path, SIZE_MAX);
  if (result.status == os::ReadStatus::Ok) use(result.text);
  result.text.clear();
  return result;
}

os::ReadResult TreeFiles::read_range(const std::string& path, std::uint64_t offset, std::size_t count) const {
  os::ReadResult result = read(path, SIZE_MAX);
  if (result.status != os::ReadStatus::Ok) return result;
  const std::uint64_t begin = std::min<std::uint64_t>(offset, result.text.size());
  result.text = result.text.substr(static_cast<std::size_t>(begin), count);
  return result;
}

os::FileKind TreeFiles::kind(const std::string& path) const {
  const auto entry = find(path);
  if (entry) return file_kind(entry->kind);
  return entry.error().problem == Problem::NoSuchPath ? os::FileKind::Missing : os::FileKind::Other;
}

os::ListResult TreeFiles::list(const std::string& path, std::size_t max_entries) const {
  const auto entry = find(path);
  if (!entry) return {status_of(entry.error().problem), {}, entry.error().what};
  if (entry->kind != EntryKind::Folder) return {os::ReadStatus::NotAFile, {}, "is not a folder"};
  const auto folder = tree(entry->id);
  if (!folder) return {status_of(folder.error().problem), {}, folder.error().what};
  if ((*folder)->size() > max_entries) return {os::ReadStatus::TooLarge, {}, "too many entries"};
  os::ListResult result{os::ReadStatus::Ok, {}, {}};
  for (const auto& [name, child] : **folder) result.entries.push_back({name, file_kind(child.kind)});
  return result;
}

// What exists but cannot be read has its name, so that reading it can say why.
std::optional<std::string> TreeFiles::canonical(const std::string& path) const {
  if (kind(path) == os::FileKind::Missing) return std::nullopt;
  return os::join_path("/", path);
}

std::optional<std::string> TreeFiles::write_whole(const std::string&, std::string_view) {
  return "a revision cannot be written";
}

}  // namespace polc::git
