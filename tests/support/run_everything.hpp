// Everything that is done with a program that passed verification.
#pragma once

#include "runtime/evaluate/evaluate.hpp"
#include "runtime/evaluate/explain.hpp"
#include "runtime/evaluate/plan.hpp"
#include "runtime/evaluate/render_explanation.hpp"

namespace polc::test {

inline void run_everything(const ir::Program& program, const value::FactTable& facts) {
  const evaluate::Options options;
  const evaluate::Evaluation evaluation = evaluate::evaluate(program, facts, options);
  for (const evaluate::ControlResult& result : evaluation.controls) {
    const evaluate::ControlExplanation explanation = evaluate::explain(program, facts, options, result);
    if (explanation.guard) evaluate::render_explanation(*explanation.guard, facts);
    for (const evaluate::Explanation& require : explanation.requires_)
      evaluate::render_explanation(require, facts);
  }
  evaluate::plan(program);
  evaluate::plan_slice(program);
}

}  // namespace polc::test
