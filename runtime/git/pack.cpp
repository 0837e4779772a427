#include "runtime/git/pack.hpp"

#include <algorithm>

#include "runtime/git/delta.hpp"
#include "runtime/git/git_file.hpp"

namespace polc::git {
namespace {

constexpr std::uint64_t kPackHeader = 12;  ///< "PACK", version, number of objects
constexpr std::size_t kEntryHead = 64;  ///< the longest head of an entry fits: 10 bytes of size, 32 of an id
constexpr std::size_t kFirstPiece = 4U << 10U;  ///< most objects are small
constexpr std::size_t kNextPieces = 64U << 10U;

constexpr unsigned kOffsetDelta = 6;
constexpr unsigned kReferenceDelta = 7;

tl::unexpected<Error> damaged_pack(const std::string& path, const char* why) {
  return failure(Problem::Damaged, "'" + os::file_name(path) + "' is damaged: " + why);
}

/// The size in the head of an entry: four bits beside the type, then seven a byte. nullopt when it ends too early.
std::optional<std::uint64_t> entry_size(std::string_view head, std::size_t& at) {
  constexpr unsigned kMostBits = 60;
  auto byte = static_cast<std::uint8_t>(head[at++]);
  std::uint64_t size = byte & 0xFU;
  for (unsigned shift = 4; (byte & 0x80U) != 0; shift += 7) {
    if (at == head.size() || shift > kMostBits - 7) return std::nullopt;
    byte = static_cast<std::uint8_t>(head[at++]);
    size |= std::uint64_t{byte & 0x7FU} << shift;
  }
  return size;
}

/// How far back a base lies: seven bits a byte, the highest first, and 1 more for each byte that follows.
std::optional<std::uint64_t> base_distance(std::string_view head, std::size_t& at) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 56U;
  std::uint64_t distance = 0;
  for (;;) {
    if (at == head.size() || distance > kMost) return std::nullopt;
    const auto byte = static_cast<std::uint8_t>(head[at++]);
    distance = distance << 7U | (byte & 0x7FU);
    if ((byte & 0x80U) == 0) return distance;
    ++distance;
  }
}

}  // namespace

Result<void> Budget::take(std::uint64_t bytes) {
  if (bytes > left_)
    return failure(Problem::TooLarge, "reading it would unpack more than " + std::to_string(all_) + " bytes");
  left_ -= bytes;
  return {};
}

Result<Pack> Pack::open(const os::FileSystem& files, const std::string& stem, HashKind kind,
                        const Bounds& bounds) {
  auto index = PackIndex::open(files, stem + ".idx", kind, bounds);
  if (!index) return tl::unexpected(index.error());
  const std::string path = stem + ".pack";
  const auto head = read_exactly(files, path, 0, kPackHeader);
  if (!head) return tl::unexpected(head.error());
  const std::uint32_t version = big_endian_32(*head, 4);
  if (!head->starts_with("PACK")) return damaged_pack(path, "it does not begin like a pack");
  if (version != 2 && version != 3)
    return failure(Problem::Unsupported, "'" + os::file_name(path) + "' has an unknown version");
  if (big_endian_32(*head, 8) != index->objects()) return damaged_pack(path, "its index is that of another");
  return Pack(files, path, std::move(*index), kind, bounds);
}

Result<std::uint64_t> Pack::base_offset(std::uint64_t offset, unsigned type, std::string_view head,
                                        std::size_t& at) const {
  if (type == kOffsetDelta) {
    const auto distance = base_distance(head, at);
    if (!distance || *distance == 0 || *distance > offset)
      return damaged_pack(path_, "a delta's base lies outside");
    return offset - *distance;
  }
  if (head.size() - at < id_bytes(kind_)) return damaged_pack(path_, "it ends too early");
  const ObjectId base{std::string(head.substr(at, id_bytes(kind_)))};
  at += id_bytes(kind_);
  const auto found = index_.find(base);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return damaged_pack(path_, "a delta's base is not in it");
  return **found;
}

Result<Pack::Entry> Pack::entry(std::uint64_t offset) const {
  if (offset < kPackHeader) return damaged_pack(path_, "an object lies outside");
  const auto head = read_some(*files_, path_, offset, kEntryHead);
  if (!head) return tl::unexpected(head.error());
  if (head->empty()) return damaged_pack(path_, "it ends too early");
  const unsigned type = static_cast<std::uint8_t>(head->front()) >> 4U & 0x7U;
  std::size_t at = 0;
  const auto size = entry_size(*head, at);
  if (!size) return damaged_pack(path_, "an object has no size");
  if (*size > bounds_.object_bytes) {
    return failure(Problem::TooLarge,
                   "an object is larger than " + std::to_string(bounds_.object_bytes) + " bytes");
  }
  Entry entry{ObjectType::Blob, std::nullopt, static_cast<std::size_t>(*size), 0};
  if (type == kOffsetDelta || type == kReferenceDelta) {
    const auto base = base_offset(offset, type, *head, at);
    if (!base) return tl::unexpected(base.error());
    entry.base = *base;
  } else if (type >= 1 && type <= 4) {
    entry.type = static_cast<ObjectType>(type);
  } else {
    return damaged_pack(path_, "an object has an unknown type");
  }
  entry.data = offset + at;
  return entry;
}

Result<std::string> Pack::content(const Entry& entry, Budget& budget) const {
  if (auto paid = budget.take(entry.bytes); !paid) return tl::unexpected(paid.error());
  std::uint64_t at = entry.data;
  Inflater inflater([&]() -> Result<std::string> {
    auto piece = read_some(*files_, path_, at, at == entry.data ? kFirstPiece : kNextPieces);
    if (piece) at += piece->size();
    return piece;
  });
  std::string bytes;
  if (auto read = inflater.read(entry.bytes, bytes); !read) return tl::unexpected(read.error());
  if (bytes.size() != entry.bytes) return damaged_pack(path_, "an object is shorter than it says");
  if (auto end = inflater.expect_end(); !end) return tl::unexpected(end.error());
  return bytes;
}

Result<Object> Pack::read(std::uint64_t offset, Budget& budget) const {
  // From the object wanted down to one that is whole, then up again; at any time two objects and a delta are in memory.
  std::vector<Entry> chain;
  for (std::optional<std::uint64_t> next = offset; next;) {
    if (chain.size() > bounds_.delta_depth) {
      return failure(Problem::TooLarge,
                     "more than " + std::to_string(bounds_.delta_depth) + " deltas build on each other");
    }
    auto link = entry(*next);
    if (!link) return tl::unexpected(link.error());
    next = link->base;
    chain.push_back(*link);
  }
  auto bytes = content(chain.back(), budget);
  if (!bytes) return tl::unexpected(bytes.error());
  Object object{chain.back().type, std::move(*bytes)};
  for (auto link = chain.rbegin() + 1; link != chain.rend(); ++link) {
    const auto delta = content(*link, budget);
    if (!delta) return tl::unexpected(delta.error());
    auto whole = apply_delta(object.bytes, *delta, bounds_.object_bytes);
    if (!whole) return tl::unexpected(whole.error());
    if (auto paid = budget.take(whole->size()); !paid) return tl::unexpected(paid.error());
    object.bytes = std::move(*whole);
  }
  return object;
}

}  // namespace polc::git
