// Files through the wide Windows API, by verbatim paths (runtime/os/windows_path.hpp).
#include <algorithm>
#include <vector>

#include "runtime/os/file_system.hpp"
#include "runtime/os/windows/handle.hpp"
#include "runtime/os/windows/wide_text.hpp"
#include "runtime/os/windows_path.hpp"

namespace polc::os {
namespace {

constexpr DWORD kPieceBytes = 64U << 10U;

// Whoever writes, renames or deletes the file meanwhile is not disturbed, and what others hold open can be read.
constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

// Folders can be opened, and a pipe's server that hides behind the path learns who we are but cannot act for us.
constexpr DWORD kOpenFlags = FILE_FLAG_BACKUP_SEMANTICS | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION;

ReadStatus status_of(DWORD error) {
  switch (error) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_DRIVE:
    case ERROR_INVALID_NAME:
    case ERROR_DIRECTORY:
      return ReadStatus::NotFound;
    case ERROR_ACCESS_DENIED:
    case ERROR_NETWORK_ACCESS_DENIED:
    case ERROR_PRIVILEGE_NOT_HELD:
    case ERROR_CANT_ACCESS_FILE:
      return ReadStatus::Denied;
    default:
      return ReadStatus::Failed;
  }
}

ReadResult failure(DWORD error) {
  return {status_of(error), {}, error_text(error)};
}

std::string current_folder() {
  std::wstring folder(GetCurrentDirectoryW(0, nullptr), L'\0');
  folder.resize(GetCurrentDirectoryW(static_cast<DWORD>(folder.size()), folder.data()));
  return folder.empty() ? "." : portable_path(utf8_text(folder));
}

struct NativePath {
  std::wstring text;    ///< empty when refused
  std::string refusal;  ///< why no file can have this name
};

NativePath native(const std::string& path) {
  const WindowsPath made = windows_path(path, current_folder());
  if (!made.refusal.empty()) return {{}, made.refusal};
  const auto text = wide_text(made.verbatim);
  return text ? NativePath{*text, {}} : NativePath{{}, "it is not UTF-8"};
}

/// An open file or folder of a disk, or why there is none.
struct Opened {
  WindowsHandle handle;
  BY_HANDLE_FILE_INFORMATION about{};
  ReadResult failure{ReadStatus::Ok, {}, {}};

  bool is_folder() const { return (about.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0; }
  std::uint64_t size() const { return (std::uint64_t{about.nFileSizeHigh} << 32U) | about.nFileSizeLow; }
};

Opened open_existing(const std::string& path, DWORD access) {
  Opened opened;
  const NativePath file = native(path);
  if (!file.refusal.empty()) {
    opened.failure = {ReadStatus::NotAFile, {}, file.refusal};
    return opened;
  }
  opened.handle = WindowsHandle(
      CreateFileW(file.text.c_str(), access, kShareAll, nullptr, OPEN_EXISTING, kOpenFlags, nullptr));
  if (!opened.handle) {
    opened.failure = failure(GetLastError());
  } else if (GetFileType(opened.handle.get()) != FILE_TYPE_DISK) {
    opened.failure = {ReadStatus::NotAFile, {}, "is a device or a pipe"};
  } else if (GetFileInformationByHandle(opened.handle.get(), &opened.about) == 0) {
    opened.failure = failure(GetLastError());
  }
  return opened;
}

Opened open_file(const std::string& path) {
  Opened opened = open_existing(path, GENERIC_READ);
  if (opened.failure.status == ReadStatus::Ok && opened.is_folder())
    opened.failure = {ReadStatus::NotAFile, {}, "is a folder"};
  return opened;
}

// Hands over pieces until the end, or until `use` has enough and says false.
template <class Use>
ReadResult read_all(HANDLE file, const Use& use) {
  std::vector<char> piece(kPieceBytes);
  for (;;) {
    DWORD got = 0;
    if (ReadFile(file, piece.data(), kPieceBytes, &got, nullptr) == 0) return failure(GetLastError());
    if (got == 0 || !use(std::string_view(piece.data(), got))) return {ReadStatus::Ok, {}, {}};
  }
}

DWORD write_all(HANDLE file, std::string_view bytes) {
  while (!bytes.empty()) {
    const DWORD piece = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), kPieceBytes));
    DWORD written = 0;
    if (WriteFile(file, bytes.data(), piece, &written, nullptr) == 0) return GetLastError();
    bytes.remove_prefix(written);
  }
  return ERROR_SUCCESS;
}

