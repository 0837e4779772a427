// Diagnostics of tests of policies; the entries are in testing.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/testing.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
