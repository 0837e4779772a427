// Names of principals that may be one: an alias, a name with a domain or without it, and a SID can lead to the same account
// on a host that knows its names.
#pragma once

#include "authoring/analysis/regions.hpp"

namespace polc::analysis {

/// Whether two different principals that conditions name may be one on some host.
bool has_ambiguous_principals(const Hints& hints);

}  // namespace polc::analysis
