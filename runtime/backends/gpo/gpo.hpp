// Group Policy objects as files: backups of the Group Policy Management Console, folders of SYSVOL
// (\\domain\SYSVOL\domain\Policies\{GUID}), a machine's own %windir%\System32\GroupPolicy, and folders of several.
#pragma once

#include "runtime/backends/backend.hpp"

namespace polc::backends {

/// Policy layer only. One piece of evidence for each object; what an object does not name is absent from it.
const Backend& gpo_backend();

}  // namespace polc::backends
