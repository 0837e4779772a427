// Policy text to program: modules, names, types, absence, lowering. The only header of this folder that
// others need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/tests.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/base/span.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::compiler {

struct CompileOptions {
  std::string policy_path;  ///< as given by the user; relative to the working folder or absolute
  std::string root;  ///< absolute; no file outside of it is read, and names in reports are relative to it
  std::vector<Override> overrides;
  std::string
      stdlib_folder;      ///< read `std.gpo` from `std/gpo.pol` below this folder; empty = embedded modules
  std::string profile{};  ///< that tailors the policy; empty = the policy as it is
  std::string profile_origin{};  ///< who chose it, for messages and reports: "--profile", "polc.yaml:3"
  /// Not empty: the program is made to be compared with that of this profile, whatever a run sets. Overrides, and what
  /// that profile sets, count only for parameters that have no value otherwise.
  std::string compared_with{};
  /// The file may be one of tests: without a `policy` of its own, it is about the policy that it uses.
  bool test_file = false;
};

/// A clause of a profile, as what judges the tailoring sees it (authoring/tailoring).
struct ProfileClause {
  base::Span span;
  std::string target;                 ///< as reports show it: `CWA-IIS-*`, `group "Ports"`
  std::string written;                ///< in policy syntax: `"CWA-IIS-*"`, `group "Ports"`
  std::vector<std::string> controls;  ///< ids of what it covers, in source order
  std::string reason;                 ///< of `loosen`
};

/// `set` of a profile.
struct ProfileSetting {
  std::string parameter;
  base::Span span;
};

/// One of the profiles that a program was compiled with.
struct LinkedProfile {
  std::string name;
  base::Span span;                   ///< of its name
  std::vector<std::string> extends;  ///< directly
  std::vector<ProfileClause> include, exclude, severity, loosen;
  std::vector<ProfileSetting> set;
};

struct CompileResult {
  std::optional<ir::Program> program;  ///< none when an error was reported
  std::vector<LinkedProfile>
      profiles{};  ///< the chosen one last; what is extended stands before what extends it
  Tests tests{};   ///< of the policy and its modules
  std::vector<std::string> profile_names{};  ///< all that can be chosen, in source order
};

/// Compiles a policy and everything it uses. All problems go to `sink`; every text that was read is in
/// `sources` afterwards, so that they can be shown. Equal input gives an equal program. Time and memory are
/// linear in the size of the texts and of what helpers expand to, which limits bound.
CompileResult compile(const CompileOptions& options, const os::FileSystem& files,
                      base::SourceManager& sources, base::DiagnosticSink& sink);

}  // namespace polc::compiler
