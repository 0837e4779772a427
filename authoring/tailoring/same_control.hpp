// Whether two compilations of one policy ask exactly the same of a host.
#pragma once

#include "runtime/ir/program.hpp"

namespace polc::authoring {

/// True only if guard, requirements and manual question are the same, node by node: then the verdicts are the same on
/// every host. Source places do not count. Linear in the sizes of the controls.
bool is_same_control(const ir::Program& program_a, const ir::Control& a, const ir::Program& program_b,
                     const ir::Control& b);

}  // namespace polc::authoring
