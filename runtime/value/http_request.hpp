// What http(...) asks about: one request, and where its URL points. Policies are checked with it, recorded answers are
// found by it, and live ones are asked for by it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace polc::value {

/// One request as a policy writes it. The same text is the same request; nothing is normalised but the method.
struct HttpRequest {
  std::string url;
  std::optional<std::string>
      host;  ///< Host header, "" for an empty one; nullopt for what the version has by itself
  std::string version = "1.1";  ///< "1.0" or "1.1"
  std::string method = "HEAD";

  friend auto operator<=>(const HttpRequest&, const HttpRequest&) = default;
};

/// Of the arguments of an http address; nullptr where one is left out.
HttpRequest http_request(const std::string& url, const std::string* host, const std::string* version,
                         const std::string* method);

/// Where an http or https URL points.
struct WebAddress {
  bool tls = false;
  std::string authority;   ///< as written, with the port if there is one: "localhost:8040", "[::1]"
  std::string host;        ///< a name or an IP address, without brackets
  std::uint16_t port = 0;  ///< 80 or 443 unless written
  std::string target;      ///< path and query, "/" for none: what the request line names
};

/// Why a URL cannot be asked for is a few words: "it has a user name". Only characters of RFC 3986, at most
/// limits::kUrlBytes, a port from 1 to 65535; no user name and no fragment, which a request does not carry.
tl::expected<WebAddress, std::string> parse_web_address(std::string_view url);

/// Visible ASCII without spaces, at most limits::kHostHeaderBytes; "" is one, too.
bool is_host_header(std::string_view text);

/// "1.0" or "1.1".
bool is_http_version(std::string_view text);

/// HEAD, GET, OPTIONS or TRACE in capitals: the methods that ask and do not change anything (RFC 9110 9.2.1). nullopt
/// for all others.
std::optional<std::string> safe_http_method(std::string_view text);

/// Why a request cannot be sent; nullopt when it can. A compiled policy holds no such request, a damaged one may.
std::optional<std::string> problem_of(const HttpRequest& request);

}  // namespace polc::value
