// The index of a pack, version 2: where in the pack an object begins. Read piece by piece, never as a whole. Private to
// runtime/git.
// Source: git's Documentation/gitformat-pack.txt, "Version 2 pack-*.idx files".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/git/bounds.hpp"
#include "runtime/git/object.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::git {

class PackIndex {
 public:
  static Result<PackIndex> open(const os::FileSystem& files, std::string path, HashKind kind,
                                const Bounds& bounds);

  /// Where the object begins; nullopt when it is not in this pack.
  Result<std::optional<std::uint64_t>> find(const ObjectId& id) const;

  /// Appends the ids that begin with these hexadecimal digits (at least two, in lower case).
  Result<void> with_prefix(std::string_view digits, std::vector<ObjectId>& ids) const;

  std::uint32_t objects() const { return fan_out_.back(); }

 private:
  PackIndex(const os::FileSystem& files, std::string path, HashKind kind, const Bounds& bounds)
      : files_(&files), path_(std::move(path)), kind_(kind), bounds_(bounds) {}

  Result<std::string> bucket(std::uint8_t first_byte) const;
  Result<std::uint64_t> offset_of(std::uint32_t position) const;
  std::uint32_t begin_of(std::uint8_t first_byte) const {
    return first_byte == 0 ? 0 : fan_out_[first_byte - 1U];
  }

  const os::FileSystem* files_;
  std::string path_;
  HashKind kind_;
  Bounds bounds_;
  std::array<std::uint32_t, 256> fan_out_{};  ///< ids whose first byte is at most the position
};

}  // namespace polc::git
