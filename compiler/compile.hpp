// Policy text to program: modules, names, types, absence, lowering. The only header of this folder that
// others need.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::compiler {

/// A parameter value that replaces the policy's own default.
struct Override {
  std::string name;
  std::string value;   ///< in policy syntax; text may stand without quotes
  std::string origin;  ///< where it was written, for messages and reports: "--set", "polc.yaml:7"
};

struct CompileOptions {
  std::string policy_path;  ///< as given by the user; relative to the working folder or absolute
  std::string root;  ///< absolute; no file outside of it is read, and names in reports are relative to it
  std::vector<Override> overrides;
  std::string
      stdlib_folder;  ///< read `std.gpo` from `std/gpo.pol` below this folder; empty = embedded modules
};

struct CompileResult {
  std::optional<ir::Program> program;  ///< none when an error was reported
};

/// Compiles a policy and everything it uses. All problems go to `sink`; every text that was read is in
/// `sources` afterwards, so that they can be shown. Equal input gives an equal program. Time and memory are
/// linear in the size of the texts and of what helpers expand to, which limits bound.
CompileResult compile(const CompileOptions& options, const os::FileSystem& files,
                      base::SourceManager& sources, base::DiagnosticSink& sink);

}  // namespace polc::compiler
