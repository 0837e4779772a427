// Anybody's backend: a program that is told what is needed and answers in the form of snapshots (docs/backends.md).
#pragma once

#include <string>

#include "runtime/backends/backend.hpp"

namespace polc::backends {

/// `exec:./my-probe --option`. polc writes one line of JSON to the program's standard input, what it needs:
///   {"polc_probe": 1, "layer": "effective", "sections": ["registry", ...], "registry_keys": [...],
///    "user_keys": [...], "objects": {"file_security": [...]}}
/// and closes it. Without "sections" everything is asked for. Each line of its standard output is a piece of a snapshot:
/// {"registry": {...}}; the last one is {"done": true}. What it was asked and did not answer is unknown, with what became
/// of it as the reason: a time limit, a crash, a line that could not be read, too much output, an end without "done".
const Backend& exec_backend();

/// What the program is told; ends with a line feed.
std::string probe_request(const Request& request);

}  // namespace polc::backends
