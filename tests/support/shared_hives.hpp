// Hives of real machines, which are not part of the repository: ../shared/fixtures/regf-hives beside it, or below the
// folder that the environment variable POLC_SHARED names.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace polc::test {

struct SharedHive {
  std::string name;   ///< "regipy/SYSTEM": without ".xz"
  std::string bytes;  ///< decompressed
};

/// Every file below regf-hives, sorted by name, unpacked into `folder` with xz (see tests/support/unpack_hives.cmake for
/// Wine). Empty, with a line on standard error
/// that says why, where the files or xz are missing.
std::vector<SharedHive> shared_hives(const std::string& folder);

const SharedHive* find_hive(const std::vector<SharedHive>& hives, const std::string& name);

}  // namespace polc::test
