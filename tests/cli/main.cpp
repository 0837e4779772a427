// cli_cases FOLDER [--update]: runs every *.cli file and compares, or rewrites their expectations.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/cli/script.hpp"

namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void print_difference(const std::vector<polc::test::Section>& expected,
                      const std::vector<polc::test::Section>& actual) {
  for (std::size_t i = 0; i < std::max(expected.size(), actual.size()); ++i) {
    const auto text = [i](const auto& sections) {
      return i < sections.size() ? "=== " + sections[i].head + "\n" + sections[i].body
                                 : std::string("(nothing)\n");
    };
    if (text(expected) == text(actual)) continue;
    fmt::print("--- expected\n{}--- actual\n{}", text(expected), text(actual));
    return;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const fs::path folder = argv[1];
  const bool update = argc > 2 && std::string(argv[2]) == "--update";
  std::vector<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".cli") cases.push_back(entry.path());
  }
  std::sort(cases.begin(), cases.end());
  int failed = cases.empty() ? 1 : 0;
  for (const fs::path& path : cases) {
    const auto expected = polc::test::parse_script(read_file(path));
    const auto actual = polc::test::run_script(expected, POLC_SOURCE_DIR);
    if (polc::test::script_text(expected) == polc::test::script_text(actual)) continue;
    if (update) {
      std::ofstream(path, std::ios::binary) << polc::test::script_text(actual);
      fmt::print("updated {}\n", path.filename().string());
    } else {
      ++failed;
      fmt::print("FAILED {}\n", path.filename().string());
      print_difference(expected, actual);
    }
  }
  fmt::print("{} cases, {} failed\n", cases.size(), failed);
  return failed == 0 ? 0 : 1;
}
