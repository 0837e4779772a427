// The search for a host: an assignment of regions to locations under which conditions are as they are wanted.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "authoring/analysis/question.hpp"
#include "authoring/limits.hpp"

namespace polc::analysis {

struct Goal {
  FormulaId formula = kTrue;
  Want want = Want::True;
};

enum class Answer : std::uint8_t {
  Found,         ///< there is such a host
  Never,         ///< proved: no host
  Undetermined,  ///< neither
};

struct Finding {
  Answer answer = Answer::Undetermined;
  std::vector<Assumption> host;  ///< of Found: only what the goals depend on
  std::string reason;            ///< of Undetermined
};

/// Tableau search: what must hold narrows the regions, alternatives are tried one after another, and what cannot be
/// narrowed further is undone. Exact where all regions are complete. `steps`: goals and regions that are looked at.
Finding find_host(Question& question, const std::vector<Goal>& goals,
                  std::uint64_t steps = limits::kAnalysisSteps);

}  // namespace polc::analysis
