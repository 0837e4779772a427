#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "runtime/os/file_system.hpp"

namespace polc::os {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 64U << 10U;

fs::path native(const std::string& path) {
  return fs::path(std::u8string(path.begin(), path.end()));
}

std::string portable(const fs::path& path) {
  const std::u8string text = path.generic_u8string();
  return std::string(text.begin(), text.end());
}

ReadStatus status_of(const std::error_code& error) {
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory)
    return ReadStatus::NotFound;
  if (error == std::errc::permission_denied) return ReadStatus::Denied;
  return ReadStatus::Failed;
}

// The size is checked again while reading: a file can grow, and devices or pipes have none.
ReadResult read_stream(std::ifstream& stream, std::size_t size_hint, std::size_t max_bytes) {
  ReadResult result{ReadStatus::Ok, {}, {}};
  result.text.resize(std::min(size_hint, max_bytes));
  stream.read(result.text.data(), static_cast<std::streamsize>(result.text.size()));
  result.text.resize(static_cast<std::size_t>(stream.gcount()));
  char extra[4096];
  while (stream) {
    stream.read(extra, sizeof extra);
    result.text.append(extra, static_cast<std::size_t>(stream.gcount()));
    if (result.text.size() > max_bytes) {
      return {ReadStatus::TooLarge, {}, "more than " + std::to_string(max_bytes) + " bytes"};
    }
  }
  if (stream.bad()) return {ReadStatus::Failed, {}, "read error"};
  return result;
}

ReadResult open_stream(const fs::path& file, std::ifstream& stream) {
  stream.open(file, std::ios::binary);
  if (stream) return {ReadStatus::Ok, {}, {}};
  const std::error_code why(errno, std::generic_category());
  return {status_of(why), {}, why.message()};
}

// Devices and pipes cannot be replaced by a rename.
std::optional<std::string> write_through(const fs::path& file, std::string_view bytes) {
  std::ofstream stream(file, std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.flush();
  if (stream) return std::nullopt;
  return std::error_code(errno, std::generic_category()).message();
}

class RealFileSystem : public FileSystem {
 public:
  ReadResult read(const std::string& path, std::size_t max_bytes) const override {
    std::error_code error;
    const fs::path file = native(path);
    const fs::file_status status = fs::status(file, error);
    if (error && status.type() == fs::file_type::none) return {status_of(error), {}, error.message()};
    if (status.type() == fs::file_type::not_found) return {ReadStatus::NotFound, {}, "no such file"};
    if (status.type() == fs::file_type::directory) return {ReadStatus::NotAFile, {}, "is a folder"};
    std::size_t size = 0;
    if (status.type() == fs::file_type::regular) {
      size = static_cast<std::size_t>(fs::file_size(file, error));
      if (error) return {status_of(error), {}, error.message()};
      if (size > max_bytes) return {ReadStatus::TooLarge, {}, std::to_string(size) + " bytes"};
    }
    std::ifstream stream;
    if (ReadResult opened = open_stream(file, stream); opened.status != ReadStatus::Ok) return opened;
    return read_stream(stream, size, max_bytes);
  }

  ReadResult read_pieces(const std::string& path,
                         const std::function<void(std::string_view)>& use) const override {
    if (kind(path) == FileKind::Folder) return {ReadStatus::NotAFile, {}, "is a folder"};
    std::ifstream stream;
    if (ReadResult opened = open_stream(native(path), stream); opened.status != ReadStatus::Ok) return opened;
    std::vector<char> piece(kPieceBytes);
    while (stream) {
      stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      use({piece.data(), static_cast<std::size_t>(stream.gcount())});
    }
    if (stream.bad()) return {ReadStatus::Failed, {}, "read error"};
    return {ReadStatus::Ok, {}, {}};
  }

  ReadResult read_range(const std::string& path, std::uint64_t offset, std::size_t count) const override {
    const FileKind what = kind(path);
    if (what == FileKind::Missing) return {ReadStatus::NotFound, {}, "no such file"};
    if (what != FileKind::File) return {ReadStatus::NotAFile, {}, "is no ordinary file"};
    std::ifstream stream;
    if (ReadResult opened = open_stream(native(path), stream); opened.status != ReadStatus::Ok) return opened;
    ReadResult result{ReadStatus::Ok, std::string(count, '\0'), {}};
    stream.seekg(static_cast<std::streamoff>(offset));
    stream.read(result.text.data(), static_cast<std::streamsize>(count));
    result.text.resize(static_cast<std::size_t>(stream.gcount()));
    if (stream.bad()) return {ReadStatus::Failed, {}, "read error"};
    return result;
  }

  FileKind kind(const std::string& path) const override {
    std::error_code error;
    switch (fs::status(native(path), error).type()) {
      case fs::file_type::not_found:
      case fs::file_type::none:
        return FileKind::Missing;
      case fs::file_type::regular:
        return FileKind::File;
      case fs::file_type::directory:
        return FileKind::Folder;
      default:
        return FileKind::Other;
    }
  }

  ListResult list(const std::string& path, std::size_t max_entries) const override {
    std::error_code error;
    const fs::path folder = native(path);
    ListResult result{ReadStatus::Ok, {}, {}};
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
      if (result.entries.size() == max_entries) return {ReadStatus::TooLarge, {}, "too many entries"};
      const std::string name = portable(entry->path().filename());
      result.entries.push_back({name, kind(portable(entry->path()))});
    }
    if (error == std::errc::not_a_directory) return {ReadStatus::NotAFile, {}, error.message()};
    if (error) return {status_of(error), {}, error.message()};
    std::sort(result.entries.begin(), result.entries.end(),
              [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
    return result;
  }

  std::optional<std::string> canonical(const std::string& path) const override {
    std::error_code error;
    const fs::path resolved = fs::canonical(native(path), error);
    if (error) return std::nullopt;
    return portable(resolved);
  }

  std::optional<std::string> write_whole(const std::string& path, std::string_view bytes) override {
    const fs::path file = native(path);
    std::error_code error;
    if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
    if (error) return error.message();
    if (fs::status(file, error).type() != fs::file_type::regular && fs::exists(file, error)) {
      return write_through(file, bytes);
    }
    fs::path temporary = file;
    temporary += ".polc-" + std::to_string(getpid()) + ".tmp";
    {
      std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
      stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      stream.flush();
      if (!stream) {
        const std::string why = std::error_code(errno, std::generic_category()).message();
        std::error_code ignored;
        fs::remove(temporary, ignored);
        return why;
      }
    }
    fs::rename(temporary, file, error);
    if (!error) return std::nullopt;
    const std::string why = error.message();
    fs::remove(temporary, error);
    return why;
  }

  std::string working_folder() const override {
    std::error_code error;
    const fs::path folder = fs::current_path(error);
    return error ? "." : portable(folder);
  }
};

}  // namespace

std::unique_ptr<FileSystem> real_file_system() {
  return std::make_unique<RealFileSystem>();
}

}  // namespace polc::os
