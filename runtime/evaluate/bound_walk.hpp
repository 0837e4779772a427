// A way through the conditions of a control that knows, at each node, what the variables there range over.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "runtime/ir/program.hpp"

namespace polc::evaluate {

/// Which quantifier's collection each variable slot stands for, on the way down from a control; ir::kNone for none.
using Bindings = std::vector<ir::NodeId>;

class BoundWalk {
 public:
  using Visit = std::function<void(const ir::Node&, const Bindings&)>;

  explicit BoundWalk(const ir::Program& program);

  /// Calls `visit` for the nodes of the control's guard and requirements. Nodes may be shared; each is visited once for
  /// each set of collections that its variables stand for, and never more than limits::kPlanSteps in all walks.
  void walk(const ir::Control& control, const Visit& visit);

  /// No variable that is bound further up occurs in the node.
  bool is_closed(ir::NodeId node) const { return free_[node] == 0; }

 private:
  void step(ir::NodeId id, Bindings& bindings, const Visit& visit);
  std::uint64_t free_variables(const ir::Node& node) const;

  const ir::Program& program_;
  std::vector<std::uint64_t> free_;  ///< variable slots, one bit each, by node
  std::set<std::pair<ir::NodeId, Bindings>> visited_;
};

}  // namespace polc::evaluate
