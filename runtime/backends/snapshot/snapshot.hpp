// Snapshots and attestation files (docs/snapshot.md): the same form in YAML and JSON, decoded once.
#pragma once

#include <optional>
#include <string>

#include "runtime/backends/backend.hpp"

namespace polc::backends {

/// `polc_snapshot: 1`.
const Backend& snapshot_backend();

/// `polc_attestations: 1`: a list of attestations for any number of hosts, and nothing about a host itself. Its
/// Evidence has backend "attestations"; it says nothing about which layer is judged.
const Backend& attestations_backend();

/// A JSON object with some of a snapshot's sections and no version: one line of a probe's answer (docs/backends.md).
/// nullopt, and reported, when it is none.
std::optional<value::Evidence> decode_snapshot_piece(const Target& target, const PlanSlice* slice,
                                                     base::DiagnosticSink& sink);

/// Decodes everything and reports all that is wrong: `polc schema check FILE`. True when nothing is.
bool check_snapshot(const Target& target, base::DiagnosticSink& sink);

/// JSON Schema (2020-12) of snapshots, for editors: `polc schema snapshot`. Ends with a line feed.
std::string snapshot_schema();

}  // namespace polc::backends
