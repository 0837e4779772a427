// Diagnostics of `polc diff`: what changed; the entries are in diff.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/diff.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
