// Diagnostics of profiles that ask for less; the entries are in tailoring.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/tailoring.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
