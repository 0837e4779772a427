#include <fmt/format.h>

#include <algorithm>

#include "authoring/diff/report.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/paint.hpp"

namespace polc::diff {
namespace {

using base::Ink;

Ink ink_of(Effect effect) {
  switch (effect) {
    case Effect::Looser:
    case Effect::Incomparable:
      return Ink::Error;
    case Effect::Undetermined:
      return Ink::Warning;
    case Effect::Stricter:
      return Ink::Good;
    case Effect::Equal:
      break;
  }
  return Ink::Plain;
}

class TerminalWriter {
 public:
  TerminalWriter(const Difference& difference, const TerminalStyle& style)
      : difference_(difference), style_(style) {}

  std::string write(const Names& names) {
    if (!style_.quiet) body(names);
    const auto failed = exit_code(difference_) == 1;
    return out_ + base::paint(style_.color, failed ? Ink::Error : Ink::Plain, summary_text(difference_)) +
           '\n';
  }

 private:
  void body(const Names& names) {
    out_ += fmt::format("{}\n  {} -> {}\n\n", base::visible(policy_text(difference_)),
                        base::visible(names.older), base::visible(names.newer));
    for (const ParameterChange& change : difference_.parameters)
      out_ += fmt::format("parameter     {}\n", base::visible(parameter_text(change)));
    if (!difference_.parameters.empty()) out_ += '\n';
    if (!difference_.policy.empty()) {
      head(overall(difference_.policy), "the policy", "");
      claims(difference_.policy);
    }
    for (const ControlDifference* control : by_effect(difference_)) {
      head(control->effect, id_of(difference_, *control), title_of(difference_, *control));
      for (const Cause& cause : control->causes)
        out_ += fmt::format("    comes from {}\n", base::visible(cause.text));
      claims(control->claims);
    }
  }

  void head(Effect effect, std::string_view id, std::string_view title) {
    const std::string name = fmt::format("{:<12}", effect_name(effect));
    out_ += base::paint(style_.color, ink_of(effect), name) + "  " +
            base::paint(style_.color, Ink::Bold, base::visible(id)) +
            (title.empty() ? "" : "  " + base::visible(title)) + '\n';
  }

  void claims(const std::vector<Claim>& claims) {
    for (const Claim& claim : claims) {
      out_ += fmt::format("    {}\n", base::visible(claim_text(claim)));
      if (claim.witness) out_ += fmt::format("      {}\n", base::visible(witness_text(*claim.witness)));
    }
    out_ += '\n';
  }

  const Difference& difference_;
  const TerminalStyle& style_;
  std::string out_;
};

}  // namespace

std::vector<const ControlDifference*> by_effect(const Difference& difference) {
  std::vector<const ControlDifference*> controls;
  for (const ControlDifference& control : difference.controls) controls.push_back(&control);
  std::stable_sort(controls.begin(), controls.end(),
                   [](const auto* a, const auto* b) { return a->effect > b->effect; });
  return controls;
}

std::string summary_text(const Difference& difference) {
  const std::vector<std::size_t> counts = diff::counts(difference);
  std::string text;
  const auto add = [&](std::size_t count, std::string_view what) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  };
  for (std::size_t i = kEffects; i-- > 0;) add(counts[i], effect_name(static_cast<Effect>(i)));
  add(difference.unchanged.size(), "unchanged");
  const std::string controls = text.empty() ? "no controls" : "controls: " + text;
  if (difference.policy.empty()) return controls;
  return fmt::format("{}; the policy: {}", controls, effect_name(overall(difference.policy)));
}

std::string policy_text(const Difference& difference) {
  const auto name = [](const ir::Program& program) {
    return fmt::format("{} {}", program.text(program.policy.id), program.text(program.policy.version));
  };
  const std::string before = name(*difference.older);
  const std::string after = name(*difference.newer);
  return before == after ? after : before + " -> " + after;
}

std::string parameter_text(const ParameterChange& change) {
  if (change.before.empty()) return fmt::format("{}: {} is new", change.name, change.after);
  if (change.after.empty()) return fmt::format("{} is gone; it was {}", change.name, change.before);
  return fmt::format("{}: {} -> {}", change.name, change.before, change.after);
}

std::string_view title_of(const Difference& difference, const ControlDifference& control) {
  const ir::Program& program = control.newer ? *difference.newer : *difference.older;
  return program.text(control_of(difference, control).title);
}

std::string_view id_of(const Difference& difference, const ControlDifference& control) {
  const ir::Program& program = control.newer ? *difference.newer : *difference.older;
  return program.text(control_of(difference, control).id);
}

std::string claim_text(const Claim& claim) {
  const std::string hint = base::hint_of(claim.what);
  return base::message_of(claim.what) + (hint.empty() ? "" : " (" + hint + ")");
}

std::string write_terminal(const Difference& difference, const Names& names, const TerminalStyle& style) {
  return TerminalWriter(difference, style).write(names);
}

}  // namespace polc::diff
