// polc.yaml: defaults that live in the repository, and therefore may do little (docs/cli.md).
#pragma once

#include <optional>
#include <string>

#include "cli/repository.hpp"

namespace polc::cli {

inline constexpr const char* kSettingsFile = "polc.yaml";

/// Reads `folder`/polc.yaml. Paths in it are relative to `folder`, must stay inside `root`, and may neither name
/// programs, live hosts nor other machines. nullopt when anything is wrong; the reasons are in `sink`.
std::optional<Settings> read_settings(const std::string& folder, const std::string& root,
                                      const os::FileSystem& files, base::SourceManager& sources,
                                      base::DiagnosticSink& sink);

}  // namespace polc::cli
