#include "runtime/backends/gpo/part_file.hpp"

#include "runtime/base/casefold.hpp"

namespace polc::backends::gpo {
namespace {

using value::Unknown;
using value::UnknownReason;

Unknown reason_of(os::ReadStatus status, std::string_view path, const std::string& detail) {
  const std::string name(last_segment(path));
  const std::string words = detail.empty() ? name : name + ": " + detail;
  switch (status) {
    case os::ReadStatus::Denied:
      return {UnknownReason::AccessDenied, {}, detail.empty() ? name + ": it may not be listed" : words};
    case os::ReadStatus::TooLarge:
      return {UnknownReason::Budget, {}, name + ": too large"};
    default:
      return {UnknownReason::NotCollected, {}, words + " could not be read"};
  }
}

/// The entry of a listed folder with this name.
std::optional<Unknown> pick(const std::vector<TargetEntry>& entries, std::string_view name,
                            TargetEntry& picked) {
  picked = {};
  for (const TargetEntry& entry : entries) {
    if (!base::equal_folded(last_segment(entry.path), name)) continue;
    if (picked.kind != os::FileKind::Missing) {
      return Unknown{UnknownReason::Conflict, {}, "two files are called " + std::string(name)};
    }
    picked = entry;
  }
  return std::nullopt;
}

}  // namespace

std::string_view last_segment(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::optional<Unknown> list_folder(const TargetFiles& files, std::string_view folder,
                                   std::vector<TargetEntry>& entries) {
  const os::ReadStatus status = files.list(folder, entries);
  if (status == os::ReadStatus::Ok) return std::nullopt;
  return reason_of(status, folder.empty() ? "the folder" : folder, {});
}

PartFile read_part(const TargetFiles& files, std::string_view path, std::size_t max_bytes) {
  PartFile part;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::string_view segment = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
    std::vector<TargetEntry> entries;
    TargetEntry entry;
    part.unreadable = list_folder(files, part.path, entries);
    if (!part.unreadable) part.unreadable = pick(entries, segment, entry);
    if (part.unreadable) return part;
    if (entry.kind == os::FileKind::Missing) return part;
    part.path = entry.path;
  }
  part.found = true;
  os::ReadResult read = files.read(part.path, max_bytes);
  if (read.status == os::ReadStatus::Ok) {
    part.bytes = std::move(read.text);
  } else {
    part.unreadable = reason_of(read.status, part.path, read.detail);
  }
  return part;
}

}  // namespace polc::backends::gpo
