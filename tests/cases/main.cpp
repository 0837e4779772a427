// Runs the evaluator cases: test_cases [file name or part of one]
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include "tests/cases/judge.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> case_files(const std::string& wanted) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(POLC_CASES_DIR)) {
    const bool is_case = entry.path().extension() == ".yaml";
    if (is_case && entry.path().filename().string().find(wanted) != std::string::npos)
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace polc::cases;
  std::size_t rows = 0;
  std::size_t failures = 0;
  for (const fs::path& file : case_files(argc > 1 ? argv[1] : "")) {
    try {
      for (const Block& block : read_case_file(file.string())) {
        for (const Row& row : block.rows) {
          ++rows;
          const std::string problem = problem_of(block, row);
          if (problem.empty()) continue;
          ++failures;
          fmt::print("{}: {}\n  {}  {}\n{}\n", file.filename().string(), block.title, row.expected, row.body,
                     problem);
        }
      }
    } catch (const std::exception& error) {
      ++failures;
      fmt::print("{}: {}\n", file.filename().string(), error.what());
    }
  }
  fmt::print("{} cases, {} failures\n", rows, failures);
  return failures == 0 ? 0 : 1;
}
