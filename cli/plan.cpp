// `polc plan`: what a policy will read, before anything is read, and what the targets cannot answer.
#include "runtime/evaluate/plan.hpp"

#include <fmt/format.h>

#include <ostream>

#include "cli/prospect.hpp"
#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/escape.hpp"

namespace polc::cli {
namespace {

std::string evidence_names(const evaluate::PlannedResource& resource) {
  std::string names;
  for (const value::EvidenceSection section : resource.evidence) {
    names += (names.empty() ? "" : ", ") + std::string(value::section_name(section));
  }
  return names;
}

void print(const ir::Program& program, const evaluate::Plan& plan, std::ostream& out) {
  out << base::visible(program.text(program.policy.title)) << '\n';
  for (const evaluate::PlannedResource& resource : plan.resources) {
    out << fmt::format("\n{} ({} {})\n", resource.name, resource.facts.size(),
                       resource.facts.size() == 1 ? "fact" : "facts");
    out << fmt::format("  evidence:  {}\n", evidence_names(resource));
    out << fmt::format("  privilege: {}\n", resource.privilege.empty() ? "none" : resource.privilege);
    if (resource.kind == value::ResourceKind::Http) {
      const bool permitted = program.policy.allow_network;
      out << "  consent:   the policy " << (permitted ? "permits" : "does not permit") << " live requests\n";
    }
    for (const evaluate::PlannedFact& fact : resource.facts) {
      out << "  " << base::visible(fact.text) << (fact.depends_on_host ? "   (for each on the host)" : "")
          << '\n';
    }
  }
}

std::string text_of(const std::vector<evaluate::Gap>& gaps) {
  std::string text;
  for (const evaluate::Gap& gap : gaps) {
    text += (text.empty() ? "" : ", ") + std::string(value::section_name(gap.section));
    if (!gap.key.empty()) text += " " + base::visible(gap.key);
    if (gap.why) text += fmt::format(" ({}: {})", value::reason_text(gap.why->reason), gap.why->detail);
  }
  return text;
}

void print_gaps(Session& session, const ir::Program& program, const std::vector<std::uint32_t>& selected,
                const lint::Prospect& prospect) {
  std::ostream& out = session.environment().out;
  const bool effective = prospect.layer == value::Layer::Effective;
  out << fmt::format("\nTargets: {}; layer: {}\n", prospect.names, effective ? "effective" : "policy");
  const auto no_probes =
      backends::network_refusal(program.policy.allow_network, session.options().allow_network);
  std::size_t undecided = 0, all = 0;
  for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
    if (!selected.empty() && !std::binary_search(selected.begin(), selected.end(), i)) continue;
    ++all;
    const ir::Control& control = program.controls[i];
    const auto gaps = evaluate::gaps(evaluate::plan_slice(program, control), prospect.capabilities,
                                     prospect.layer, no_probes);
    if (gaps.empty()) continue;
    if (undecided++ == 0) out << "Will be unknown, as far as they hang on what no target can answer:\n";
    const std::string line = fmt::format("{}: {}", program.text(control.id), text_of(gaps));
    out << base::wrap(line, session.environment().system.width(os::Stream::Out), "  ") << '\n';
  }
  out << fmt::format("{} of {} controls can be decided from these targets\n", all - undecided, all);
}

}  // namespace

int plan(const Options& options, Environment& environment) {
  return with_session(options, environment, [](Session& session) {
    std::optional<lint::Prospect> prospect;
    if (!session.options().targets.empty()) {
      prospect = look_at_targets(session);
      if (!prospect) return session.error_code();
    }
    return for_each_policy(
        session, [&](Session&, const ir::Program& program, const std::vector<std::uint32_t>& selected) {
          print(program, evaluate::plan(program, selected), session.environment().out);
          if (prospect) print_gaps(session, program, selected, *prospect);
        });
  });
}

}  // namespace polc::cli
