// Diagnostics of program files; the entries are in program.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/program.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
