// What a control accepts and where it applies: by node, and where that differs by analysis.
#include "authoring/analysis/same_control.hpp"
#include "authoring/diff/claims.hpp"
#include "runtime/base/diagnostics/diff.hpp"

namespace polc::diff {
namespace {

using analysis::Answer;
using analysis::Finding;

bool is_accepted(evaluate::Verdict verdict) {
  return verdict == evaluate::Verdict::Pass || verdict == evaluate::Verdict::NotApplicable;
}

bool applies(evaluate::Verdict verdict) {
  return verdict != evaluate::Verdict::NotApplicable;
}

class Demands {
 public:
  Demands(const Pair& pair, std::vector<Claim>& claims) : pair_(pair), claims_(claims) {}

  void compare() {
    const analysis::ControlComparison accepted = analysis::compare(pair_.older, pair_.newer);
    acceptance(accepted.only_new, diag::AcceptsMore{}.at(), Effect::Looser, "more hosts");
    acceptance(accepted.only_old, diag::AcceptsLess{}.at(), Effect::Stricter, "fewer hosts");
    const analysis::ControlComparison guards = analysis::compare_guards(pair_.older, pair_.newer);
    guard(guards.only_old, diag::AppliesToLess{}.at(), effect_of(accepted.only_new, Effect::Looser));
    guard(guards.only_new, diag::AppliesToMore{}.at(), effect_of(accepted.only_old, Effect::Stricter));
  }

 private:
  /// What a guard does is loose or strict as far as it shows in what is accepted.
  static Effect effect_of(const Finding& accepted, Effect found) {
    if (accepted.answer == Answer::Never) return Effect::Equal;
    return accepted.answer == Answer::Found ? found : Effect::Undetermined;
  }

  void acceptance(const Finding& finding, base::Diagnostic what, Effect effect, const char* undetermined) {
    if (finding.answer == Answer::Never) return;
    std::string reason = finding.reason;
    if (finding.answer == Answer::Found) {
      Witness witness = witness_of(finding.host, pair_.older, pair_.newer);
      const bool tells_apart = effect == Effect::Looser
                                   ? !is_accepted(*witness.before) && is_accepted(*witness.after)
                                   : is_accepted(*witness.before) && !is_accepted(*witness.after);
      if (tells_apart) {
        claims_.push_back({effect, std::move(what), std::move(witness)});
        return;
      }
      reason = "the host that was found cannot be";
    }
    claims_.push_back({Effect::Undetermined,
                       diag::DemandUndetermined{.what = undetermined, .because = std::move(reason)}.at()});
  }

  void guard(const Finding& finding, base::Diagnostic what, Effect effect) {
    if (finding.answer == Answer::Never) return;
    std::string reason = finding.reason;
    if (finding.answer == Answer::Found) {
      Witness witness = witness_of(finding.host, pair_.older, pair_.newer);
      if (applies(*witness.before) != applies(*witness.after)) {
        claims_.push_back({effect, std::move(what), std::move(witness), pair_.new_control().guard_range,
                           pair_.old_control().guard_range});
        return;
      }
      reason = "the host that was found cannot be";
    }
    if (guard_reported_) return;
    guard_reported_ = true;
    claims_.push_back({Effect::Undetermined, diag::GuardUndetermined{.because = std::move(reason)}.at()});
  }

  const Pair& pair_;
  std::vector<Claim>& claims_;
  bool guard_reported_ = false;  ///< that it is undetermined
};

/// Whether its condition is false without any fact: a parameter switches it off.
bool is_off(const analysis::ControlView& control) {
  return control.program->controls[control.control].guard != ir::kNone &&
         analysis::verdict_on(control, {}) == evaluate::Verdict::NotApplicable;
}

ir::Program without_guard(const analysis::ControlView& control) {
  ir::Program program = *control.program;
  program.controls[control.control].guard = ir::kNone;
  return program;
}

/// What a control asks where somebody switches it on.
void compare_bodies(const Pair& pair, std::vector<Claim>& claims) {
  const ir::Program older = without_guard(pair.older);
  const ir::Program newer = without_guard(pair.newer);
  std::vector<Claim> found;
  Demands({{&older, pair.older.control}, {&newer, pair.newer.control}}, found).compare();
  if (found.empty()) return;
  claims.push_back({Effect::Equal, diag::SwitchedOff{}.at()});
  claims.insert(claims.end(), found.begin(), found.end());
}

/// On a host of which this is known, or as far as it can be written down on one.
evaluate::Verdict verdict_of(const analysis::ControlView& control,
                             const std::vector<analysis::Assumption>& host) {
  return analysis::verdict_in_evidence(control, host).value_or(analysis::verdict_on(control, host));
}

}  // namespace

Witness witness_of(const std::vector<analysis::Assumption>& host, const analysis::ControlView& older,
                   const analysis::ControlView& newer) {
  Witness witness;
  for (const analysis::Assumption& assumption : host) witness.facts.push_back(analysis::to_text(assumption));
  witness.summary = analysis::summary(host);
  if (older.program != nullptr) witness.before = verdict_of(older, host);
  if (newer.program != nullptr) witness.after = verdict_of(newer, host);
  return witness;
}

bool compare_demands(const Pair& pair, std::vector<Claim>& claims) {
  if (analysis::is_same_control(*pair.older.program, pair.old_control(), *pair.newer.program,
                                pair.new_control()))
    return true;
  if (is_off(pair.older) && is_off(pair.newer))
    compare_bodies(pair, claims);
  else
    Demands(pair, claims).compare();
  return false;
}

}  // namespace polc::diff