DWORD write_new(const std::wstring& path, std::string_view bytes) {
  const WindowsHandle file(
      CreateFileW(path.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr));
  return file ? write_all(file.get(), bytes) : GetLastError();
}

/// An enumeration of a folder.
class Finding {
 public:
  explicit Finding(const std::wstring& folder)
      : handle_(FindFirstFileExW((folder + (folder.ends_with(L'\\') ? L"*" : L"\\*")).c_str(),
                                 FindExInfoBasic, &entry, FindExSearchNameMatch, nullptr,
                                 FIND_FIRST_EX_LARGE_FETCH)) {
    if (handle_ == INVALID_HANDLE_VALUE) error_ = GetLastError();
  }
  ~Finding() {
    if (handle_ != INVALID_HANDLE_VALUE) FindClose(handle_);
  }
  Finding(const Finding&) = delete;
  Finding& operator=(const Finding&) = delete;

  void next() {
    if (FindNextFileW(handle_, &entry) == 0) error_ = GetLastError();
  }

  bool at_entry() const { return error_ == ERROR_SUCCESS; }
  /// ERROR_SUCCESS when the whole folder was seen. (A root that is empty has not even "." in it.)
  DWORD failure() const {
    return error_ == ERROR_NO_MORE_FILES || error_ == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error_;
  }

  WIN32_FIND_DATAW entry{};

 private:
  HANDLE handle_;
  DWORD error_ = ERROR_SUCCESS;
};

class RealFileSystem : public FileSystem {
 public:
  ReadResult read(const std::string& path, std::size_t max_bytes) const override {
    const Opened file = open_file(path);
    if (file.failure.status != ReadStatus::Ok) return file.failure;
    if (file.size() > max_bytes) return {ReadStatus::TooLarge, {}, std::to_string(file.size()) + " bytes"};
    std::string text;
    text.reserve(static_cast<std::size_t>(file.size()));
    // The size is checked again while reading: a file can grow.
    ReadResult result = read_all(file.handle.get(), [&](std::string_view piece) {
      text.append(piece);
      return text.size() <= max_bytes;
    });
    if (result.status != ReadStatus::Ok) return result;
    if (text.size() > max_bytes)
      return {ReadStatus::TooLarge, {}, "more than " + std::to_string(max_bytes) + " bytes"};
    result.text = std::move(text);
    return result;
  }

  ReadResult read_pieces(const std::string& path,
                         const std::function<void(std::string_view)>& use) const override {
    const Opened file = open_file(path);
    if (file.failure.status != ReadStatus::Ok) return file.failure;
    return read_all(file.handle.get(), [&](std::string_view piece) {
      use(piece);
      return true;
    });
  }

  ReadResult read_range(const std::string& path, std::uint64_t offset, std::size_t count) const override {
    const Opened file = open_file(path);
    if (file.failure.status != ReadStatus::Ok) return file.failure;
    ReadResult result{ReadStatus::Ok, {}, {}};
    if (offset >= file.size()) return result;
    LARGE_INTEGER begin{};
    begin.QuadPart = static_cast<LONGLONG>(offset);
    if (SetFilePointerEx(file.handle.get(), begin, nullptr, FILE_BEGIN) == 0) return failure(GetLastError());
    ReadResult end = read_all(file.handle.get(), [&](std::string_view piece) {
      result.text.append(piece.substr(0, count - result.text.size()));
      return result.text.size() < count;
    });
    return end.status == ReadStatus::Ok ? result : end;
  }

