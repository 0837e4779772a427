// Compiles texts from memory.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/compile.hpp"
#include "runtime/base/render.hpp"

namespace polc::test {

struct Compiled {
  base::SourceManager sources;
  std::vector<base::Diagnostic> diagnostics;
  std::optional<ir::Program> program;

  /// "POL2025 POL2100": the codes in order.
  std::string codes() const {
    std::string text;
    for (const base::Diagnostic& d : diagnostics) text += (text.empty() ? "" : " ") + base::code_text(d.code);
    return text;
  }
};

inline Compiled compile_files(const os::FileSystem& files, compiler::CompileOptions options) {
  Compiled compiled;
  base::DiagnosticSink sink;
  compiled.program = compiler::compile(options, files, compiled.sources, sink).program;
  compiled.diagnostics = sink.sorted();
  return compiled;
}

/// The policy is "/repo/p.pol"; `others` are further files by path.
inline Compiled compile_text(const std::string& text, const std::map<std::string, std::string>& others = {},
                             std::vector<compiler::Override> overrides = {}) {
  os::MemoryFileSystem files;
  files.files = others;
  files.files["/repo/p.pol"] = text;
  compiler::CompileOptions options;
  options.policy_path = "/repo/p.pol";
  options.root = "/repo";
  options.overrides = std::move(overrides);
  return compile_files(files, options);
}

inline const std::string kHeader = "policy \"unit.test\" \"Unit test\" { version \"1.0.0\" }\n";

/// A policy with one control that demands `condition`.
inline std::string policy_with(const std::string& condition, const std::string& declarations = {}) {
  return kHeader + declarations + "control \"U-1\" \"t\" {\n  require " + condition + "\n}\n";
}

}  // namespace polc::test
