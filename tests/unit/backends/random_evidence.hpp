// Evidence that a hostile host could give: every section in every state, with texts that a printer could trip over.
#pragma once

#include <cstdint>

#include "runtime/value/evidence.hpp"

namespace polc::backends {

/// Valid evidence (canonical names, UTF-8), the same for the same seed everywhere.
value::Evidence random_evidence(std::uint32_t seed);

}  // namespace polc::backends
