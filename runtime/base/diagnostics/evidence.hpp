// Diagnostics of snapshots and other targets; the entries are in evidence.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/evidence.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
