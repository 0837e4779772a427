// Diagnostics of the command line and polc.yaml; the entries are in command.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/command.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
