// The repository around a policy: its root folder, polc.yaml, and the rule that nothing of it leaves the root.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/environment.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"

namespace polc::cli {

/// One `name: value` under `parameters`, with its place ("polc.yaml:7").
struct ParameterSetting {
  std::string name, value, origin;
};

/// What polc.yaml says. It only supplies defaults; the command line wins. Paths are relative to the root.
struct Settings {
  std::string file;  ///< display name of the file; empty when there is none
  std::vector<std::string> targets;
  std::string example_host;
  std::vector<ParameterSetting> parameters;
  std::vector<std::string> reports;
  std::string profile, profile_origin;  ///< the name, and its place ("polc.yaml:3")
  std::string fail_on, unknown;
};

/// Revision of the work tree, read from the repository's own files; no program is started.
struct Revision {
  std::string repository_uri;  ///< https remote without credentials; may be empty
  std::string commit;          ///< 40 hex digits
  std::string branch;          ///< may be empty
};

struct Repository {
  std::string root;  ///< absolute, links resolved
  Settings settings;
  std::optional<Revision> revision;
};

/// Finds the root (`root_option`, else the folder above `first_policy` that holds .git, else the policy's own
/// folder) and, `with_settings`, reads polc.yaml, looked for from the working directory up to the repository's root.
/// nullopt when something of it is wrong; the reasons are in `sink`.
std::optional<Repository> open_repository(const std::string& root_option, const std::string& first_policy,
                                          bool with_settings, const os::FileSystem& files,
                                          base::SourceManager& sources, base::DiagnosticSink& sink);

/// `path` (as typed, relative to the working directory) relative to `root`; nullopt when it is outside.
std::optional<std::string> relative_to_root(const std::string& root, const std::string& path,
                                            const os::FileSystem& files);

/// The same text for two names of one file, whatever links and spelling; of a file that is not there yet, by its folder.
std::string file_identity(const std::string& path, const os::FileSystem& files);

}  // namespace polc::cli