  FileKind kind(const std::string& path) const override {
    const Opened opened = open_existing(path, 0);
    if (opened.failure.status == ReadStatus::NotFound) return FileKind::Missing;
    if (opened.failure.status != ReadStatus::Ok) return FileKind::Other;
    return opened.is_folder() ? FileKind::Folder : FileKind::File;
  }

  ListResult list(const std::string& path, std::size_t max_entries) const override {
    const Opened folder = open_existing(path, 0);
    if (folder.failure.status != ReadStatus::Ok) return {folder.failure.status, {}, folder.failure.detail};
    if (!folder.is_folder()) return {ReadStatus::NotAFile, {}, "is not a folder"};
    ListResult result{ReadStatus::Ok, {}, {}};
    Finding found(native(path).text);
    for (; found.at_entry(); found.next()) {
      const std::string name = utf8_text(found.entry.cFileName);
      if (name == "." || name == "..") continue;
      if (result.entries.size() == max_entries) return {ReadStatus::TooLarge, {}, "too many entries"};
      result.entries.push_back({name, kind_of_entry(path, name, found.entry.dwFileAttributes)});
    }
    if (const DWORD error = found.failure(); error != ERROR_SUCCESS)
      return {status_of(error), {}, error_text(error)};
    std::sort(result.entries.begin(), result.entries.end(),
              [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
    return result;
  }

  std::optional<std::string> canonical(const std::string& path) const override {
    const Opened opened = open_existing(path, 0);
    if (opened.failure.status != ReadStatus::Ok) return std::nullopt;
    const HANDLE handle = opened.handle.get();
    std::wstring name(GetFinalPathNameByHandleW(handle, nullptr, 0, FILE_NAME_NORMALIZED), L'\0');
    const DWORD room = static_cast<DWORD>(name.size());
    const DWORD units = GetFinalPathNameByHandleW(handle, name.data(), room, FILE_NAME_NORMALIZED);
    if (units == 0 || units >= room) return std::nullopt;
    name.resize(units);
    return portable_path(utf8_text(name));
  }

  std::optional<std::string> write_whole(const std::string& path, std::string_view bytes) override {
    const NativePath file = native(path);
    if (!file.refusal.empty()) return file.refusal;
    if (auto why = make_folder(parent_path(path))) return why;
    const std::wstring temporary = file.text + L".polc-" + std::to_wstring(GetCurrentProcessId()) + L".tmp";
    DeleteFileW(temporary.c_str());  // what an earlier process of the same number left behind
    DWORD error = write_new(temporary, bytes);
    if (error == ERROR_SUCCESS &&
        MoveFileExW(temporary.c_str(), file.text.c_str(), MOVEFILE_REPLACE_EXISTING) == 0)
      error = GetLastError();
    if (error == ERROR_SUCCESS) return std::nullopt;
    DeleteFileW(temporary.c_str());
    return error_text(error);
  }

  std::string working_folder() const override { return current_folder(); }

 private:
  /// With those above it.
  std::optional<std::string> make_folder(const std::string& path) const {
    if (kind(path) != FileKind::Missing) return std::nullopt;
    if (parent_path(path) == path) return std::nullopt;  // a drive; writing will say that it is missing
    if (auto why = make_folder(parent_path(path))) return why;
    const NativePath folder = native(path);
    if (!folder.refusal.empty()) return folder.refusal;
    if (CreateDirectoryW(folder.text.c_str(), nullptr) != 0) return std::nullopt;
    return error_text(GetLastError());
  }

  // Only what may be a link has to be opened.
  FileKind kind_of_entry(const std::string& folder, const std::string& name, DWORD attributes) const {
    if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) return kind(folder + "/" + name);
    return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? FileKind::Folder : FileKind::File;
  }
};

}  // namespace

std::unique_ptr<FileSystem> real_file_system() {
  return std::make_unique<RealFileSystem>();
}

}  // namespace polc::os
