// Diagnostics of `polc example`; the entries are in example.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/example.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
