// A pack: many objects in one file, some of them as deltas on others of the same pack. Private to runtime/git.
// Source: git's Documentation/gitformat-pack.txt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/git/bounds.hpp"
#include "runtime/git/inflate.hpp"
#include "runtime/git/object.hpp"
#include "runtime/git/pack_index.hpp"

namespace polc::git {

/// What reading may still cost: bytes that come out of inflating and of deltas.
class Budget {
 public:
  explicit Budget(std::uint64_t bytes) : left_(bytes), all_(bytes) {}
  Result<void> take(std::uint64_t bytes);

 private:
  std::uint64_t left_, all_;
};

class Pack {
 public:
  /// `stem` is the path of the pack and its index without their extensions.
  static Result<Pack> open(const os::FileSystem& files, const std::string& stem, HashKind kind,
                           const Bounds& bounds);

  const PackIndex& index() const { return index_; }

  /// The object that begins at `offset`, deltas applied. Its id is the caller's to check.
  Result<Object> read(std::uint64_t offset, Budget& budget) const;

 private:
  /// The head of an entry: a whole object, or a delta on the entry at `base`.
  struct Entry {
    ObjectType type = ObjectType::Blob;  ///< when whole
    std::optional<std::uint64_t> base;   ///< when a delta
    std::size_t bytes = 0;               ///< inflated
    std::uint64_t data = 0;              ///< where the compressed bytes begin
  };

  Pack(const os::FileSystem& files, std::string path, PackIndex index, HashKind kind, const Bounds& bounds)
      : files_(&files), path_(std::move(path)), index_(std::move(index)), kind_(kind), bounds_(bounds) {}

  Result<Entry> entry(std::uint64_t offset) const;
  Result<std::uint64_t> base_offset(std::uint64_t offset, unsigned type, std::string_view head,
                                    std::size_t& at) const;
  Result<std::string> content(const Entry& entry, Budget& budget) const;

  const os::FileSystem* files_;
  std::string path_;
  PackIndex index_;
  HashKind kind_;
  Bounds bounds_;
};

}  // namespace polc::git
