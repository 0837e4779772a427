// What a policy will read, known before anything is read: the facts by resource kind with the privilege each
// kind needs, and the evidence that answers them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/backend.hpp"
#include "runtime/ir/program.hpp"

namespace polc::evaluate {

/// One fact, or a family of facts that are read for each element of a collection. Reads as policies write it;
/// what varies stands in angle brackets:
///   registry('HKLM\SYSTEM\CurrentControlSet\Control\Lsa', 'RestrictAnonymous')
///   port(<40101..41000>/tcp).allowed_from       consecutive ports, known now
///   iis_list('...', at: <iis_paths>)            one for each path the host has
struct PlannedFact {
  std::string text;
  bool depends_on_host = false;  ///< how many there are is known only after its collection was read
};

struct PlannedResource {
  value::ResourceKind kind = value::ResourceKind::Host;
  std::string_view name;
  std::string_view privilege;                    ///< needed to read it live; "" = none
  std::vector<value::EvidenceSection> evidence;  ///< sections of a snapshot that answer it
  std::vector<PlannedFact> facts;                ///< sorted, no repetitions
};

struct Plan {
  std::vector<PlannedResource> resources;  ///< in catalogue order, only those that are read
};

/// Of these controls (indices into Program::controls), or of all if there are none.
Plan plan(const ir::Program& program, const std::vector<std::uint32_t>& controls = {});

/// The evidence that the whole program needs, registry keys one by one: those of registry(), of settings and
/// of the SCHANNEL protocols. Host identity is always included.
backends::PlanSlice plan_slice(const ir::Program& program);

/// The evidence without which a control cannot be decided: what it reads itself, without host identity and names.
backends::PlanSlice plan_slice(const ir::Program& program, const ir::Control& control);

/// What no target can answer, and so will be unknown whatever the host is like.
struct Gap {
  value::EvidenceSection section = value::EvidenceSection::Host;
  std::string
      key;  ///< a folded registry key outside of all that the targets hold; "" = the section as a whole
  std::optional<value::Unknown> why;  ///< set where a target could answer and may not
};

/// Gaps of a control between what it needs and what the targets of the judged layer can answer, in section order.
/// `no_probes`: why live probes are not made (backends::network_refusal).
std::vector<Gap> gaps(const backends::PlanSlice& needed,
                      const std::vector<backends::Capability>& capabilities, value::Layer layer,
                      const std::optional<value::Unknown>& no_probes);

}  // namespace polc::evaluate
