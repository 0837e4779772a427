#include "runtime/os/windows_path.hpp"

#include "tests/unit/catch.hpp"

using namespace polc::os;

TEST_CASE("a path for Windows is absolute, verbatim and of any length") {
  struct Row {
    const char *path, *folder, *verbatim;
  };
  const Row rows[] = {
      {"a.pol", "C:/repo", R"(\\?\C:\repo\a.pol)"},
      {"policies\\a.pol", "C:/repo", R"(\\?\C:\repo\policies\a.pol)"},
      {"..\\./x//y", "C:/repo", R"(\\?\C:\x\y)"},
      {"../../../x", "C:/repo", R"(\\?\C:\x)"},
      {"D:\\x", "C:/repo", R"(\\?\D:\x)"},
      {"D:x", "C:/repo", R"(\\?\D:\x)"},
      {"C:/", "D:/", R"(\\?\C:\)"},
      {"/x", "C:/repo", R"(\\?\C:\x)"},
      {"\\x", "//server/share/repo", R"(\\?\UNC\server\share\x)"},
      {"x", "//server/share", R"(\\?\UNC\server\share\x)"},
      {R"(\\server\share\x)", "C:/", R"(\\?\UNC\server\share\x)"},
      {R"(\\?\C:\x)", "D:/", R"(\\?\C:\x)"},
      {R"(\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1\x)", "D:/",
       R"(\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1\x)"},
      {"Größe/日本.pol", "C:/repo", R"(\\?\C:\repo\Größe\日本.pol)"},
      {"console.pol", "C:/repo", R"(\\?\C:\repo\console.pol)"},
      {"COM10", "C:/repo", R"(\\?\C:\repo\COM10)"},
  };
  for (const Row& row : rows) {
    INFO(row.path);
    const WindowsPath made = windows_path(row.path, row.folder);
    CHECK(made.verbatim == row.verbatim);
    CHECK(made.refusal.empty());
  }
}

TEST_CASE("a path that means a device, a stream or another name is refused") {
  const char* rows[] = {"NUL",
                        "nul",
                        "C:/x/con",
                        "a/Aux.pol",
                        "COM1",
                        "lpt9.txt",
                        "COM¹",
                        "CONIN$",
                        "NUL .pol",
                        "nul:",
                        "a.pol:hidden",
                        "a.pol::$DATA",
                        "x/C:/y",
                        R"(\\.\C:)",
                        "a. /b",
                        "a.pol.",
                        "a.pol ",
                        "a?.pol",
                        "a*",
                        "a|b",
                        "a\nb",
                        "//./NUL",
                        "//server",
                        R"(\\server\)",
                        "//server/share/../../x",
                        R"(\\server\pipe\con)"};
  for (const char* row : rows) {
    INFO(row);
    const WindowsPath made = windows_path(row, "C:/repo");
    CHECK(made.verbatim.empty());
    CHECK_FALSE(made.refusal.empty());
  }
}

TEST_CASE("what Windows answers becomes a portable path") {
  CHECK(portable_path(R"(\\?\C:\repo\a.pol)") == "C:/repo/a.pol");
  CHECK(portable_path(R"(\\?\UNC\server\share\a)") == "//server/share/a");
  CHECK(portable_path(R"(C:\repo)") == "C:/repo");
  CHECK(portable_path(R"(\\?\Volume{1}\a)") == "//?/Volume{1}/a");
}
