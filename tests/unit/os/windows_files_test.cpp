// The file system of Windows for real: under Wine in the gate, on Windows where somebody builds it there.
#include <windows.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "runtime/os/file_system.hpp"
#include "runtime/os/windows/handle.hpp"
#include "runtime/os/windows/wide_text.hpp"
#include "tests/unit/catch.hpp"

using namespace polc::os;

namespace {

struct Folder {
  std::string path;
  std::unique_ptr<FileSystem> files = real_file_system();

  Folder() {
    wchar_t temporary[MAX_PATH];
    GetTempPathW(MAX_PATH, temporary);
    path = normal_path(utf8_text(temporary)) + "/polc-windows-" + std::to_string(GetCurrentProcessId());
    std::filesystem::create_directories(plain());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(plain(), ignored);
  }

  std::filesystem::path plain() const { return wide_text(path).value(); }

  /// The verbatim name, by which tests reach what is under test around it.
  static std::wstring native(const std::string& name) {
    std::string text = name;
    std::replace(text.begin(), text.end(), '/', '\\');
    return L"\\\\?\\" + wide_text(text).value();
  }
  std::string file(const std::string& name) const { return path + "/" + name; }
  void write(const std::string& name, std::string_view text) const {
    std::ofstream(std::filesystem::path(native(file(name))), std::ios::binary) << text;
  }
};

}  // namespace

TEST_CASE("windows: reading tells missing, too large and not-a-file apart") {
  const Folder folder;
  folder.write("a", "12345");
  CHECK(folder.files->read(folder.file("a"), 5).text == "12345");
  CHECK(folder.files->read(folder.file("a"), 4).status == ReadStatus::TooLarge);
  const ReadResult missing = folder.files->read(folder.file("b"), 5);
  CHECK(missing.status == ReadStatus::NotFound);
  CHECK(missing.detail.find("(error 2)") != std::string::npos);
  CHECK(folder.files->read(folder.file("a/b"), 5).status == ReadStatus::NotFound);
  CHECK(folder.files->read(folder.file("no/b"), 5).status == ReadStatus::NotFound);
  CHECK(folder.files->read("Q:/b", 5).status == ReadStatus::NotFound);
  CHECK(folder.files->read(folder.path, 5).status == ReadStatus::NotAFile);
}

TEST_CASE("windows: line ends and control characters arrive as they are") {
  const Folder folder;
  const std::string text("a\r\nb\x1A\nc\0d", 9);
  folder.write("a", text);
  CHECK(folder.files->read(folder.file("a"), 100).text == text);
  CHECK_FALSE(folder.files->write_whole(folder.file("b"), text).has_value());
  CHECK(folder.files->read(folder.file("b"), 100).text == text);
}

