#include "runtime/backends/backend.hpp"

#include <algorithm>
#include <utility>

#include "runtime/backends/auditpol/auditpol.hpp"
#include "runtime/backends/exec/exec.hpp"
#include "runtime/backends/gpo/gpo.hpp"
#include "runtime/backends/hive/hive.hpp"
#include "runtime/backends/iis/iis.hpp"
#include "runtime/backends/nmap/nmap.hpp"
#include "runtime/backends/reg/reg.hpp"
#include "runtime/backends/secedit/secedit.hpp"
#include "runtime/backends/snapshot/snapshot.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/encoding.hpp"
#ifdef _WIN32
#include "runtime/backends/windows/windows_backend.hpp"
#endif

namespace polc::backends {

std::vector<value::Evidence> one(value::Evidence evidence) {
  std::vector<value::Evidence> pieces;
  pieces.push_back(std::move(evidence));
  return pieces;
}

std::optional<value::Unknown> network_refusal(bool policy_permits, bool operator_permits) {
  constexpr std::string_view kPolicy = "the policy does not say `allow_network true`";
  constexpr std::string_view kOperator = "--allow-network was not given";
  if (policy_permits && operator_permits) return std::nullopt;
  std::string missing(policy_permits ? kOperator : kPolicy);
  if (!policy_permits && !operator_permits) missing += ", and " + std::string(kOperator);
  return value::Unknown{value::UnknownReason::NetworkDenied, {}, std::move(missing)};
}

const std::vector<const Backend*>& backends() {
  static const std::vector<const Backend*> all{
#ifdef _WIN32
      &windows_backend(),
#endif
      &snapshot_backend(),      //
      &attestations_backend(),  //
      &gpo_backend(),           //
      &reg_backend(),           //
      &secedit_backend(),       //
      &auditpol_backend(),      //
      &hive_backend(),          //
      &iis_backend(),           //
      &nmap_backend(),          //
      &exec_backend(),          //
  };
  return all;
}

const Backend* recognise(const Target& target) {
  const auto& all = backends();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Backend* b) { return b->recognises(target); });
  return found == all.end() ? nullptr : *found;
}

const Backend* find_backend(std::string_view name) {
  const auto& all = backends();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Backend* b) { return b->name() == name; });
  return found == all.end() ? nullptr : *found;
}

std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                    base::DiagnosticSink& sink) {
  if (const Backend* backend = recognise(target)) return backend->collect(target, request, sink);
  report_unrecognised(target, sink);
  return std::nullopt;
}

void report_unrecognised(const Target& target, base::DiagnosticSink& sink) {
  std::vector<TargetEntry> entries;
  const bool unlisted = target.kind == os::FileKind::Folder && target.files != nullptr &&
                        target.files->list("", entries) == os::ReadStatus::Denied;
  if (unlisted) {
    sink.add(diag::RefusedTarget{.name = std::string(target.name), .problem = "it may not be listed"}.at());
    return;
  }
  // A text in another encoding cannot be recognised: that is the better thing to say.
  if (!formats::check_size_and_marks(target.bytes, target_size_limit(), target.file, sink)) return;
  sink.add(diag::UnrecognisedTarget{.name = std::string(target.name)}.at({target.file, 0, 0}));
}

std::size_t target_size_limit() {
  return limits::kTargetBytes;
}

}  // namespace polc::backends
