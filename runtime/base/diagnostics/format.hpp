// Diagnostics of the formatter; the entries are in format.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/format.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
