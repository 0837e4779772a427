#include "runtime/evaluate/evaluate.hpp"

#include <algorithm>

#include "runtime/evaluate/evaluator.hpp"
#include "runtime/evaluate/waivers.hpp"

namespace polc::evaluate {
namespace {

using value::FactStatus;
using value::Truth;
using value::UnknownReason;

Verdict worse_verdict(Verdict a, Verdict b) {
  return badness(a) >= badness(b) ? a : b;
}

Verdict verdict_of(Truth truth) {
  switch (truth) {
    case Truth::True:
      return Verdict::Pass;
    case Truth::False:
      return Verdict::Fail;
    case Truth::Unknown:
      break;
  }
  return Verdict::Unknown;
}

Verdict verdict_of(ManualState state) {
  switch (state) {
    case ManualState::None:
    case ManualState::Yes:
      return Verdict::Pass;
    case ManualState::No:
      return Verdict::Fail;
    default:
      return Verdict::Review;
  }
}

ManualState manual_state(const value::Fact& fact) {
  if (fact.status == FactStatus::Present) {
    const bool* answer = fact.value.get<bool>();
    if (answer == nullptr) return ManualState::NotAttested;
    return *answer ? ManualState::Yes : ManualState::No;
  }
  const auto has = [&](UnknownReason reason) {
    return std::any_of(fact.unknowns.begin(), fact.unknowns.end(),
                       [&](const value::Unknown& u) { return u.reason == reason; });
  };
  if (has(UnknownReason::Conflict)) return ManualState::Conflicting;
  return has(UnknownReason::Stale) ? ManualState::Expired : ManualState::NotAttested;
}

void judge_requires(Evaluator& evaluator, const ir::Control& control, ControlResult& result) {
  result.requires_.reserve(control.requires_.size());
  for (const ir::Require& require : control.requires_) {
    const Judgement judgement = evaluator.judge(require.root);
    result.requires_.push_back({judgement.truth, judgement.vacuous});
    result.raw = worse_verdict(result.raw, verdict_of(judgement.truth));
    result.vacuous = result.vacuous || judgement.vacuous;
  }
}

/// Whether the requires that fail would hold if nobody had changed the OS defaults.
bool would_pass_by_default(Evaluator& evaluator, const ir::Control& control) {
  evaluator.start();
  evaluator.take_defaults(Evaluator::Defaults::Everywhere);
  const bool passes = std::all_of(
      control.requires_.begin(), control.requires_.end(),
      [&](const ir::Require& require) { return evaluator.judge(require.root).truth == Truth::True; });
  evaluator.take_defaults(Evaluator::Defaults::AsWritten);
  return passes;
}

ControlResult judge_control(Evaluator& evaluator, std::uint32_t index) {
  const ir::Program& program = evaluator.program();
  const ir::Control& control = program.controls[index];
  ControlResult result;
  result.control = index;
  evaluator.start();
  result.guard = control.guard == ir::kNone ? Truth::True : evaluator.judge(control.guard).truth;
  if (result.guard == Truth::False) {
    result.raw = result.verdict = Verdict::NotApplicable;
    return result;
  }
  result.raw = Verdict::Pass;
  judge_requires(evaluator, control, result);
  result.unknowns = evaluator.unknowns();
  if (control.manual) {
    result.manual = manual_state(evaluator.facts().read(attestation_address(program, *control.manual)));
    result.raw = worse_verdict(result.raw, verdict_of(result.manual));
  }
  const bool failing_require = std::any_of(result.requires_.begin(), result.requires_.end(),
                                           [](const auto& r) { return r.truth == Truth::False; });
  result.passes_by_default = failing_require && would_pass_by_default(evaluator, control);
  if (result.guard == Truth::Unknown) result.raw = Verdict::Unknown;
  result.vacuous = result.vacuous && result.raw == Verdict::Pass;
  result.verdict = result.raw;
  return result;
}

}  // namespace

int badness(Verdict verdict) {
  switch (verdict) {
    case Verdict::Fail:
      return 3;
    case Verdict::Unknown:
      return 2;
    case Verdict::Review:
      return 1;
    default:
      return 0;
  }
}

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return "pass";
    case Verdict::Fail:
      return "fail";
    case Verdict::Unknown:
      return "unknown";
    case Verdict::NotApplicable:
      return "notApplicable";
    case Verdict::Review:
      return "review";
    case Verdict::Waived:
      return "waived";
  }
  return "";
}

value::Address attestation_address(const ir::Program& program, const ir::Manual& manual) {
  value::Value within;
  if (manual.within) {
    within =
        value::Value(value::Duration{value::Number::exactly(value::Integer::of_unsigned(*manual.within))});
  }
  return {value::ResourceKind::Attested,
          0,
          {value::text(std::string(program.text(manual.key))), std::move(within)}};
}

Evaluation evaluate(const ir::Program& program, const value::FactTable& facts, const Options& options) {
  Evaluator evaluator(program, facts);
  Evaluation evaluation;
  const std::size_t count = options.controls.empty() ? program.controls.size() : options.controls.size();
  evaluation.controls.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    evaluation.controls.push_back(
        judge_control(evaluator, options.controls.empty() ? i : options.controls[i]));
  }
  evaluation.waivers = apply_waivers(program, options, facts.host().name, evaluation.controls);
  return evaluation;
}

}  // namespace polc::evaluate
