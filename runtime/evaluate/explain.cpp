#include "runtime/evaluate/explain.hpp"

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

}  // namespace polc::evaluate
