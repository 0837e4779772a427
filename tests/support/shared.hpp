// Files of other people that the tests read where they lie, and never copy: ../shared beside the repository, or the folder
// in the environment variable POLC_SHARED.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace polc::test {

/// nullopt when they are not there: the test says so and ends.
inline std::optional<std::filesystem::path> shared_fixtures(const std::string& source_folder) {
  const char* elsewhere = std::getenv("POLC_SHARED");
  const std::filesystem::path root = elsewhere != nullptr
                                         ? std::filesystem::path(elsewhere)
                                         : std::filesystem::path(source_folder) / "../shared";
  std::error_code error;
  if (!std::filesystem::is_directory(root / "fixtures", error)) return std::nullopt;
  return root / "fixtures";
}

}  // namespace polc::test