TEST_CASE("windows: large files come in pieces and whole") {
  const Folder folder;
  std::string text(200'001, 'x');
  text += "end";
  folder.write("a", text);
  CHECK(folder.files->read(folder.file("a"), text.size()).text == text);
  std::string pieces;
  int count = 0;
  const ReadResult result = folder.files->read_pieces(folder.file("a"), [&](std::string_view piece) {
    pieces += piece;
    ++count;
  });
  CHECK(result.status == ReadStatus::Ok);
  CHECK(pieces == text);
  CHECK(count > 3);
}

TEST_CASE("windows: names beyond ASCII and paths beyond 260 characters") {
  const Folder folder;
  folder.write("Größe 日本 😀.pol", "x");
  CHECK(folder.files->read(folder.file("Größe 日本 😀.pol"), 5).text == "x");
  std::string deep = folder.path;
  std::vector<std::wstring> made;
  for (int i = 0; i < 8; ++i) {
    deep += "/" + std::string(50, static_cast<char>('a' + i));
    made.push_back(Folder::native(deep));
    REQUIRE(CreateDirectoryW(made.back().c_str(), nullptr) != 0);
  }
  REQUIRE(deep.size() > 400);
  CHECK_FALSE(folder.files->write_whole(deep + "/report", "deep").has_value());
  CHECK(folder.files->read(deep + "\\report", 5).text == "deep");
  CHECK(folder.files->kind(deep) == FileKind::Folder);
  // The standard library cannot remove what lies that deep.
  REQUIRE(DeleteFileW((made.back() + L"\\report").c_str()) != 0);
  for (; !made.empty(); made.pop_back()) CHECK(RemoveDirectoryW(made.back().c_str()) != 0);
}

TEST_CASE("windows: text that is not UTF-8 names no file") {
  const Folder folder;
  CHECK(folder.files->read(folder.file("\xFF"), 5).status == ReadStatus::NotAFile);
  CHECK(folder.files->write_whole(folder.file("\xFF"), "x").has_value());
}

TEST_CASE("windows: a file that others write can be read, one they keep to themselves is not missing") {
  const Folder folder;
  folder.write("log", "line");
  const auto open = [&](DWORD share) {
    return WindowsHandle(CreateFileW(Folder::native(folder.file("log")).c_str(), GENERIC_READ | GENERIC_WRITE,
                                     share, nullptr, OPEN_EXISTING, 0, nullptr));
  };
  {
    const WindowsHandle writer = open(FILE_SHARE_READ);
    REQUIRE(writer);
    CHECK(folder.files->read(folder.file("log"), 5).text == "line");
  }
  const WindowsHandle owner = open(0);
  REQUIRE(owner);
  const ReadResult refused = folder.files->read(folder.file("log"), 5);
  CHECK(refused.status == ReadStatus::Failed);
  CHECK(refused.detail.find("(error 32)") != std::string::npos);
  CHECK(folder.files->kind(folder.file("log")) == FileKind::File);
}

TEST_CASE("windows: a file that may not be read is denied, not missing") {
  const auto files = real_file_system();
  // What not even root may read, as Wine shows it; on Windows what belongs to the system alone.
  const char* forbidden[] = {"Z:/proc/sys/vm/compact_memory", "C:/System Volume Information"};
  const auto* path = std::find_if(std::begin(forbidden), std::end(forbidden),
                                  [&](const char* file) { return files->kind(file) != FileKind::Missing; });
  if (path == std::end(forbidden)) {
    WARN("skipped: nothing is forbidden here");
    return;
  }
  const ReadResult result = files->read(*path, 5);
  CHECK(result.status == ReadStatus::Denied);
  CHECK(result.detail.find("(error 5)") != std::string::npos);
  CHECK(files->kind("C:/missing") == FileKind::Missing);
}

TEST_CASE("windows: devices, pipes and streams are no files") {
  const auto files = real_file_system();
  for (const char* path : {"NUL", "C:/x/CON", "com1.txt", R"(\\.\NUL)", "a:b:c", "C:/a.pol:stream"}) {
    INFO(path);
    CHECK(files->read(path, 5).status == ReadStatus::NotAFile);
    CHECK(files->kind(path) == FileKind::Other);
    CHECK_FALSE(files->canonical(path).has_value());
    CHECK(files->write_whole(path, "x").has_value());
  }
  const WindowsHandle pipe(
      CreateNamedPipeW(L"\\\\.\\pipe\\polc-test", PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 0, 0, 0, nullptr));
  REQUIRE(pipe);
  CHECK(files->read(R"(\\?\pipe\polc-test)", 5).status == ReadStatus::NotAFile);
}

TEST_CASE("windows: files are written whole or not at all") {
  const Folder folder;
  CHECK_FALSE(folder.files->write_whole(folder.file("report"), "one").has_value());
  CHECK_FALSE(folder.files->write_whole(folder.file("report"), "two").has_value());
  CHECK(folder.files->read(folder.file("report"), 10).text == "two");
  CHECK_FALSE(folder.files->write_whole(folder.file("made/for/report"), "x").has_value());
  CHECK(folder.files->read(folder.file("made/for/report"), 5).text == "x");
  CHECK(folder.files->write_whole(folder.file("report/below"), "x").has_value());
  CHECK(folder.files->write_whole(folder.path, "x").has_value());
  const WindowsHandle owner(CreateFileW(Folder::native(folder.file("report")).c_str(), GENERIC_READ,
                                        FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr));
  REQUIRE(owner);
  CHECK(folder.files->write_whole(folder.file("report"), "three").has_value());
  CHECK(folder.files->read(folder.file("report"), 10).text == "two");
  const std::filesystem::directory_iterator entries{folder.plain()};
  CHECK(std::distance(entries, {}) == 2);
}

TEST_CASE("windows: a folder lists its names, up to a bound, and a file none") {
  const Folder folder;
  folder.write("b", "x");
  folder.write("Größe 日本.pol", "x");
  REQUIRE(CreateDirectoryW(Folder::native(folder.file("a")).c_str(), nullptr) != 0);
  const ListResult all = folder.files->list(folder.path, 3);
  REQUIRE(all.status == ReadStatus::Ok);
  REQUIRE(all.entries.size() == 3);
  CHECK(all.entries[0].name == "Größe 日本.pol");
  CHECK(all.entries[0].kind == FileKind::File);
  CHECK(all.entries[1].name == "a");
  CHECK(all.entries[1].kind == FileKind::Folder);
  CHECK(all.entries[2].name == "b");
  CHECK(folder.files->list(folder.path, 2).status == ReadStatus::TooLarge);
  CHECK(folder.files->list(folder.file("a"), 2).entries.empty());
  CHECK(folder.files->list(folder.file("a"), 2).status == ReadStatus::Ok);
  CHECK(folder.files->list(folder.file("b"), 2).status == ReadStatus::NotAFile);
  CHECK(folder.files->list(folder.file("c"), 2).status == ReadStatus::NotFound);
  CHECK(folder.files->list("C:\\", 1000).status == ReadStatus::Ok);
  CHECK(folder.files->list("NUL", 2).status == ReadStatus::NotAFile);
}

TEST_CASE("windows: the working folder is absolute and portable, and relative paths begin there") {
  const Folder folder;
  const auto files = real_file_system();
  const std::string before = files->working_folder();
  CHECK(is_absolute_path(before));
  CHECK(before.find('\\') == std::string::npos);
  folder.write("here", "x");
  REQUIRE(SetCurrentDirectoryW(wide_text(folder.path).value().c_str()) != 0);
  CHECK(files->read("here", 5).text == "x");
  CHECK(files->read(".\\sub\\..\\here", 5).text == "x");
  CHECK(path_inside(folder.path, files->canonical("here").value_or("")) == "here");
  REQUIRE(SetCurrentDirectoryW(wide_text(before).value().c_str()) != 0);
}

TEST_CASE("windows: a path is inside a folder whatever the case of its letters") {
  CHECK(path_inside("C:/Repo", "c:\\repo\\A.pol") == "A.pol");
  CHECK(path_inside("C:/repo", "C:/REPO") == ".");
  CHECK(path_inside("C:/grün", "C:/GRÜN/a") == "a");
  CHECK_FALSE(path_inside("C:/repo", "C:/repository/a").has_value());
}
