// What can be proved to be wrong with a policy before any host is seen. Nothing here is a matter of style: each finding says
// what no host can do, and shows a host where there is one to show.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/backends/backend.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/ir/program.hpp"

namespace polc::lint {

/// Targets that the policy is to be judged from.
struct Prospect {
  std::string names;  ///< "backup (gpo)"; "" = none was named
  std::vector<backends::Capability> capabilities;
  value::Layer layer = value::Layer::Effective;
};

struct Summary {
  std::size_t findings = 0;      ///< that no acceptance covers
  std::size_t undetermined = 0;  ///< questions that the analysis could not answer
  std::size_t accepted = 0;
};

/// Reports to `sink`. `sources` hold the policy's text, for places and acceptances; a compiled program has neither.
/// Waivers that have expired at `now`, in seconds since 1970, are reported.
Summary lint(const ir::Program& program, const base::SourceManager& sources, const Prospect& prospect,
             std::int64_t now, base::DiagnosticSink& sink);

}  // namespace polc::lint
