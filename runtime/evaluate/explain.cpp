#include "runtime/evaluate/explain.hpp"

#include <algorithm>

#include "runtime/evaluate/explainer.hpp"

namespace polc::evaluate {

ControlExplanation explain(const ir::Program& program, const value::FactTable& facts,
                           const Options& /*options*/, const ControlResult& result) {
  const ir::Control& control = program.controls[result.control];
  Evaluator evaluator(program, facts);
  ControlExplanation all;
  if (control.guard != ir::kNone) {
    all.guard =
        Explainer(evaluator, control.guard, control.guard_range, program.text(control.guard_excerpt)).run();
  }
  if (result.guard == value::Truth::False) return all;
  for (const ir::Require& require : control.requires_) {
    Explanation one = Explainer(evaluator, require.root, require.range, program.text(require.excerpt)).run();
    one.label = program.text(require.label);
    all.requires_.push_back(std::move(one));
  }
  return all;
}

std::vector<ExplainedNode> all_nodes(const Explanation& explanation) {
  std::vector<ExplainedNode> all = explanation.nodes;
  for (const ExplainedHelper& helper : explanation.helpers) {
    for (const ExplainedNode& node : helper.nodes) {
      if (node.address.empty()) continue;
      all.push_back(node);
      all.back().offset = helper.offset;
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const ExplainedNode& a, const ExplainedNode& b) { return a.offset < b.offset; });
  return all;
}

std::vector<Witness> all_witnesses(const Explanation& explanation) {
  std::vector<Witness> all = explanation.witnesses;
  for (const ExplainedHelper& helper : explanation.helpers)
    all.insert(all.end(), helper.witnesses.begin(), helper.witnesses.end());
  return all;
}

}  // namespace polc::evaluate
