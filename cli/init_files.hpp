// What `polc init` writes.
#pragma once

#include <span>
#include <string_view>

namespace polc::cli {

struct InitFile {
  std::string_view path;  ///< relative, with forward slashes
  std::string_view text;
};

/// A policy, a host that passes it, tests, defaults, a CI workflow and a hook, ordered by path.
std::span<const InitFile> init_files();

}  // namespace polc::cli
