// Several targets, one host: evidence joined at the level of primitives, before anything is derived.
//
// Within a layer what was read beats what was not; two different definite answers make Unknown(conflict). In the
// effective layer closure counts as an answer: a complete table that lacks a row contradicts another one that has it.
//
// In the policy layer it is none: what a policy does not configure, another one may. Two that configure the same thing
// differently are a conflict, and so are one that sets a value and one that deletes it, because which of them wins is
// not in them. What one of them may set, depending on the machine, stays unknown whatever the others set. Together they
// are silent on a thing only if each of them is.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/base/result.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::derive {

struct MergeOptions {
  std::int64_t as_of = 0;                ///< seconds since 1970, UTC
  std::optional<std::uint64_t> max_age;  ///< seconds; what is older, or has no date, becomes Unknown(stale)
  /// The layer that is judged. Without it: effective unless all targets that say anything about a host are policy.
  std::optional<value::Layer> layer;
};

/// Evidence of the judged layer in one piece; of targets of the other layer only what people stated (attestations,
/// composition of secrets) is taken. An error when two targets are about different hosts, or when one is from after
/// `as_of`.
base::Result<value::Evidence> merge(std::vector<value::Evidence> targets, const MergeOptions& options);

}  // namespace polc::derive
