// Findings that the policy accepts: comments inside of a control, `// accept POL6205 because ...`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/ir/program.hpp"

namespace polc::lint {

struct Acceptance {
  std::uint32_t control = 0;  ///< index into Program::controls
  std::uint16_t code = 0;     ///< 6205
  base::Span span;            ///< the comment
  bool used = false;
};

/// Of all controls whose text is in `sources`. Comments that begin like one and are none are reported.
std::vector<Acceptance> read_acceptances(const ir::Program& program, const base::SourceManager& sources,
                                         base::DiagnosticSink& sink);

/// Where a range of the program stands in the sources; no place where its text is not there.
base::Span span_of(const ir::Program& program, const base::SourceManager& sources, ir::RangeId range);

}  // namespace polc::lint
