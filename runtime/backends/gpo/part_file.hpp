// Files of a Group Policy object: there, certainly not there, or not to be read.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/target.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::gpo {

/// Not found only if every folder on the way was listed.
struct PartFile {
  std::string path;  ///< below the target's root, as the disk spells it
  bool found = false;
  std::string bytes;  ///< if found and readable
  std::optional<value::Unknown> unreadable;
};

/// `path` is below the target's root; its case does not matter. Two files whose names differ in case only cannot be
/// told apart and are unreadable.
PartFile read_part(const TargetFiles& files, std::string_view path, std::size_t max_bytes);

/// Entries of a folder; why not, if it cannot be listed. No entries for a folder that is not there.
std::optional<value::Unknown> list_folder(const TargetFiles& files, std::string_view folder,
                                          std::vector<TargetEntry>& entries);

/// The last segment of a path.
std::string_view last_segment(std::string_view path);

}  // namespace polc::backends::gpo
