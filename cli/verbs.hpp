// One function a verb; each returns the process's exit code.
#pragma once

#include <string>

#include "cli/environment.hpp"
#include "cli/options.hpp"

namespace polc::cli {

inline constexpr const char* kToolVersion = POLC_VERSION;
inline constexpr int kLanguageVersion = 1;

int check(const Options& options, Environment& environment);
int explain(const Options& options, Environment& environment);
int plan(const Options& options, Environment& environment);
int collect(const Options& options, Environment& environment);
int compile(const Options& options, Environment& environment);
int format(const Options& options, Environment& environment);           ///< `fmt`
int language_server(const Options& options, Environment& environment);  ///< `lsp`
int lint(const Options& options, Environment& environment);
int list(const Options& options, Environment& environment);
int example(const Options& options, Environment& environment);
int backends(const Options& options, Environment& environment);
int schema(const Options& options, Environment& environment);
int test(const Options& options, Environment& environment);
int diff(const Options& options, Environment& environment);
int doc(const Options& options, Environment& environment);
int init(const Options& options, Environment& environment);
int completions(const Options& options, Environment& environment);
int manual(const Options& options, Environment& environment);
int version(const Options& options, Environment& environment);

/// "polc 0.1.0 (language 1)".
std::string version_text();

}  // namespace polc::cli
