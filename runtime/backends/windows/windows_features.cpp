// Roles and features of the operating system.
#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {

/// The one documented call, DismGetFeatures, starts a servicing session, which writes a log and temporary files on the
/// machine: nothing is ever written there.
void collect_windows_features(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::WindowsFeatures)) return;
  auto& section = evidence.windows_features;
  section.collected = true;
  section.origin = add_origin(evidence, "features of Windows");
  leave_open(section,
             {value::UnknownReason::Unsupported,
              {},
              "the servicing API writes to the machine that it asks; record the features in a snapshot"});
}

}  // namespace polc::backends::windows
