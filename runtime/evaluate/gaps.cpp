// What no target can answer, told from their capabilities before anything is read.
#include <algorithm>

#include "runtime/evaluate/plan.hpp"

namespace polc::evaluate {
namespace {

using backends::About;
using backends::Capability;
using value::EvidenceSection;

bool is_statement(EvidenceSection section) {
  return section == EvidenceSection::Attestations || section == EvidenceSection::Passwords;
}

/// What people state is about any layer.
bool is_of_layer(const Capability& capability, value::Layer layer) {
  if (is_statement(capability.section)) return true;
  return (capability.about == About::Policy) == (layer == value::Layer::Policy);
}

bool is_below(std::string_view key, std::string_view root) {
  return key.starts_with(root) && (key.size() == root.size() || key[root.size()] == '\\');
}

bool covers(const Capability& capability, std::string_view key) {
  return capability.keys.empty() || std::any_of(capability.keys.begin(), capability.keys.end(),
                                                [&](const std::string& root) { return is_below(key, root); });
}

}  // namespace

std::vector<Gap> gaps(const backends::PlanSlice& needed, const std::vector<Capability>& capabilities,
                      value::Layer layer, const std::optional<value::Unknown>& no_probes) {
  std::vector<Gap> found;
  for (auto i = static_cast<std::uint8_t>(EvidenceSection::Host);
       i <= static_cast<std::uint8_t>(EvidenceSection::Volumes); ++i) {
    const auto section = static_cast<EvidenceSection>(i);
    if (!needed.needs(section)) continue;
    std::vector<const Capability*> able;
    for (const Capability& capability : capabilities) {
      if (capability.section == section && is_of_layer(capability, layer)) able.push_back(&capability);
    }
    const auto may_not = [&](const Capability* capability) { return capability->probes && no_probes; };
    if (std::all_of(able.begin(), able.end(), may_not)) {
      found.push_back({section, {}, able.empty() ? std::nullopt : no_probes});
      continue;
    }
    if (section != EvidenceSection::Registry) continue;
    for (const std::string& key : needed.registry_keys()) {
      if (std::none_of(able.begin(), able.end(), [&](const Capability* c) { return covers(*c, key); }))
        found.push_back({section, key, std::nullopt});
    }
  }
  return found;
}

}  // namespace polc::evaluate
