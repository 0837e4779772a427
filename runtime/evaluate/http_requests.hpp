// The HTTP requests that a program asks about, known before anything is read.
#pragma once

#include <set>

#include "runtime/ir/program.hpp"
#include "runtime/value/http_request.hpp"

namespace polc::evaluate {

/// Those written outright, and those whose arguments run over constant collections; at most limits::kHttpRequests + 1.
/// Arguments that only the host could tell give no request: nothing on a host decides whom polc asks.
std::set<value::HttpRequest> http_requests(const ir::Program& program);

}  // namespace polc::evaluate
