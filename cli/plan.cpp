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

}  // namespace

int plan(const Options& options, Environment& environment) {
  Session session(options, environment);
  int code = session.open().value_or(kSuccess);
  if (code == kSuccess) {
    const std::vector<ir::Program> programs = session.load_policies();
    if (programs.empty()) code = session.error_code();
    for (const ir::Program& program : programs) {
      const auto selected = session.select(program);
      if (!selected) {
        code = kUsageError;
        break;
      }
      print(program, evaluate::plan(program, *selected), environment.out);
    }
  }
  session.flush_diagnostics();
  return code;
}

}  // namespace polc::cli
