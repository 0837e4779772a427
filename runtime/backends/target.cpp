#include "runtime/backends/target.hpp"

#include <utility>

#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/os/ordinary_file.hpp"

namespace polc::backends {
namespace {

const char* why_missing(os::ReadStatus status) {
  switch (status) {
    case os::ReadStatus::NotFound:
      return "no such file";
    case os::ReadStatus::Denied:
      return "its folder cannot be read, or it leads out of the target";
    default:
      return "its folder cannot be read, or another name differs from it in case only";
  }
}

}  // namespace

TargetFiles::TargetFiles(const os::FileSystem& files, base::SourceManager& sources, std::string root,
                         std::string name)
    : files_(files), sources_(sources), root_(std::move(root)), name_(std::move(name)) {}

std::string TargetFiles::real_path(std::string_view path) const {
  return path.empty() ? root_ : os::join_path(root_, path);
}

std::string TargetFiles::display_name(std::string_view path) const {
  if (name_.empty() || name_ == ".") return std::string(path);
  return path.empty() ? name_ : name_ + "/" + std::string(path);
}

os::ReadStatus TargetFiles::list(std::string_view folder, std::vector<TargetEntry>& entries) const {
  entries.clear();
  const TargetEntry found = find(folder);
  if (found.kind == os::FileKind::Missing) return found.status;
  const os::ListResult& listed = listing(found.path);
  for (const os::FolderEntry& entry : listed.entries) {
    entries.push_back(
        {found.path.empty() ? entry.name : found.path + "/" + entry.name, entry.kind, os::ReadStatus::Ok});
  }
  return listed.status;
}

const os::ListResult& TargetFiles::listing(const std::string& folder) const {
  const auto known = listings_.find(folder);
  if (known != listings_.end()) return known->second;
  return listings_.emplace(folder, files_.list(real_path(folder), limits::kFolderEntries)).first->second;
}

TargetEntry TargetFiles::find(std::string_view path) const {
  TargetEntry found{{}, os::FileKind::Folder, os::ReadStatus::Ok};
  const std::string wanted = os::normal_path(path);
  if (os::is_absolute_path(wanted) || wanted.starts_with("..")) return {};
  std::string_view rest = wanted == "." ? std::string_view() : std::string_view(wanted);
  while (!rest.empty()) {
    const std::string_view segment = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
    const os::ListResult& listed = listing(found.path);
    const auto is_meant = [&](const os::FolderEntry& e) { return base::equal_folded(e.name, segment); };
    const auto entry = std::find_if(listed.entries.begin(), listed.entries.end(), is_meant);
    const bool is_read = listed.status == os::ReadStatus::Ok || listed.status == os::ReadStatus::NotAFile;
    if (entry == listed.entries.end())
      return {{}, os::FileKind::Missing, is_read ? os::ReadStatus::NotFound : listed.status};
    // Windows has one file of that name; which of several was meant nobody can tell.
    if (std::find_if(entry + 1, listed.entries.end(), is_meant) != listed.entries.end())
      return {{}, os::FileKind::Missing, os::ReadStatus::Failed};
    found = {found.path.empty() ? entry->name : found.path + "/" + entry->name, entry->kind,
             os::ReadStatus::Ok};
  }
  // A link must not lead out of the target.
  const auto root = files_.canonical(root_);
  const auto real = files_.canonical(real_path(found.path));
  const bool inside = root && real && os::path_inside(*root, *real);
  if (!inside) return {{}, os::FileKind::Missing, os::ReadStatus::Denied};
  return found;
}

os::ReadResult TargetFiles::read(std::string_view path, std::size_t max_bytes) const {
  const TargetEntry found = find(path);
  if (found.kind == os::FileKind::Missing) {
    return {found.status, {}, why_missing(found.status)};
  }
  return os::read_ordinary_file(files_, real_path(found.path), max_bytes);
}

TargetText TargetFiles::keep(std::string_view path, std::string text) const {
  std::string name = display_name(path);
  const base::FileId file = sources_.add(name, std::move(text));
  return {file, std::move(name), sources_.find(file)->text()};
}

}  // namespace polc::backends
