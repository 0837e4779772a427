#include "cli/find_control.hpp"

#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/diagnostics/tailoring.hpp"
#include "runtime/base/text.hpp"

namespace polc::cli {
namespace {

std::string nearest_id(const std::vector<ir::Program>& programs, std::string_view id) {
  std::vector<std::string_view> ids;
  for (const ir::Program& program : programs) {
    for (const ir::Control& control : program.controls) ids.push_back(program.text(control.id));
  }
  return std::string(base::nearest(id, ids));
}

/// A program whose profile leaves the control out.
const ir::Program* leaving_out(const std::vector<ir::Program>& programs, std::string_view id) {
  for (const ir::Program& program : programs) {
    const auto& excluded = program.profile.excluded;
    const auto is_id = [&](ir::TextId text) { return base::equal_folded(program.text(text), id); };
    if (std::any_of(excluded.begin(), excluded.end(), is_id)) return &program;
  }
  return nullptr;
}

}  // namespace

std::optional<FoundControl> find_control(Session& session, const std::vector<ir::Program>& programs,
                                         const std::string& id) {
  for (const ir::Program& program : programs) {
    const auto is_id = [&](ir::TextId text) { return base::equal_folded(program.text(text), id); };
    for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
      const ir::Control& control = program.controls[i];
      if (is_id(control.id) || std::any_of(control.formerly.begin(), control.formerly.end(), is_id))
        return FoundControl{&program, i};
    }
  }
  if (const ir::Program* program = leaving_out(programs, id)) {
    const std::string profile(program->text(program->profile.name));
    session.sink().add(diag::ControlLeftOut{.profile = profile, .control = id}.at());
    return std::nullopt;
  }
  session.sink().add(diag::UnknownControlId{.id = id, .suggestion = nearest_id(programs, id)}.at());
  return std::nullopt;
}

}  // namespace polc::cli
