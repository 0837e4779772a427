// What the compiler knows of a policy, kept for questions about it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/resolve/package.hpp"
#include "compiler/types/settings.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::authoring {

/// One policy with the modules that it uses. Never moves, so that its parts may point into one another.
struct Analysis {
  base::SourceManager sources;
  std::vector<base::Diagnostic> diagnostics;
  std::optional<compiler::Package> package;  ///< none if the policy cannot be read
  compiler::SettingCatalogue settings;

  /// The module that is this file; nullopt when the policy does not use it. `path` is relative to the root.
  std::optional<compiler::ModuleId> module(const std::string& path) const;
};

/// Compiles a policy and keeps everything but the program. `path` and `root` are absolute and canonical. A file without a
/// `policy` is looked at as if it were one: its lack of a `policy` is not reported.
std::unique_ptr<Analysis> analyse(const os::FileSystem& files, const std::string& root,
                                  const std::string& path);

}  // namespace polc::authoring
