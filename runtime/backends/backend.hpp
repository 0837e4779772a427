// Where evidence comes from. A backend brings primitives in the shape of runtime/value/evidence.hpp and derives
// nothing. Targets are recognised by their content.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/plan_slice.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends {

/// A target whose text was read. `name` is what reports show: relative, with forward slashes.
struct TargetText {
  base::FileId file = base::kNoFile;
  std::string_view name;
  std::string_view text;
};

class Backend {
 public:
  virtual ~Backend() = default;

  virtual std::string_view name() const = 0;         ///< also Evidence::backend: "snapshot"
  virtual std::string_view description() const = 0;  ///< one line for `polc backends`

  /// Sections that it can fill. A fact of any other is Unknown(unsupported by this backend).
  virtual std::vector<value::EvidenceSection> sections() const = 0;

  /// Cheap look at the content; true does not promise that it can be read.
  virtual bool recognises(const TargetText& target) const = 0;

  /// Reads what `slice` names, nullptr for everything. nullopt when the target cannot be believed; why is in `sink`.
  virtual std::optional<value::Evidence> collect(const TargetText& target, const PlanSlice* slice,
                                                 base::DiagnosticSink& sink) const = 0;
};

/// All backends, in the order in which they are asked.
const std::vector<const Backend*>& backends();

/// nullptr when no backend recognises the target.
const Backend* recognise(const TargetText& target);

/// recognise() and collect(); a target that nobody recognises is reported.
std::optional<value::Evidence> collect(const TargetText& target, const PlanSlice* slice,
                                       base::DiagnosticSink& sink);

/// Bytes to read of a target file at most; larger ones are refused before they are read.
std::size_t target_size_limit();

}  // namespace polc::backends
