// The conditions of a control, one by one, and what may become of each: read off the program and the resource catalogue.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/ir/program.hpp"

namespace polc::authoring {

/// A condition that settles facts: an atom, a boolean parameter, or a quantifier or choice whose subject may be absent.
struct Atom {
  ir::NodeId node = 0;
  bool decides = false;         ///< can be true and false
  bool can_be_unknown = false;  ///< rests on something that is read
  bool can_be_absent = false;   ///< absence is settled here
  bool in_guard = false;
};

/// Those of the guard, then those of the requirements, in source order: the same for one policy whatever its parameters.
std::vector<Atom> atoms_of(const ir::Program& program, const ir::Control& control);

/// A `when`: its condition, and the text of it.
struct GuardClause {
  ir::NodeId node = 0;
  ir::RangeId range = 0;
};

/// The group's and the control's own. Empty without a guard.
std::vector<GuardClause> guard_clauses(const ir::Program& program, const ir::Control& control);

}  // namespace polc::authoring
