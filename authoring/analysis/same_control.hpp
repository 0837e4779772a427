// Whether two programs ask exactly the same of a host, without any analysis.
#pragma once

#include "runtime/ir/program.hpp"

namespace polc::analysis {

/// True only if guard, requirements and manual question are the same, node by node, and so is everything that the settings
/// they name are on the machine: then the verdicts are the same on every host. Source places do not count. Linear in the
/// sizes of the controls.
bool is_same_control(const ir::Program& program_a, const ir::Control& a, const ir::Program& program_b,
                     const ir::Control& b);

/// What a Group Policy setting is on the machine.
bool is_same_setting(const ir::Program& program_a, const ir::Setting& a, const ir::Program& program_b,
                     const ir::Setting& b);

/// The declaration that gpo("path") means; nullptr where the program has none.
const ir::Setting* find_setting(const ir::Program& program, std::string_view path);

}  // namespace polc::analysis
