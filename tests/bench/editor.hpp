// What an author waits for while typing in a large policy.
#pragma once

#include <cstddef>

namespace polc::bench {

struct EditorFigures {
  double diagnostics_ms = 0;  ///< from a change to the diagnostics of the whole file
  double completion_ms = 0;   ///< from a change to what completion offers
};

/// In one file with that many controls.
EditorFigures editor_figures(std::size_t controls, int rounds);

}  // namespace polc::bench
