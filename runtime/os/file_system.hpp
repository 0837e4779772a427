// The file system behind one small interface: the real one, and an in-memory one for tests that records access.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polc::os {

/// Absence, refusal and failure are three different things.
enum class ReadStatus { Ok, NotFound, Denied, TooLarge, NotAFile, Failed };

struct ReadResult {
  ReadStatus status = ReadStatus::Failed;
  std::string text;    ///< the bytes, when Ok
  std::string detail;  ///< the system's words, when not
};

enum class FileKind { Missing, File, Folder, Other };

struct FolderEntry {
  std::string name;
  FileKind kind = FileKind::Missing;  ///< of what a link leads to
};

struct ListResult {
  ReadStatus status = ReadStatus::Failed;  ///< TooLarge: more entries than asked for
  std::vector<FolderEntry> entries;        ///< sorted by name, when Ok
  std::string detail;                      ///< the system's words, when not
};

/// Paths are UTF-8 with forward slashes (backslashes are accepted on Windows). Implementations never throw.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// Reads a whole file; refuses before reading when it is larger than `max_bytes`.
  virtual ReadResult read(const std::string& path, std::size_t max_bytes) const = 0;

  /// Hands over a file of any size in pieces; memory is bounded. The result's text stays empty.
  virtual ReadResult read_pieces(const std::string& path,
                                 const std::function<void(std::string_view)>& use) const = 0;

  /// Reads `count` bytes of an ordinary file from `offset` on: fewer where it ends before, none behind its end.
  virtual ReadResult read_range(const std::string& path, std::uint64_t offset, std::size_t count) const = 0;

  virtual FileKind kind(const std::string& path) const = 0;

  /// Names in a folder; refuses when there are more than `max_entries`.
  virtual ListResult list(const std::string& path, std::size_t max_entries) const = 0;

  /// Absolute path with links resolved; nullopt when it does not exist.
  virtual std::optional<std::string> canonical(const std::string& path) const = 0;

  /// Writes the whole file or nothing (temporary file and rename), and the folders that it lacks. Returns the system's words on failure.
  virtual std::optional<std::string> write_whole(const std::string& path, std::string_view bytes) = 0;

  virtual std::string working_folder() const = 0;
};

std::unique_ptr<FileSystem> real_file_system();

/// Files by absolute path ("/repo/policies/a.pol"); every read and write is recorded in order.
class MemoryFileSystem : public FileSystem {
 public:
  std::map<std::string, std::string> files;
  std::string folder = "/";
  mutable std::vector<std::string> log;  ///< "read /repo/a.pol", "write /repo/out.sarif"

  ReadResult read(const std::string& path, std::size_t max_bytes) const override;
  ReadResult read_pieces(const std::string& path,
                         const std::function<void(std::string_view)>& use) const override;
  ReadResult read_range(const std::string& path, std::uint64_t offset, std::size_t count) const override;
  FileKind kind(const std::string& path) const override;
  ListResult list(const std::string& path, std::size_t max_entries) const override;
  std::optional<std::string> canonical(const std::string& path) const override;
  std::optional<std::string> write_whole(const std::string& path, std::string_view bytes) override;
  std::string working_folder() const override { return folder; }
};

// --- pure path arithmetic, the same on every system -------------------------------------------------------------

/// "a/./b//../c" -> "a/c"; keeps a leading "/" or "C:/"; a relative path that climbs out keeps its "..".
std::string normal_path(std::string_view path);

/// `path` seen from `base`, both absolute and normal; nullopt if it is not inside. Windows' names do not depend on case.
std::optional<std::string> path_inside(std::string_view base, std::string_view path);

std::string join_path(std::string_view folder, std::string_view path);  ///< normal; an absolute `path` wins
std::string parent_path(std::string_view path);
std::string file_name(std::string_view path);
bool is_absolute_path(std::string_view path);

}  // namespace polc::os
