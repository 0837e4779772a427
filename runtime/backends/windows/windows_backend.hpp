// The machine polc runs on, as the target `live`. Windows only; reads and never writes.
#pragma once

#include "runtime/backends/backend.hpp"

namespace polc::backends {

/// No file is recognised as it: `live` on the command line names it. Its evidence is dated Request::now.
const Backend& windows_backend();

}  // namespace polc::backends
