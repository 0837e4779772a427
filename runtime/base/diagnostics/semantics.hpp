// Diagnostics of modules, names, types, absence; the entries are in semantics.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/semantics.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
