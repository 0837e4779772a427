#include "runtime/git/object_store.hpp"

#include <algorithm>

#include "runtime/git/git_file.hpp"
#include "runtime/git/inflate.hpp"

namespace polc::git {
namespace {

constexpr std::size_t kLooseHeader = 32;  ///< "commit 1234567890", NUL; the longest is shorter
constexpr std::size_t kFilesOfAPack = 8;  ///< pack, index, reverse index, bitmap and the like
constexpr std::string_view kIndexEnding = ".idx";

struct LooseHeader {
  ObjectType type;
  std::uint64_t bytes;
  std::size_t length;  ///< of the header, with its NUL
};

std::optional<LooseHeader> parse_loose_header(std::string_view text) {
  const std::size_t space = text.find(' ');
  const std::size_t end = text.find('\0');
  if (end == std::string_view::npos || space >= end) return std::nullopt;
  const auto type = parse_type(text.substr(0, space));
  const std::string_view digits = text.substr(space + 1, end - space - 1);
  constexpr std::size_t kMostDigits = 18;
  if (!type || digits.empty() || digits.size() > kMostDigits || (digits.size() > 1 && digits[0] == '0') ||
      digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  return LooseHeader{*type, std::stoull(std::string(digits)), end + 1};
}

}  // namespace

ObjectStore::ObjectStore(const os::FileSystem& files, std::string folder, HashKind kind,
                         std::string why_missing, const Bounds& bounds)
    : files_(&files),
      folder_(std::move(folder)),
      kind_(kind),
      why_missing_(std::move(why_missing)),
      bounds_(bounds),
      budget_(bounds.inflated_bytes) {}

Result<Object> ObjectStore::read(const ObjectId& id) const {
  auto object = read_loose(id);
  if (object && !*object) object = read_packed(id);
  if (!object) return tl::unexpected(object.error());
  if (!*object) return failure(Problem::MissingObject, "object " + id.hex() + " is missing: " + why_missing_);
  if (hash_object(kind_, **object) != id)
    return failure(Problem::Damaged, "object " + id.hex() + " is damaged: its content has another id");
  return std::move(**object);
}

Result<Object> ObjectStore::read(const ObjectId& id, ObjectType type) const {
  auto object = read(id);
  if (object && object->type != type) {
    return failure(Problem::Damaged, "object " + id.hex() + " is a " + std::string(type_name(object->type)) +
                                         " where a " + std::string(type_name(type)) + " must stand");
  }
  return object;
}

Result<Object> ObjectStore::inflate_loose(std::string compressed) const {
  Inflater inflater([&]() -> Result<std::string> { return std::exchange(compressed, {}); });
  std::string text;
  if (auto head = inflater.read(kLooseHeader, text); !head) return tl::unexpected(head.error());
  const auto header = parse_loose_header(text);
  if (!header) return failure(Problem::Damaged, "a loose object has no header");
  if (header->bytes > bounds_.object_bytes) {
    return failure(Problem::TooLarge,
                   "an object is larger than " + std::to_string(bounds_.object_bytes) + " bytes");
  }
  if (auto paid = budget_.take(header->bytes); !paid) return tl::unexpected(paid.error());
  const std::size_t whole = header->length + static_cast<std::size_t>(header->bytes);
  if (whole > text.size()) {
    if (auto rest = inflater.read(whole - text.size(), text); !rest) return tl::unexpected(rest.error());
  }
  if (text.size() != whole) return failure(Problem::Damaged, "a loose object is not as long as it says");
  if (auto end = inflater.expect_end(); !end) return tl::unexpected(end.error());
  return Object{header->type, text.substr(header->length)};
}

Result<std::optional<Object>> ObjectStore::read_loose(const ObjectId& id) const {
  const std::string hex = id.hex();
  const std::string path = folder_ + "/" + hex.substr(0, 2) + "/" + hex.substr(2);
  const std::size_t max_bytes = 2 * bounds_.object_bytes + limits::kGitDeadInput;
  auto compressed = read_whole(*files_, path, max_bytes);
  if (!compressed) return tl::unexpected(compressed.error());
  if (!*compressed) return std::nullopt;
  auto object = inflate_loose(std::move(**compressed));
  if (object) return std::move(*object);
  Error error = object.error();
  if (error.problem == Problem::Damaged) error.what = "object " + hex + " is damaged: " + error.what;
  return tl::unexpected(error);
}

Result<void> ObjectStore::open_packs() const {
  if (packs_) return {};
  const std::string folder = folder_ + "/pack";
  std::vector<Pack> packs;
  const os::ListResult list = files_->list(folder, bounds_.packs * kFilesOfAPack);
  if (list.status == os::ReadStatus::TooLarge)
    return failure(Problem::TooLarge,
                   "more files with packs than " + std::to_string(bounds_.packs) + " packs have");
  if (list.status != os::ReadStatus::Ok && list.status != os::ReadStatus::NotFound)
    return failure(Problem::Unreadable, "'objects/pack': " + list.detail);
  for (const os::FolderEntry& entry : list.entries) {
    if (!entry.name.ends_with(kIndexEnding)) continue;
    if (packs.size() == bounds_.packs)
      return failure(Problem::TooLarge, "more than " + std::to_string(bounds_.packs) + " packs");
    auto pack =
        Pack::open(*files_, folder + "/" + entry.name.substr(0, entry.name.size() - kIndexEnding.size()),
                   kind_, bounds_);
    if (!pack) return tl::unexpected(pack.error());
    packs.push_back(std::move(*pack));
  }
  packs_ = std::move(packs);
  return {};
}

Result<std::optional<Object>> ObjectStore::read_packed(const ObjectId& id) const {
  if (auto opened = open_packs(); !opened) return tl::unexpected(opened.error());
  for (const Pack& pack : *packs_) {
    const auto offset = pack.index().find(id);
    if (!offset) return tl::unexpected(offset.error());
    if (!*offset) continue;
    auto object = pack.read(**offset, budget_);
    if (!object) return tl::unexpected(object.error());
    return std::move(*object);
  }
  return std::nullopt;
}

Result<std::vector<ObjectId>> ObjectStore::with_prefix(std::string_view digits) const {
  std::vector<ObjectId> ids;
  if (auto opened = open_packs(); !opened) return tl::unexpected(opened.error());
  for (const Pack& pack : *packs_) {
    if (auto found = pack.index().with_prefix(digits, ids); !found) return tl::unexpected(found.error());
  }
  const std::string first(digits.substr(0, 2));
  const os::ListResult list = files_->list(folder_ + "/" + first, bounds_.bucket_entries);
  if (list.status != os::ReadStatus::Ok && list.status != os::ReadStatus::NotFound)
    return failure(Problem::Unreadable, "'objects/" + first + "': " + list.detail);
  for (const os::FolderEntry& entry : list.entries) {
    auto id = parse_id(kind_, first + entry.name);
    if (id && id->hex().starts_with(digits)) ids.push_back(std::move(*id));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace polc::git
