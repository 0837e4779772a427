#include "runtime/os/ordinary_file.hpp"

namespace polc::os {

ReadResult read_ordinary_file(const FileSystem& files, const std::string& path, std::size_t max_bytes) {
  if (files.kind(path) == FileKind::Other) return {ReadStatus::NotAFile, {}, "it is not an ordinary file"};
  return files.read(path, max_bytes);
}

}  // namespace polc::os
