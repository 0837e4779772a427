// Configuration of IIS on the disks of the machine.
#include <windows.h>

#include <algorithm>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/iis_disk.hpp"
#include "runtime/os/windows/wide_text.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using namespace polc::backends::windows;
using value::FactStatus;

namespace {

/// A folder of files below %TEMP%, removed at the end.
class Tree {
 public:
  Tree() {
    wchar_t temporary[MAX_PATH + 1] = {};
    GetTempPathW(MAX_PATH, temporary);
    root_ = std::wstring(temporary) + L"polc-test-iis-" + std::to_wstring(GetCurrentProcessId());
    CreateDirectoryW(root_.c_str(), nullptr);
  }
  ~Tree() { remove(root_); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  void write(const std::wstring& path, const std::string& text) {
    for (std::size_t end = path.find(L'\\'); end != std::wstring::npos; end = path.find(L'\\', end + 1))
      CreateDirectoryW((root_ + L'\\' + path.substr(0, end)).c_str(), nullptr);
    const HANDLE file = CreateFileW((root_ + L'\\' + path).c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS,
                                    FILE_ATTRIBUTE_NORMAL, nullptr);
    REQUIRE(file != INVALID_HANDLE_VALUE);
    DWORD written = 0;
    WriteFile(file, text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
    CloseHandle(file);
  }

  std::string root() const { return os::utf8_text(root_); }
  std::wstring wide_root() const { return root_; }

 private:
  static void remove(const std::wstring& folder) {
    WIN32_FIND_DATAW found{};
    const HANDLE search = FindFirstFileW((folder + L"\\*").c_str(), &found);
    if (search != INVALID_HANDLE_VALUE) {
      do {
        const std::wstring name = found.cFileName;
        const bool is_folder = (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
        const bool is_link = (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
        const std::wstring path = folder + L'\\' + name;
        if (name == L"." || name == L"..") continue;
        if (!is_folder) {
          DeleteFileW(path.c_str());
        } else if (is_link) {
          RemoveDirectoryW(path.c_str());
        } else {
          remove(path);
        }
      } while (FindNextFileW(search, &found) != 0);
      FindClose(search);
    }
    RemoveDirectoryW(folder.c_str());
  }

  std::wstring root_;
};

std::string server(const std::string& physical) {
  return "<configuration><system.applicationHost><sites><site name=\"S\"><application path=\"/\">"
         "<virtualDirectory path=\"/\" physicalPath=\"" +
         physical + "\" /></application></site></sites></system.applicationHost></configuration>";
}

constexpr const wchar_t* kServerFile = L"Windows\\System32\\inetsrv\\config\\applicationHost.config";

value::Evidence read(const Tree& tree) {
  value::Evidence evidence;
  const FixedDisks disks;
  const auto folder = disks.path_of(tree.root() + "\\Windows");
  REQUIRE(folder);
  read_iis(evidence, disks, *folder);
  return evidence;
}

bool has_row(const value::Evidence& evidence, const std::string& path) {
  const auto& rows = evidence.iis.files.rows;
  return std::any_of(rows.begin(), rows.end(),
                     [&](const auto& row) { return row.path == path && row.xml.present(); });
}

}  // namespace

TEST_CASE("every web.config below a site on a fixed disk is found") {
  Tree tree;
  tree.write(kServerFile, server(tree.root() + "\\site"));
  tree.write(L"site\\web.config", "<configuration />");
  tree.write(L"site\\sub\\Web.config", "<configuration />");
  tree.write(L"elsewhere\\web.config", "<configuration />");
  const value::Evidence evidence = read(tree);
  CHECK(evidence.iis.files.complete);
  CHECK(has_row(evidence, "applicationHost.config"));
  CHECK(has_row(evidence, tree.root() + "\\site\\web.config"));
  CHECK(has_row(evidence, tree.root() + "\\site\\sub\\Web.config"));
  CHECK(evidence.iis.files.rows.size() == 6);  // with redirection.config and two of ASP.NET, which are absent
  const auto& row = evidence.iis.files.rows.back();
  CHECK(evidence.origins[row.origin].backend == "live");
  CHECK(evidence.origins[row.origin].note == row.path);
}

TEST_CASE("a site on a share is not looked for, and leaves the configuration open") {
  Tree tree;
  tree.write(kServerFile, server("\\\\polc-test-server\\share"));
  const value::Evidence evidence = read(tree);
  CHECK_FALSE(evidence.iis.files.complete);
  REQUIRE(evidence.iis.files.unreadable);
  CHECK(evidence.iis.files.unreadable->detail ==
        "\\\\polc-test-server\\share is on no disk that is searched");
}

TEST_CASE("a machine without applicationHost.config has no IIS") {
  Tree tree;
  tree.write(L"Windows\\win.ini", "");
  const value::Evidence evidence = read(tree);
  CHECK(evidence.iis.files.collected);
  CHECK(evidence.iis.files.object_missing);
}

TEST_CASE("an applicationHost.config that cannot be opened is not absent") {
  Tree tree;
  tree.write(kServerFile, server(tree.root()));
  const std::wstring path = tree.wide_root() + L'\\' + kServerFile;
  const HANDLE exclusive =
      CreateFileW(path.c_str(), GENERIC_READ, 0, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
  REQUIRE(exclusive != INVALID_HANDLE_VALUE);
  const value::Evidence evidence = read(tree);
  CloseHandle(exclusive);
  CHECK_FALSE(evidence.iis.files.object_missing);
  CHECK_FALSE(evidence.iis.files.complete);
  REQUIRE_FALSE(evidence.iis.files.rows.empty());
  CHECK(evidence.iis.files.rows.front().xml.status == FactStatus::Unknown);
  CHECK(evidence.iis.files.unreadable);
}

TEST_CASE("only fixed drives are on the disks, and only by drive paths") {
  const FixedDisks disks;
  CHECK(disks.path_of("C:\\inetpub\\wwwroot") == "C:/inetpub/wwwroot");
  CHECK(disks.path_of("C:\\") == "C:/");
  CHECK_FALSE(disks.path_of("\\\\server\\share"));
  CHECK_FALSE(disks.path_of("C:inetpub"));
  CHECK_FALSE(disks.path_of(""));
  CHECK(disks.windows_path_of("C:/inetpub/wwwroot") == "C:\\inetpub\\wwwroot");
}

TEST_CASE("a symbolic link in a site is not followed") {
  Tree tree;
  tree.write(kServerFile, server(tree.root() + "\\site"));
  tree.write(L"site\\web.config", "<configuration />");
  tree.write(L"elsewhere\\web.config", "<configuration />");
  const std::wstring link = tree.wide_root() + L"\\site\\link";
  const std::wstring to = tree.wide_root() + L"\\elsewhere";
  constexpr DWORD kWithoutPrivilege = 2;  // SYMBOLIC_LINK_FLAG_ALLOW_UNPRIVILEGED_CREATE
  const bool made =
      CreateSymbolicLinkW(link.c_str(), to.c_str(), SYMBOLIC_LINK_FLAG_DIRECTORY | kWithoutPrivilege) != 0;
  const DWORD attributes = GetFileAttributesW(link.c_str());
  // Wine says that it made one, and made none.
  if (!made || attributes == INVALID_FILE_ATTRIBUTES || (attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) {
    WARN("skipped: symbolic links cannot be made here");
    return;
  }
  const value::Evidence evidence = read(tree);
  CHECK_FALSE(evidence.iis.files.complete);
  CHECK(has_row(evidence, tree.root() + "\\site\\web.config"));
  CHECK_FALSE(has_row(evidence, tree.root() + "\\site\\link\\web.config"));
}

TEST_CASE("symbolic links may leave the machine; junctions and compressed files do not") {
  constexpr std::uint32_t kLink = FILE_ATTRIBUTE_REPARSE_POINT | FILE_ATTRIBUTE_DIRECTORY;
  CHECK(may_leave_machine(kLink, IO_REPARSE_TAG_SYMLINK));
  CHECK(may_leave_machine(kLink, 0));
  CHECK_FALSE(may_leave_machine(kLink, IO_REPARSE_TAG_MOUNT_POINT));
  CHECK_FALSE(may_leave_machine(FILE_ATTRIBUTE_REPARSE_POINT, IO_REPARSE_TAG_DEDUP));
  CHECK_FALSE(may_leave_machine(FILE_ATTRIBUTE_DIRECTORY, IO_REPARSE_TAG_SYMLINK));
}

TEST_CASE("the machine's own IIS is collected or absent, and never half known") {
  value::Evidence evidence;
  collect_iis(evidence, nullptr);
  const auto& files = evidence.iis.files;
  CHECK(files.collected);
  CHECK((files.object_missing || files.complete || files.unreadable));
  if (files.object_missing) CHECK(evidence.iis.version.status == FactStatus::Absent);
}
