// Diagnostics as text for people: message, place, the source line with carets, second places, hint and fix.
//
//   error[POL2003]: unknown resource 'regsitry'
//     --> policies/automate.pol:12:11
//      |
//   12 |   require regsitry('HKLM\SOFTWARE\Vendor', 'Start') == 1
//      |           ^^^^^^^^
//      = hint: did you mean 'registry'?
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"

namespace polc::base {

struct RenderStyle {
  bool color = false;       ///< ANSI colours; the caller knows whether the stream is a terminal
  std::size_t width = 100;  ///< columns; longer source lines are cut around the place that matters
};

/// Several lines, ending with a line feed. Source text and fields are escaped (runtime/base/escape.hpp).
std::string render_diagnostic(const Diagnostic& diagnostic, const SourceManager& sources, RenderStyle style);

/// All of them, separated by blank lines, closed by a line that counts them. Empty for no diagnostics.
std::string render_diagnostics(const std::vector<Diagnostic>& diagnostics, const SourceManager& sources,
                               RenderStyle style);

/// "2 errors, 1 warning"; notes are not counted. Empty when there is nothing to count.
std::string count_text(const std::vector<Diagnostic>& diagnostics);

/// "error", "warning", "note".
std::string_view level_name(Level level);

}  // namespace polc::base
