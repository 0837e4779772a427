// Structural verification: nothing is evaluated, planned or reported on before it has passed here. A program
// file may come from anywhere, so this is a trust boundary as well as a check on the compiler.
#pragma once

#include "runtime/base/result.hpp"
#include "runtime/ir/program.hpp"

namespace polc::ir {

/// Checks that every id is in range, operands precede their node, each operation has its operands, truth and
/// values stand where they belong, types agree, addresses fit the resource catalogue, variables are bound by
/// an enclosing quantifier, and the limits on size and depth hold. The error is POL3005 and names the place;
/// `name` is the file's display name. Time is linear in the program.
base::Result<void> verify(const Program& program, std::string_view name);

}  // namespace polc::ir
