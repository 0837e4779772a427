// Runs the golden cases: test_golden [--update]
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "runtime/base/diagnostic.hpp"
#include "tests/golden/case.hpp"

namespace {

namespace fs = std::filesystem;
using namespace polc;

/// Diagnostics of the language, and of the tailoring that it can express.
bool is_covered(std::uint16_t code) {
  return (code >= 1000 && code <= 2999) || (code >= 6100 && code <= 6149);
}

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text;
}

bool is_case(const std::string& file_name) {
  return file_name.rfind("fail_", 0) == 0 || file_name.rfind("warn_", 0) == 0 ||
         file_name.rfind("ok_", 0) == 0;
}

/// A case whose name promises another outcome than its block shows.
std::string outcome_problem(const std::string& file_name, const std::string& block) {
  const bool has_error = block.find("error POL") != std::string::npos;
  const bool has_warning = block.find("warning POL") != std::string::npos;
  if (file_name.rfind("fail_", 0) == 0 && !has_error) return "reports no error";
  if (file_name.rfind("fail_", 0) != 0 && has_error) return "reports an error";
  if (file_name.rfind("warn_", 0) == 0 && !has_warning) return "reports no warning";
  if (file_name.rfind("ok_", 0) == 0 && has_warning) return "reports a warning";
  return {};
}

class Runner {
 public:
  explicit Runner(bool update) : root_(POLC_GOLDEN_DIR), update_(update) {}

  int run() {
    load();
    for (const golden::Case& golden : cases_) check(golden);
    check_coverage();
    fmt::print("{} golden cases, {} failures\n", cases_.size(), failures_);
    return failures_ == 0 ? 0 : 1;
  }

 private:
  void load() {
    std::set<fs::path> paths;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      if (entry.path().extension() == ".pol") paths.insert(entry.path());
    }
    for (const fs::path& path : paths) {
      const std::string name = fs::relative(path, root_).generic_string();
      golden::Case golden = golden::split_case(name, read_file(path));
      if (fs::exists(expect_file(name))) golden.expected = read_file(expect_file(name));
      texts_[name] = golden.policy;
      if (is_case(path.filename().string())) cases_.push_back(std::move(golden));
    }
  }

  fs::path expect_file(const std::string& name) const { return root_ / (name + ".expect"); }

  void check(const golden::Case& golden) {
    const std::string actual = golden::actual_block(golden, texts_);
    note_codes(actual);
    const std::string problem = outcome_problem(fs::path(golden.name).filename().string(), actual);
    if (!problem.empty()) fail(fmt::format("{} {}", golden.name, problem));
    if (actual == golden.expected) return;
    if (update_) {
      const bool beside = fs::exists(expect_file(golden.name));
      write_file(beside ? expect_file(golden.name) : root_ / golden.name,
                 beside ? actual : golden::with_block(golden, actual));
      fmt::print("updated {}\n", golden.name);
      return;
    }
    fail(fmt::format("{} differs\n--- expected\n{}--- actual\n{}---", golden.name, golden.expected, actual));
  }

  void note_codes(const std::string& block) {
    for (std::size_t at = block.find("POL"); at != std::string::npos; at = block.find("POL", at + 1)) {
      const std::string code = block.substr(at, 7);
      if (code.size() == 7 && code.find_first_not_of("0123456789", 3) == std::string::npos)
        seen_.insert(code);
    }
  }

  /// Every diagnostic of the language occurs in a case, or exempt.txt says why it cannot.
  void check_coverage() {
    std::set<std::string> exempt;
    std::ifstream list(root_ / "exempt.txt");
    for (std::string line; std::getline(list, line);) {
      if (line.rfind("POL", 0) == 0) exempt.insert(line.substr(0, 7));
    }
    for (const base::DiagnosticInfo& info : base::diagnostic_registry()) {
      if (!is_covered(info.code)) continue;
      const std::string code = base::code_text(info.code);
      if (seen_.count(code) == 0 && exempt.count(code) == 0)
        fail(fmt::format("{} {} has no case", code, info.name));
      if (seen_.count(code) != 0 && exempt.count(code) != 0)
        fail(fmt::format("{} has a case and does not belong into exempt.txt", code));
    }
  }

  void fail(const std::string& message) {
    fmt::print("{}\n", message);
    ++failures_;
  }

  fs::path root_;
  bool update_;
  golden::Texts texts_;
  std::vector<golden::Case> cases_;
  std::set<std::string> seen_;
  int failures_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const bool update = argc == 2 && std::string_view(argv[1]) == "--update";
  if (argc > 2 || (argc == 2 && !update)) {
    std::fputs("usage: test_golden [--update]\n", stderr);
    return 64;
  }
  return Runner(update).run();
}
