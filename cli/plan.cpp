// `polc plan`: what a policy will read, before anything is read.
#include "runtime/evaluate/plan.hpp"

#include <fmt/format.h>

#include <ostream>

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
    for (const evaluate::PlannedFact& fact : resource.facts) {
      out << "  " << base::visible(fact.text) << (fact.depends_on_host ? "   (for each on the host)" : "")
          << '\n';
    }
  }
}

void plan_policy(Session& session, const ir::Program& program, const std::vector<std::uint32_t>& selected) {
  print(program, evaluate::plan(program, selected), session.environment().out);
}

}  // namespace

int plan(const Options& options, Environment& environment) {
  return with_session(options, environment,
                      [](Session& session) { return for_each_policy(session, plan_policy); });
}

}  // namespace polc::cli
