#include "tests/support/shared_hives.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace polc::test {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

fs::path shared_folder() {
  const char* set = std::getenv("POLC_SHARED");
  const fs::path shared = set != nullptr ? fs::path(set) : fs::path(POLC_SOURCE_DIR) / ".." / "shared";
  return shared / "fixtures" / "regf-hives";
}

/// Path of the plain file: itself, or its unpacked copy; empty when there is none. Wine has no xz: there the CTest
/// fixture "hives" has unpacked it beforehand.
fs::path unpacked(const fs::path& file, const fs::path& folder) {
  if (file.extension() != ".xz") return file;
  const fs::path target = folder / file.stem();
#ifndef _WIN32
  const std::string command = "xz -dc '" + file.string() + "' > '" + target.string() + "'";
  if (std::system(command.c_str()) != 0) return {};
#endif
  std::error_code error;
  return fs::file_size(target, error) > 0 && !error ? target : fs::path();
}

}  // namespace

std::vector<SharedHive> shared_hives(const std::string& folder) {
  std::vector<SharedHive> hives;
  const fs::path root = shared_folder();
  std::error_code error;
  if (!fs::is_directory(root, error)) {
    std::cerr << "skipped: no real hives at " << root.lexically_normal().string() << "\n";
    return hives;
  }
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    const fs::path group = entry.path().parent_path().filename();
    fs::create_directories(fs::path(folder) / group);
    const fs::path plain = unpacked(entry.path(), fs::path(folder) / group);
    if (plain.empty()) {
      std::cerr << "skipped: xz cannot unpack " << entry.path().string() << "\n";
      return {};
    }
    hives.push_back({group.string() + "/" + plain.filename().string(), content(plain)});
  }
  std::sort(hives.begin(), hives.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return hives;
}

const SharedHive* find_hive(const std::vector<SharedHive>& hives, const std::string& name) {
  const auto found = std::find_if(hives.begin(), hives.end(), [&](const auto& h) { return h.name == name; });
  return found == hives.end() ? nullptr : &*found;
}

}  // namespace polc::test
