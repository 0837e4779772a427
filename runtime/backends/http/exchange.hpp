// One HTTP request and the head of its answer, over any connection.
#pragma once

#include <string>

#include "runtime/backends/http/connection.hpp"
#include "runtime/formats/http_response.hpp"

namespace polc::backends::http {

/// The bytes that are sent: the request line, the Host header, and for HTTP/1.1 "Connection: close", which RFC 9112 9.6
/// asks of a client that sends one request. Nothing else: no User-Agent, no Accept. The Host header is what the policy
/// gives, "" included; without a word of it HTTP/1.1 has the URL's authority, and HTTP/1.0, which knows no Host, has none.
std::string request_text(const value::HttpRequest& request, const value::WebAddress& address);

/// Sends the request and reads the head of the answer. Interim answers (1xx) are passed over, at most
/// limits::kHttpInterimAnswers; a redirect is an answer like any other and is not followed; of the body nothing is read
/// but what came with the head. Unknown(corrupt) for what is no HTTP, Unknown(budget) beyond limits::kHttpHeadBytes.
Attempt<formats::HttpHead> exchange(Connection& connection, const value::HttpRequest& request,
                                    const value::WebAddress& address);

}  // namespace polc::backends::http
