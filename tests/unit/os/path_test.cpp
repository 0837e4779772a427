#include "runtime/os/file_system.hpp"
#include "tests/unit/catch.hpp"

using namespace polc::os;

TEST_CASE("normal paths") {
  struct Row {
    const char *path, *normal;
  };
  const Row rows[] = {
      {"a/./b//../c", "a/c"},
      {"/a/../../b", "/b"},
      {"../a", "../a"},
      {"a/..", "."},
      {"", "."},
      {"C:/x/../y", "C:/y"},
      {"C:/..", "C:/"},
      {"C:x", "C:/x"},
      {"C:", "C:/"},
      {"//server/share/..", "//server"},
      {"a/b/", "a/b"},
      {"./policies/a.pol", "policies/a.pol"},
      {"a/../../b", "../b"},
  };
  for (const Row& row : rows) {
    INFO(row.path);
    CHECK(normal_path(row.path) == row.normal);
  }
}

TEST_CASE("a path is inside a folder only when no part of it climbs out") {
  struct Row {
    const char *base, *path;
    std::optional<std::string> inside;
  };
  const Row rows[] = {
      {"/repo", "/repo/a/b.pol", "a/b.pol"},
      {"/repo", "/repo", "."},
      {"/repo", "/repository/a", std::nullopt},
      {"/repo", "/repo/../etc/passwd", std::nullopt},
      {"/", "/a", "a"},
      {"/repo", "a", std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.path);
    CHECK(path_inside(row.base, row.path) == row.inside);
  }
}

TEST_CASE("joining, parents and names") {
  CHECK(join_path("/a/b", "../c") == "/a/c");
  CHECK(join_path("/a", "/b") == "/b");
  CHECK(join_path("/a", "C:/b") == "C:/b");
  CHECK(join_path("/", "b") == "/b");  // not "//b", which is another machine
  CHECK(parent_path("/a/b") == "/a");
  CHECK(parent_path("/a") == "/");
  CHECK(parent_path("/") == "/");
  CHECK(parent_path("a") == ".");
  CHECK(file_name("/a/b.pol") == "b.pol");
  CHECK(is_absolute_path("\\\\server\\share"));
  CHECK_FALSE(is_absolute_path("a/b"));
}
