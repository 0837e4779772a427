// Diagnostics of `polc lint`; the entries are in lint.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/lint.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
