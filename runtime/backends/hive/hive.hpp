// Offline registry hives: SYSTEM, SOFTWARE, SAM, SECURITY and users' NTUSER.DAT, one by one or as a folder that holds
// several ("...\System32\config" or a copy of it). What a machine's configuration said when the hive was last
// written; nothing of it shows what was running.
#pragma once

#include "runtime/backends/backend.hpp"

namespace polc::backends {

const Backend& hive_backend();

}  // namespace polc::backends
