// .reg files: what somebody chose to export, or to import.
#pragma once

#include "runtime/backends/backend.hpp"

namespace polc::backends {

/// Registry values as configured (effective layer). With deletions, or where the policy layer is judged, the file is an
/// instruction: policy layer, and HKEY_CURRENT_USER is everybody who imports it. What the file does not name was not
/// collected, in either layer.
const Backend& reg_backend();

}  // namespace polc::backends
