#include "runtime/git/pack_index.hpp"

#include "runtime/git/git_file.hpp"

namespace polc::git {
namespace {

constexpr std::string_view kIndexMagic("\377tOc\0\0\0\2", 8);
constexpr std::uint64_t kNames = 8 + 256 * 4;   ///< offset of the sorted ids
constexpr std::uint64_t kChecksumBytes = 4;     ///< of each object's compressed bytes
constexpr std::uint64_t kOffsetBytes = 4;       ///< in the table of short offsets
constexpr std::uint64_t kLongOffsetBytes = 8;   ///< in the table behind it
constexpr std::uint32_t kIsLong = 0x80000000U;  ///< a short offset that is a position in that table

}  // namespace

Result<PackIndex> PackIndex::open(const os::FileSystem& files, std::string path, HashKind kind,
                                  const Bounds& bounds) {
  PackIndex index(files, std::move(path), kind, bounds);
  auto head = read_exactly(files, index.path_, 0, kNames);
  if (!head) return tl::unexpected(head.error());
  if (!head->starts_with(kIndexMagic)) {
    return failure(Problem::Unsupported, "'" + os::file_name(index.path_) +
                                             "' is no pack index of version 2; 'git repack -a -d' makes one");
  }
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < index.fan_out_.size(); ++i) {
    index.fan_out_[i] = big_endian_32(*head, kIndexMagic.size() + 4 * i);
    if (index.fan_out_[i] < before)
      return failure(Problem::Damaged, "'" + os::file_name(index.path_) + "' does not ascend");
    before = index.fan_out_[i];
  }
  return index;
}

Result<std::string> PackIndex::bucket(std::uint8_t first_byte) const {
  const std::uint32_t begin = begin_of(first_byte);
  const std::uint32_t count = fan_out_[first_byte] - begin;
  if (count > bounds_.bucket_entries) {
    return failure(Problem::TooLarge, "more than " + std::to_string(bounds_.bucket_entries) +
                                          " objects of one pack begin with the same two digits");
  }
  return read_exactly(*files_, path_, kNames + std::uint64_t{begin} * id_bytes(kind_),
                      std::size_t{count} * id_bytes(kind_));
}

Result<std::optional<std::uint64_t>> PackIndex::find(const ObjectId& id) const {
  const auto first_byte = static_cast<std::uint8_t>(id.bytes.front());
  const auto names = bucket(first_byte);
  if (!names) return tl::unexpected(names.error());
  const std::size_t size = id_bytes(kind_);
  std::size_t low = 0;
  std::size_t high = names->size() / size;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const int order = names->compare(middle * size, size, id.bytes);
    if (order == 0) {
      const auto offset = offset_of(begin_of(first_byte) + static_cast<std::uint32_t>(middle));
      if (!offset) return tl::unexpected(offset.error());
      return *offset;
    }
    (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
  }
  return std::nullopt;
}

Result<void> PackIndex::with_prefix(std::string_view digits, std::vector<ObjectId>& ids) const {
  const auto first_byte =
      static_cast<std::uint8_t>(std::stoul(std::string(digits.substr(0, 2)), nullptr, 16));
  const auto names = bucket(first_byte);
  if (!names) return tl::unexpected(names.error());
  for (std::size_t at = 0; at < names->size(); at += id_bytes(kind_)) {
    ObjectId id{names->substr(at, id_bytes(kind_))};
    if (id.hex().starts_with(digits)) ids.push_back(std::move(id));
  }
  return {};
}

Result<std::uint64_t> PackIndex::offset_of(std::uint32_t position) const {
  const std::uint64_t offsets = kNames + std::uint64_t{objects()} * (id_bytes(kind_) + kChecksumBytes);
  const auto entry = read_exactly(*files_, path_, offsets + position * kOffsetBytes, kOffsetBytes);
  if (!entry) return tl::unexpected(entry.error());
  std::uint64_t offset = big_endian_32(*entry, 0);
  if ((offset & kIsLong) != 0) {
    const std::uint64_t long_offsets = offsets + objects() * kOffsetBytes;
    const auto wide =
        read_exactly(*files_, path_, long_offsets + (offset & ~kIsLong) * kLongOffsetBytes, kLongOffsetBytes);
    if (!wide) return tl::unexpected(wide.error());
    offset = big_endian_64(*wide, 0);
  }
  if (offset > bounds_.pack_bytes)
    return failure(Problem::TooLarge,
                   "a pack is larger than " + std::to_string(bounds_.pack_bytes) + " bytes");
  return offset;
}

}  // namespace polc::git
