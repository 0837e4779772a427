#include "runtime/git/git_file.hpp"

namespace polc::git {
namespace {

// What the system says of a place is told with the last two names of it: enough to find it, and no absolute path.
tl::unexpected<Error> unreadable(const std::string& path, const os::ReadResult& result) {
  const std::string name = os::file_name(os::parent_path(path)) + "/" + os::file_name(path);
  if (result.status == os::ReadStatus::TooLarge)
    return failure(Problem::TooLarge, "'" + name + "' has " + result.detail);
  return failure(Problem::Unreadable, "'" + name + "': " + result.detail);
}

}  // namespace

Result<std::optional<std::string>> read_whole(const os::FileSystem& files, const std::string& path,
                                              std::size_t max_bytes) {
  // Pipes and devices have no place in a repository, and reading one could last forever.
  const os::FileKind kind = files.kind(path);
  if (kind == os::FileKind::Missing || kind == os::FileKind::Folder) return std::nullopt;
  if (kind != os::FileKind::File)
    return unreadable(path, {os::ReadStatus::NotAFile, {}, "is no ordinary file"});
  os::ReadResult result = files.read(path, max_bytes);
  if (result.status == os::ReadStatus::NotFound) return std::nullopt;
  if (result.status != os::ReadStatus::Ok) return unreadable(path, result);
  return std::move(result.text);
}

Result<std::string> read_some(const os::FileSystem& files, const std::string& path, std::uint64_t offset,
                              std::size_t count) {
  os::ReadResult result = files.read_range(path, offset, count);
  if (result.status != os::ReadStatus::Ok) return unreadable(path, result);
  return std::move(result.text);
}

Result<std::string> read_exactly(const os::FileSystem& files, const std::string& path, std::uint64_t offset,
                                 std::size_t count) {
  auto bytes = read_some(files, path, offset, count);
  if (bytes && bytes->size() != count)
    return failure(Problem::Damaged, "'" + os::file_name(path) + "' ends too early");
  return bytes;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

std::uint32_t big_endian_32(std::string_view bytes, std::size_t offset) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i)
    number = number << 8U | static_cast<std::uint8_t>(bytes[offset + i]);
  return number;
}

std::uint64_t big_endian_64(std::string_view bytes, std::size_t offset) {
  return std::uint64_t{big_endian_32(bytes, offset)} << 32U | big_endian_32(bytes, offset + 4);
}

}  // namespace polc::git
