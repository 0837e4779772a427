// Diagnostics of waivers, reports, baselines; the entries are in report.def.
#pragma once

#include "runtime/base/diagnostics/payload.hpp"

namespace polc::diag {

#define POLC_DIAGNOSTIC POLC_PAYLOAD
#include "runtime/base/diagnostics/report.def"
#undef POLC_DIAGNOSTIC

}  // namespace polc::diag
