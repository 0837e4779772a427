#include "authoring/format/unified_diff.hpp"
#include "tests/unit/catch.hpp"

using polc::authoring::unified_diff;

namespace {

std::string numbered(int from, int to, const std::string& before = {}) {
  std::string text;
  for (int i = from; i <= to; ++i) text += before + std::to_string(i) + "\n";
  return text;
}

}  // namespace

TEST_CASE("equal texts have no diff") {
  CHECK(unified_diff("a.pol", "x\n", "x\n").empty());
  CHECK(unified_diff("a.pol", "", "").empty());
}

TEST_CASE("a changed line stands between three lines of context") {
  CHECK(unified_diff("p/a.pol", numbered(1, 9), numbered(1, 4) + "V\n" + numbered(6, 9)) ==
        "--- a/p/a.pol\n+++ b/p/a.pol\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+V\n 6\n 7\n 8\n");
}

TEST_CASE("changes far apart stand in hunks of their own, near ones in one") {
  const std::string far = unified_diff("a", numbered(1, 30), "0\n" + numbered(1, 29));
  CHECK(far == "--- a/a\n+++ b/a\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -27,4 +28,3 @@\n 27\n 28\n 29\n-30\n");
  const std::string near = unified_diff("a", "a\n1\n2\n3\n4\n5\n6\nb\n", "1\n2\n3\n4\n5\n6\n");
  CHECK(near == "--- a/a\n+++ b/a\n@@ -1,8 +1,6 @@\n-a\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n");
}

TEST_CASE("empty texts and missing line ends") {
  CHECK(unified_diff("a", "", "x\n") == "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n");
  CHECK(unified_diff("a", "x\n", "") == "--- a/a\n+++ b/a\n@@ -1 +0,0 @@\n-x\n");
  CHECK(unified_diff("a", "x", "x\n") ==
        "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
}

TEST_CASE("the edit is the shortest one up to 2000 lines, and the whole text beyond") {
  const std::string few = unified_diff("a", numbered(1, 1000) + "same\n", numbered(1, 1000, "n") + "same\n");
  CHECK(few.find("\n same\n") != std::string::npos);
  const std::string interleaved =
      unified_diff("a", "a\nkeep\n" + numbered(1, 999), "b\nkeep\n" + numbered(1, 999, "n"));
  CHECK(interleaved.find("\n keep\n") != std::string::npos);
  const std::string many =
      unified_diff("a", "a\nkeep\n" + numbered(1, 1000), "b\nkeep\n" + numbered(1, 1000, "n"));
  CHECK(many.find("\n-keep\n") != std::string::npos);
  CHECK(many.find("\n+keep\n") != std::string::npos);
}
