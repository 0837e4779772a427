// The control that a command line names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.hpp"

namespace polc::cli {

struct FoundControl {
  const ir::Program* program = nullptr;
  std::uint32_t control = 0;  ///< index into Program::controls
};

/// By its id, or by an id it had before, in the first program that has it. nullopt: the sink says so.
std::optional<FoundControl> find_control(Session& session, const std::vector<ir::Program>& programs,
                                         const std::string& id);

}  // namespace polc::cli
