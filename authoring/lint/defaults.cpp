// Controls that pass only where a default of the operating system answers for what nobody configured.
#include <algorithm>
#include <set>

#include "authoring/lint/findings.hpp"
#include "runtime/base/diagnostics/lint.hpp"

namespace polc::lint {
namespace {

using analysis::Answer;
using analysis::ControlView;
using analysis::Demand;
using analysis::Outcome;
using analysis::Scope;

using Places = std::set<std::string>;

/// What a condition reads, by location.
void read(const analysis::Derivation& derivation, ir::NodeId id, Places& places) {
  const ir::Program& program = derivation.program();
  const ir::Node& node = program.nodes[id];
  if (node.op == ir::Op::Fact) {
    for (const value::Address& source : derivation.sources(program.addresses[node.data]))
      places.insert(analysis::location_key(source));
  }
  for (std::uint32_t i = 0; i < node.operand_count; ++i)
    read(derivation, program.operands_of(node)[i], places);
}

/// Places whose absence a default answers, and those that are asked to be absent outright.
struct Absences {
  Places by_default, outright;
};

void look(const analysis::Derivation& derivation, ir::NodeId id, Absences& absences) {
  const ir::Program& program = derivation.program();
  const ir::Node& node = program.nodes[id];
  if (node.absence == ir::AbsenceRule::Default) read(derivation, id, absences.by_default);
  if (node.op == ir::Op::IsPresent && node.negated) read(derivation, id, absences.outright);
  for (std::uint32_t i = 0; i < node.operand_count; ++i)
    look(derivation, program.operands_of(node)[i], absences);
}

const Scope kInRange{.host_name = "*", .in_range = true, .no_defaults = false};
const Scope kConfigured{.host_name = "*", .in_range = true, .no_defaults = true};

/// The requirements that hold by default alone.
void add_requirements(Findings& findings, const ControlView& view, base::Diagnostic& diagnostic) {
  const ir::Control& control = view.program->controls[view.control];
  for (std::uint32_t i = 0; i < control.requires_.size(); ++i) {
    if (analysis::solve({Demand{view, Outcome::Pass, i}}, kConfigured).answer != Answer::Never) continue;
    diagnostic.labels.push_back(
        {findings.span(control.requires_[i].range), "nothing that is configured satisfies this"});
  }
}

}  // namespace

void lint_defaults(Findings& findings, std::uint32_t control) {
  const ControlView view{&findings.program(), control};
  const analysis::Derivation derivation(*view.program);
  Absences absences;
  for (const ir::Require& require : view.program->controls[control].requires_)
    look(derivation, require.root, absences);
  // Who asks for absence outright wants nothing to be configured.
  const bool wanted = std::any_of(absences.outright.begin(), absences.outright.end(),
                                  [&](const auto& place) { return absences.by_default.contains(place); });
  if (absences.by_default.empty() || wanted) return;
  const analysis::Finding configured = analysis::solve({{view, Outcome::Pass}}, kConfigured);
  if (configured.answer == Answer::Found) return;
  const analysis::Finding pass = analysis::solve({{view, Outcome::Pass}}, kInRange);
  if (pass.answer == Answer::Never) return;
  for (const analysis::Finding* open : {&configured, &pass}) {
    if (open->answer == Answer::Undetermined)
      return add_undetermined(findings, control, "whether what is configured can pass", open->reason);
  }
  base::Diagnostic diagnostic =
      diag::PassesByDefault{.control = findings.id(control), .host = analysis::to_text(pass.host)}.at(
          findings.header(control));
  add_requirements(findings, view, diagnostic);
  findings.add(std::move(diagnostic), {control});
}

}  // namespace polc::lint
