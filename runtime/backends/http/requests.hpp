// The live half of http(...): requests that a plan names, sent where both halves of the consent are given.
#pragma once

#include "runtime/backends/backend.hpp"
#include "runtime/backends/http/connection.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::http {

/// Fills Evidence::http with one row for each request of the plan that may be sent: its answer, or why there is none. The
/// rest is Unknown(network not permitted) with the missing half of the consent. Without a plan nobody says what to ask,
/// and nothing is sent. At most limits::kHttpRequests, each limits::kHttpTime, all of them limits::kHttpTotalTime.
void collect_http(value::Evidence& evidence, const Request& request, Network& network);

}  // namespace polc::backends::http
