// OS defaults: which row of a setting's table holds on a host.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/ir/program.hpp"

namespace polc::evaluate {

/// What the choice depends on; nullopt where the evidence does not say.
struct HostTraits {
  std::optional<std::uint32_t> build;
  std::optional<std::uint8_t> role;  ///< bit of DefaultRow::roles: 1 dc, 2 member, 4 workgroup
};

/// Build and role as this host's facts give them.
HostTraits traits_of(const value::FactTable& facts);

/// The value of the first row that matches. nullopt when no row matches, or when rows with different values
/// may match because the host's build or role is not known. An empty Value: absent also by default.
std::optional<ir::ConstantId> choose_default(const ir::Program& program, ir::DefaultsId defaults,
                                             const HostTraits& host);

}  // namespace polc::evaluate
