// Files of a policy repository or of a folder of evidence.
#pragma once

#include "runtime/os/file_system.hpp"

namespace polc::os {

/// FileSystem::read of an ordinary file alone: a pipe, which an archive can carry, may never end.
ReadResult read_ordinary_file(const FileSystem& files, const std::string& path, std::size_t max_bytes);

}  // namespace polc::os
