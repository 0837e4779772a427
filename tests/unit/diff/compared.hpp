// Two policy texts, compared.
#pragma once

#include <string>
#include <vector>

#include "authoring/diff/difference.hpp"
#include "tests/unit/analysis/asked.hpp"

namespace polc::test {

/// "looser A: it accepts hosts ... [x = 1: failed before, passes now]", a line for each claim.
inline std::string line_of(const std::string& about, const diff::Claim& claim) {
  std::string text =
      std::string(diff::effect_name(claim.effect)) + ' ' + about + ": " + base::message_of(claim.what);
  if (claim.witness) text += " [" + diff::witness_text(*claim.witness) + ']';
  return text + '\n';
}

inline std::string text_of(const diff::Difference& difference) {
  std::string text;
  for (const diff::Claim& claim : difference.policy) text += line_of("policy", claim);
  for (const diff::ControlDifference& control : difference.controls) {
    const ir::Program& program = control.newer ? *difference.newer : *difference.older;
    const std::string id(program.text(diff::control_of(difference, control).id));
    for (const diff::Claim& claim : control.claims) text += line_of(id, claim);
    for (const diff::Cause& cause : control.causes) text += "  from " + cause.text + '\n';
  }
  return text;
}

/// Owns the programs that the difference looks at.
class Compared {
 public:
  Compared(const std::string& older, const std::string& newer)
      : older_(policy(older)), newer_(policy(newer)), difference(diff::compare(older_, newer_)) {}
  Compared(const Compared&) = delete;
  Compared& operator=(const Compared&) = delete;

 private:
  ir::Program older_, newer_;

 public:
  diff::Difference difference;

  std::string text() const { return text_of(difference); }
  std::string effect() const {
    return difference.controls.empty() ? "unchanged"
                                       : std::string(diff::effect_name(difference.controls[0].effect));
  }
};

}  // namespace polc::test
