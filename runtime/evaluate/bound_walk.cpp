#include "runtime/evaluate/bound_walk.hpp"

#include "runtime/base/limits.hpp"

namespace polc::evaluate {
namespace {

bool binds(const ir::Node& node) {
  return node.op == ir::Op::All || node.op == ir::Op::Any;
}

}  // namespace

BoundWalk::BoundWalk(const ir::Program& program) : program_(program) {
  free_.reserve(program.nodes.size());
  for (const ir::Node& node : program.nodes) free_.push_back(free_variables(node));
}

std::uint64_t BoundWalk::free_variables(const ir::Node& node) const {
  std::uint64_t free = 0;
  for (std::uint32_t i = 0; i < node.operand_count; ++i) {
    std::uint64_t operand = free_[program_.operands_of(node)[i]];
    if (binds(node) && i == 1) operand &= ~(std::uint64_t{1} << node.data);
    free |= operand;
  }
  return node.op == ir::Op::Variable ? free | (std::uint64_t{1} << node.data) : free;
}

void BoundWalk::walk(const ir::Control& control, const Visit& visit) {
  Bindings bindings(program_.variable_count, ir::kNone);
  if (control.guard != ir::kNone) step(control.guard, bindings, visit);
  for (const ir::Require& require : control.requires_) step(require.root, bindings, visit);
}

void BoundWalk::step(ir::NodeId id, Bindings& bindings, const Visit& visit) {
  if (!visited_.emplace(id, is_closed(id) ? Bindings() : bindings).second) return;
  if (visited_.size() > limits::kPlanSteps) return;
  const ir::Node& node = program_.nodes[id];
  visit(node, bindings);
  for (std::uint32_t i = 0; i < node.operand_count; ++i) {
    const ir::NodeId operand = program_.operands_of(node)[i];
    if (!binds(node) || i != 1) {
      step(operand, bindings, visit);
      continue;
    }
    const ir::NodeId outer = std::exchange(bindings[node.data], program_.operands_of(node)[0]);
    step(operand, bindings, visit);
    bindings[node.data] = outer;
  }
}

}  // namespace polc::evaluate
