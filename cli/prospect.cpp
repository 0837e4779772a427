#include "cli/prospect.hpp"

#include "runtime/base/escape.hpp"

namespace polc::cli {

std::optional<lint::Prospect> look_at_targets(Session& session) {
  lint::Prospect prospect;
  bool policy = false, effective = false;
  for (const std::string& argument : session.options().targets) {
    const auto target = session.open_target(argument);
    if (!target) return std::nullopt;
    prospect.names += (prospect.names.empty() ? "" : ", ") + base::visible(target->name) + " (" +
                      std::string(target->backend->name()) + ")";
    for (backends::Capability& capability : target->backend->capabilities(&target->target, session.layer())) {
      (capability.about == backends::About::Policy ? policy : effective) = true;
      prospect.capabilities.push_back(std::move(capability));
    }
  }
  prospect.layer =
      session.layer().value_or(policy && !effective ? value::Layer::Policy : value::Layer::Effective);
  return prospect;
}

}  // namespace polc::cli
