// Diagnostics of text and grammar; the entries are in syntax.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/syntax.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
