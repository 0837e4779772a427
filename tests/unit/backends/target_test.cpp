// Files of a target: found ignoring case, never outside of it, and never "absent" where nobody could look.
#include "runtime/backends/target.hpp"

#include "runtime/backends/backend.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;

namespace {

/// A disk on which one folder cannot be listed, and one name is a link that leads away.
class GuardedDisk : public os::MemoryFileSystem {
 public:
  os::ListResult list(const std::string& path, std::size_t max_entries) const override {
    if (path == "/t/closed") return {os::ReadStatus::Denied, {}, "permission denied"};
    return os::MemoryFileSystem::list(path, max_entries);
  }
  std::optional<std::string> canonical(const std::string& path) const override {
    if (path == "/t/link.config") return "/elsewhere/x.config";
    return os::MemoryFileSystem::canonical(path);
  }
};

}  // namespace

TEST_CASE("files of a target") {
  GuardedDisk disk;
  for (const char* path : {"/t/Sub/File.Config", "/t/closed/a.config", "/t/link.config", "/other.config"}) {
    disk.files[path] = "content";
  }
  base::SourceManager sources;
  const TargetFiles files(disk, sources, "/t", "target");

  SECTION("are found ignoring case, with the disk's spelling") {
    CHECK(files.find("sub/FILE.config").path == "Sub/File.Config");
    CHECK(files.read("SUB/file.config", 100).text == "content");
    CHECK(files.display_name("Sub/File.Config") == "target/Sub/File.Config");
  }
  SECTION("are absent only where the folder was read") {
    CHECK(files.read("sub/none", 100).status == os::ReadStatus::NotFound);
    CHECK(files.read("none/at/all", 100).status == os::ReadStatus::NotFound);
    CHECK(files.read("closed/a.config", 100).status == os::ReadStatus::Denied);
    std::vector<TargetEntry> entries;
    CHECK(files.list("closed", entries) == os::ReadStatus::Denied);
  }
  SECTION("in a folder that may not be listed cannot tell what it is") {
    const TargetFiles closed(disk, sources, "/t/closed", "closed");
    const Target target{.name = "closed", .kind = os::FileKind::Folder, .files = &closed};
    CHECK(recognise(target) == nullptr);
    base::DiagnosticSink sink;
    report_unrecognised(target, sink);
    REQUIRE(sink.sorted().size() == 1);
    CHECK(base::message_of(sink.sorted()[0]) == "'closed' cannot be read: it may not be listed");
  }
  SECTION("are not read through a link that leads out, and not absent either") {
    CHECK(files.read("link.config", 100).status == os::ReadStatus::Denied);
  }
  SECTION("are never above the root") {
    CHECK(files.read("../other.config", 100).status != os::ReadStatus::Ok);
    CHECK(files.read("/other.config", 100).status != os::ReadStatus::Ok);
    CHECK(files.read("sub/../../other.config", 100).status != os::ReadStatus::Ok);
  }
  SECTION("are neither of two whose names, or whose folders' names, differ in case only") {
    disk.files["/t/Sub/file.config"] = "other";
    disk.files["/t/closed/b"] = disk.files["/t/CLOSED/b"] = "content";
    CHECK(files.read("sub/file.config", 100).status == os::ReadStatus::Failed);
    CHECK(files.read("Sub/File.Config", 100).status == os::ReadStatus::Failed);
    CHECK(files.read("closed/b", 100).status == os::ReadStatus::Failed);
    CHECK(files.read("sub/none", 100).status == os::ReadStatus::NotFound);
  }
  SECTION("are listed once") {
    disk.log.clear();
    for (int i = 0; i < 50; ++i) files.find("sub/file.config");
    CHECK(std::count(disk.log.begin(), disk.log.end(), "list /t") == 1);
  }
}
