#include "runtime/backends/backend.hpp"

#include <algorithm>

#include "runtime/backends/snapshot/snapshot.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/encoding.hpp"

namespace polc::backends {

const std::vector<const Backend*>& backends() {
  static const std::vector<const Backend*> all{&snapshot_backend(), &attestations_backend()};
  return all;
}

const Backend* recognise(const TargetText& target) {
  const auto& all = backends();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Backend* b) { return b->recognises(target); });
  return found == all.end() ? nullptr : *found;
}

std::optional<value::Evidence> collect(const TargetText& target, const PlanSlice* slice,
                                       base::DiagnosticSink& sink) {
  // UTF-16 is told apart first: nothing in it could be recognised.
  if (!formats::check_size_and_marks(target.text, target_size_limit(), target.file, sink))
    return std::nullopt;
  if (const Backend* backend = recognise(target)) return backend->collect(target, slice, sink);
  sink.add(diag::UnrecognisedTarget{.name = std::string(target.name)}.at({target.file, 0, 0}));
  return std::nullopt;
}

std::size_t target_size_limit() {
  return limits::kSnapshotBytes;
}

}  // namespace polc::backends
