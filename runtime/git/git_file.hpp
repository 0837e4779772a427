// Reading a repository's own files: ordinary files alone, bounded. Private to runtime/git.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/git/result.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::git {

/// A whole file; nullopt where there is none.
Result<std::optional<std::string>> read_whole(const os::FileSystem& files, const std::string& path,
                                              std::size_t max_bytes);

/// At most `count` bytes from `offset` on; fewer where the file ends.
Result<std::string> read_some(const os::FileSystem& files, const std::string& path, std::uint64_t offset,
                              std::size_t count);

/// Exactly `count` bytes.
Result<std::string> read_exactly(const os::FileSystem& files, const std::string& path, std::uint64_t offset,
                                 std::size_t count);

/// Without spaces and line endings around it.
std::string_view trimmed(std::string_view text);

/// A number in git's byte order; the caller has checked that the bytes are there.
std::uint32_t big_endian_32(std::string_view bytes, std::size_t offset);
std::uint64_t big_endian_64(std::string_view bytes, std::size_t offset);

}  // namespace polc::git
