// Where evidence comes from. A backend brings primitives in the shape of runtime/value/evidence.hpp and derives
// nothing. Targets are recognised by their content; `kind:path` on the command line names a backend.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/plan_slice.hpp"
#include "runtime/backends/target.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends {

/// Whether a backend can say that something is *not* there.
enum class Closure : std::uint8_t {
  Open,    ///< only what is listed; what is missing was not collected
  Stated,  ///< the target itself says where it is complete
  Closed,  ///< everything there is: what is missing is absent
};

/// What a target is about: what a policy would set, what is written in a machine's configuration, or what is in force.
/// The first is judged with --layer policy; the other two are the effective layer.
enum class About : std::uint8_t { Policy, Configured, Effective };

/// One section that a backend can fill.
struct Capability {
  value::EvidenceSection section = value::EvidenceSection::Host;
  About about = About::Effective;
  Closure closure = Closure::Open;
  std::string_view privilege = {};  ///< needed beyond those of a user who may read the target; "" = none
  /// Registry only: folded canonical keys below which it can answer; none = all.
  std::vector<std::string> keys = {};
  bool probes =
      false;  ///< by sending something over the network, which takes the consent of network_refusal()
};

/// What to read.
struct Request {
  const PlanSlice* slice = nullptr;  ///< nullptr = everything
  /// The layer that is judged, where it was asked for. Files that can be either (.reg, .inf) answer for it.
  std::optional<value::Layer> layer = std::nullopt;
  bool allow_network = false;  ///< the operator's half of the consent to probes; a policy's is in the slice
  std::int64_t now = 0;        ///< when the run began, in seconds since 1970, UTC: the date of live evidence
};

class Backend {
 public:
  virtual ~Backend() = default;

  virtual std::string_view name() const = 0;         ///< the KIND of KIND:path, and Evidence::backend
  virtual std::string_view description() const = 0;  ///< one line for `polc backends`

  /// What targets of this kind can answer; given a target, what that one can in a run that asked for a layer
  /// (Request::layer). A fact of any other section is Unknown(unsupported by this backend).
  virtual std::vector<Capability> capabilities(const Target* target,
                                               std::optional<value::Layer> layer = std::nullopt) const = 0;

  /// False for targets that are no files: what stands behind "kind:" is the target's label then.
  virtual bool reads_path() const { return true; }

  /// Cheap look at the content; true does not promise that it can be read.
  virtual bool recognises(const Target& target) const = 0;

  /// One piece of evidence for each thing the target holds (a folder of GPO backups holds several). What could not
  /// be read is in it, with the reason. nullopt when the target as a whole cannot be believed; why is in `sink`.
  virtual std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                              base::DiagnosticSink& sink) const = 0;
};

/// Why live probes are not made: Unknown(network not permitted) with the missing half of the consent, the policy's
/// (`allow_network true`) or the operator's (--allow-network). nullopt when both permit them.
std::optional<value::Unknown> network_refusal(bool policy_permits, bool operator_permits);

/// The target that is no file but the machine polc runs on, and the name of its backend.
inline constexpr std::string_view kLive = "live";

/// What most targets hold.
std::vector<value::Evidence> one(value::Evidence evidence);

/// All backends, in the order in which they are asked.
const std::vector<const Backend*>& backends();

/// nullptr when no backend recognises the target.
const Backend* recognise(const Target& target);

/// Says that nobody recognises the target, or why nobody can.
void report_unrecognised(const Target& target, base::DiagnosticSink& sink);

/// nullptr when no backend has this name.
const Backend* find_backend(std::string_view name);

/// recognise() and collect(); a target that nobody recognises is reported.
std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                    base::DiagnosticSink& sink);

/// Bytes to read of a target file at most; larger ones are refused before they are read.
std::size_t target_size_limit();

}  // namespace polc::backends
