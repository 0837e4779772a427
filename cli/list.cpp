#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/report/report.hpp"

namespace polc::cli {
namespace {

std::string references(const ir::Program& program, const ir::Control& control) {
  std::string text;
  for (const ir::Reference& r : control.references) {
    if (r.kind == ir::ReferenceKind::Url) continue;
    text += (text.empty() ? "" : ", ") + std::string(ir::reference_name(r.kind)) + " " +
            std::string(program.text(r.text));
  }
  return text;
}

void print(const ir::Program& program, const std::vector<std::uint32_t>& selected, std::ostream& out) {
  std::size_t id_width = 0;
  for (const ir::Control& c : program.controls) id_width = std::max(id_width, program.text(c.id).size());
  std::uint32_t group = ir::kNone;
  for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
    if (!selected.empty() && !std::binary_search(selected.begin(), selected.end(), i)) continue;
    const ir::Control& control = program.controls[i];
    if (control.group != group && control.group != ir::kNone) {
      out << '\n' << base::visible(program.text(program.groups[control.group].title)) << '\n';
    }
    group = control.group;
    const std::string refs = references(program, control);
    out << fmt::format("  {:<{}}  {:<8}  {}{}\n", base::visible(program.text(control.id)), id_width,
                       ir::severity_name(control.severity), base::visible(program.text(control.title)),
                       refs.empty() ? "" : "  [" + base::visible(refs) + "]");
  }
}

void list_policy(Session& session, const ir::Program& program, const std::vector<std::uint32_t>& selected) {
  std::ostream& out = session.environment().out;
  out << fmt::format("{} ({} controls)\n", base::visible(program.text(program.policy.title)),
                     selected.empty() ? program.controls.size() : selected.size());
  if (const std::string profile = report::profile_text(program); !profile.empty())
    out << "  profile " << profile << '\n';
  print(program, selected, out);
}

}  // namespace

int list(const Options& options, Environment& environment) {
  return with_session(options, environment,
                      [](Session& session) { return for_each_policy(session, list_policy); });
}

}  // namespace polc::cli
