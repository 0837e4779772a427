// Tables of audit subcategories as targets: `auditpol /get /category:* /r`, `auditpol /backup`, and a single audit.csv.
#pragma once

#include "runtime/backends/backend.hpp"

namespace polc::backends {

/// A table that names its machine is about that machine, effective layer; one that names none is the audit.csv of a
/// policy. Subcategories that are not listed were not collected.
const Backend& auditpol_backend();

}  // namespace polc::backends
