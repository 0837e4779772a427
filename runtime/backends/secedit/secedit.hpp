// Security templates as targets: what `secedit /export` writes about a machine, and templates that people write.
#pragma once

#include "runtime/backends/backend.hpp"

namespace polc::backends {

/// An export (told by its content, see is_export) is about the machine, effective layer; any other template says what a
/// policy sets. Where the policy layer is judged, an export is taken as a template.
const Backend& secedit_backend();

}  // namespace polc::backends
