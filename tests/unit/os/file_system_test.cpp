#include "runtime/os/file_system.hpp"

#ifndef _WIN32
#include <sys/stat.h>
#endif

#include <filesystem>
#include <fstream>

#include "runtime/os/ordinary_file.hpp"
#include "tests/unit/catch.hpp"

using namespace polc::os;

namespace {

struct TemporaryFolder {
  std::filesystem::path path;
  TemporaryFolder() {
    path = std::filesystem::temp_directory_path() / ("polc-test-" + std::to_string(std::rand()));
    std::filesystem::create_directories(path);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string file(const char* name) const { return (path / name).generic_string(); }
};

}  // namespace

TEST_CASE("reading tells missing, too large and not-a-file apart") {
  const TemporaryFolder folder;
  const auto files = real_file_system();
  std::ofstream(folder.file("a")) << "12345";
  CHECK(files->read(folder.file("a"), 5).text == "12345");
  CHECK(files->read(folder.file("a"), 5).status == ReadStatus::Ok);
  CHECK(files->read(folder.file("a"), 4).status == ReadStatus::TooLarge);
  CHECK(files->read(folder.file("b"), 5).status == ReadStatus::NotFound);
  CHECK(files->read(folder.file("a/b"), 5).status == ReadStatus::NotFound);
  CHECK(files->read(folder.path.generic_string(), 5).status == ReadStatus::NotAFile);
}

TEST_CASE("a policy is read from an ordinary file alone") {
  const TemporaryFolder folder;
  const auto files = real_file_system();
  std::ofstream(folder.file("a")) << "12345";
  CHECK(read_ordinary_file(*files, folder.file("a"), 5).text == "12345");
  CHECK(read_ordinary_file(*files, folder.file("b"), 5).status == ReadStatus::NotFound);
#ifndef _WIN32
  REQUIRE(mkfifo(folder.file("pipe").c_str(), 0600) == 0);
  CHECK(read_ordinary_file(*files, folder.file("pipe"), 5).status == ReadStatus::NotAFile);
#endif
}

TEST_CASE("a piece of a file is read without the rest") {
  const TemporaryFolder folder;
  const auto files = real_file_system();
  std::ofstream(folder.file("a"), std::ios::binary) << std::string(100'000, 'x') << "12345";
  CHECK(files->read_range(folder.file("a"), 99'999, 3).text == "x12");
  CHECK(files->read_range(folder.file("a"), 100'003, 3).text == "45");
  CHECK(files->read_range(folder.file("a"), 0, 200'000).text.size() == 100'005);
  CHECK(files->read_range(folder.file("a"), 0, 0).text.empty());
  for (const std::uint64_t behind : {std::uint64_t{100'005}, std::uint64_t{1} << 40U, UINT64_MAX}) {
    CHECK(files->read_range(folder.file("a"), behind, 3).status == ReadStatus::Ok);
    CHECK(files->read_range(folder.file("a"), behind, 3).text.empty());
  }
  CHECK(files->read_range(folder.file("b"), 0, 3).status == ReadStatus::NotFound);
  CHECK(files->read_range(folder.path.generic_string(), 0, 3).status == ReadStatus::NotAFile);

  MemoryFileSystem memory;
  memory.files["/a"] = "12345";
  CHECK(memory.read_range("/a", 3, 9).text == "45");
  CHECK(memory.read_range("/a", 9, 9).text.empty());
  CHECK(memory.read_range("/b", 0, 9).status == ReadStatus::NotFound);
}

TEST_CASE("an endless device is cut at the bound, or not read at all") {
  const auto files = real_file_system();
  if (files->kind("/dev/zero") == FileKind::Missing) {
    WARN("skipped: there is no /dev/zero here");
    return;
  }
  const ReadStatus status = files->read("/dev/zero", 10'000).status;
  CHECK((status == ReadStatus::TooLarge ||
         status == ReadStatus::NotAFile));  // Wine shows it, and no device is read
}

TEST_CASE("files are written whole or not at all") {
  const TemporaryFolder folder;
  const auto files = real_file_system();
  CHECK_FALSE(files->write_whole(folder.file("report"), "one").has_value());
  CHECK_FALSE(files->write_whole(folder.file("report"), "two").has_value());
  CHECK(files->read(folder.file("report"), 10).text == "two");
  CHECK_FALSE(files->write_whole(folder.file("made/for/report"), "x").has_value());
  CHECK(files->read(folder.file("made/for/report"), 5).text == "x");
  CHECK(files->write_whole(folder.file("report/below"), "x").has_value());
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 2);  // nothing but the two
}

TEST_CASE("the in-memory file system records what is touched") {
  MemoryFileSystem files;
  files.files["/repo/a.pol"] = "x";
  files.folder = "/repo";
  CHECK(files.read("a.pol", 10).text == "x");
  CHECK(files.read("../etc/passwd", 10).status == ReadStatus::NotFound);
  CHECK(files.kind("/repo") == FileKind::Folder);
  CHECK(files.log == std::vector<std::string>{"read /repo/a.pol", "read /etc/passwd"});
}
