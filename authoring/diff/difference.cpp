#include "authoring/diff/difference.hpp"

#include <array>

namespace polc::diff {
namespace {

std::string_view before_text(const std::optional<evaluate::Verdict>& verdict) {
  if (!verdict) return "was not judged";
  switch (*verdict) {
    case evaluate::Verdict::Pass:
      return "passed";
    case evaluate::Verdict::Fail:
      return "failed";
    case evaluate::Verdict::NotApplicable:
      return "did not apply";
    case evaluate::Verdict::Review:
      return "awaited review";
    case evaluate::Verdict::Waived:
      return "was waived";
    case evaluate::Verdict::Unknown:
      break;
  }
  return "could not be decided";
}

std::string_view after_text(const std::optional<evaluate::Verdict>& verdict) {
  if (!verdict) return "is not judged";
  switch (*verdict) {
    case evaluate::Verdict::Pass:
      return "passes";
    case evaluate::Verdict::Fail:
      return "fails";
    case evaluate::Verdict::NotApplicable:
      return "does not apply";
    case evaluate::Verdict::Review:
      return "awaits review";
    case evaluate::Verdict::Waived:
      return "is waived";
    case evaluate::Verdict::Unknown:
      break;
  }
  return "cannot be decided";
}

void add(bool (&has)[kEffects], Effect effect) {
  has[static_cast<std::size_t>(effect)] = true;
}

}  // namespace

std::string_view effect_name(Effect effect) {
  constexpr std::array<std::string_view, kEffects> kNames{"equal", "stricter", "undetermined", "looser",
                                                          "incomparable"};
  return kNames[static_cast<std::size_t>(effect)];
}

std::string witness_text(const Witness& witness) {
  return (witness.summary.empty() ? "any host" : witness.summary) + ": " +
         std::string(before_text(witness.before)) + " before, " + std::string(after_text(witness.after)) +
         " now";
}

Effect overall(const std::vector<Claim>& claims) {
  bool has[kEffects] = {};
  for (const Claim& claim : claims) add(has, claim.effect);
  const auto any = [&](Effect effect) { return has[static_cast<std::size_t>(effect)]; };
  if (any(Effect::Incomparable) || (any(Effect::Looser) && any(Effect::Stricter)))
    return Effect::Incomparable;
  for (const Effect effect : {Effect::Looser, Effect::Undetermined, Effect::Stricter}) {
    if (any(effect)) return effect;
  }
  return Effect::Equal;
}

std::vector<std::size_t> counts(const Difference& difference) {
  std::vector<std::size_t> counts(kEffects);
  for (const ControlDifference& control : difference.controls)
    ++counts[static_cast<std::size_t>(control.effect)];
  return counts;
}

int exit_code(const Difference& difference) {
  bool has[kEffects] = {};
  add(has, overall(difference.policy));
  for (const ControlDifference& control : difference.controls) add(has, control.effect);
  if (has[static_cast<std::size_t>(Effect::Looser)] || has[static_cast<std::size_t>(Effect::Incomparable)])
    return 1;
  return has[static_cast<std::size_t>(Effect::Undetermined)] ? 2 : 0;
}

const ir::Control& control_of(const Difference& difference, const ControlDifference& control) {
  return control.newer ? difference.newer->controls[*control.newer]
                       : difference.older->controls[*control.older];
}

}  // namespace polc::diff
