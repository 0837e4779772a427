// The work tree's revision for SARIF, read from the repository's own files.
#pragma once

#include <optional>
#include <string>

#include "cli/repository.hpp"

namespace polc::cli {

/// nullopt when `root` is not a plain git work tree or its HEAD cannot be followed.
std::optional<Revision> read_revision(const std::string& root, const os::FileSystem& files);

}  // namespace polc::cli
