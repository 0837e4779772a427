// What the targets of a command line can answer, before anything is read from them.
#pragma once

#include <optional>

#include "authoring/lint/lint.hpp"
#include "cli/session.hpp"

namespace polc::cli {

/// Of all --target options, and the layer that a run with them judges. nullopt: exit code session.error_code().
std::optional<lint::Prospect> look_at_targets(Session& session);

}  // namespace polc::cli
