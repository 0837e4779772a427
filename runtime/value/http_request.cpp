#include "runtime/value/http_request.hpp"

#include <algorithm>
#include <array>

#include "runtime/base/casefold.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/addresses.hpp"

namespace polc::value {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_';
}

/// What stands before the port, and the text behind its colon, if there is one.
struct HostAndPort {
  std::string_view host;
  std::optional<std::string_view> port;
};

HostAndPort split(std::string_view authority) {
  const std::size_t from = authority.starts_with('[') ? authority.find(']') : 0;
  const std::size_t colon = authority.find(':', from == std::string_view::npos ? 0 : from);
  if (colon == std::string_view::npos) return {authority, std::nullopt};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

std::optional<std::uint16_t> port_of(std::string_view text) {
  constexpr std::size_t kDigits = 5;
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  const auto number = digits && text.size() <= kDigits ? Integer::parse(text) : std::nullopt;
  if (!number || *number < Integer::of(1) || Integer::of(65535) < *number) return std::nullopt;
  return static_cast<std::uint16_t>(number->as_unsigned().value_or(0));
}

/// "::1" of "[::1]", and names as they are; nullopt for what is neither.
std::optional<std::string_view> host_of(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) {
    const std::string_view literal = text.substr(1, text.size() - 2);
    const bool plain = literal.find_first_of("/-%") == std::string_view::npos;
    const auto address = plain ? parse_addresses(literal) : std::nullopt;
    const bool v6 = address && address->ranges.size() == 1 && address->ranges.front().v6;
    return v6 ? std::optional(literal) : std::nullopt;
  }
  const bool named = !text.empty() && std::all_of(text.begin(), text.end(), is_name_character);
  return named ? std::optional(text) : std::nullopt;
}

}  // namespace

HttpRequest http_request(const std::string& url, const std::string* host, const std::string* version,
                         const std::string* method) {
  HttpRequest request;
  request.url = url;
  if (host != nullptr) request.host = *host;
  if (version != nullptr) request.version = *version;
  if (method != nullptr) request.method = safe_http_method(*method).value_or(*method);
  return request;
}

tl::expected<WebAddress, std::string> parse_web_address(std::string_view url) {
  const auto refuse = [](std::string why) { return tl::unexpected<std::string>(std::move(why)); };
  if (!base::is_web_uri(url)) return refuse("it is not an http or https URL");
  if (url.size() > limits::kUrlBytes)
    return refuse("it is longer than " + std::to_string(limits::kUrlBytes) + " bytes");
  if (url.find('#') != std::string_view::npos)
    return refuse("it has a fragment, which a request does not carry");
  WebAddress address;
  address.tls = url.starts_with("https:");
  const std::string_view rest = url.substr(url.find("://") + 3);
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  address.authority = rest.substr(0, end);
  address.target = rest.substr(end);
  if (!address.target.starts_with('/')) address.target.insert(0, "/");
  if (address.authority.find('@') != std::string::npos) return refuse("it has a user name");
  const HostAndPort parts = split(address.authority);
  const auto host = host_of(parts.host);
  if (!host) return refuse("its host is neither a name nor an IP address");
  address.host = *host;
  const auto port = parts.port ? port_of(*parts.port) : (address.tls ? kHttpsPort : kHttpPort);
  if (!port) return refuse("its port is not a number from 1 to 65535");
  address.port = *port;
  return address;
}

bool is_host_header(std::string_view text) {
  return text.size() <= limits::kHostHeaderBytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

bool is_http_version(std::string_view text) {
  return text == "1.0" || text == "1.1";
}

std::optional<std::string> safe_http_method(std::string_view text) {
  constexpr std::array<std::string_view, 4> kSafe{"HEAD", "GET", "OPTIONS", "TRACE"};
  const auto found = std::find_if(kSafe.begin(), kSafe.end(),
                                  [&](std::string_view method) { return base::equal_folded(method, text); });
  return found == kSafe.end() ? std::nullopt : std::optional(std::string(*found));
}

std::optional<std::string> problem_of(const HttpRequest& request) {
  if (const auto address = parse_web_address(request.url); !address) return "the URL: " + address.error();
  if (request.host && !is_host_header(*request.host)) return "the host header is no visible ASCII";
  if (!is_http_version(request.version)) return "the version is neither 1.0 nor 1.1";
  if (safe_http_method(request.method) != request.method)
    return "the method is not HEAD, GET, OPTIONS or TRACE";
  return std::nullopt;
}

}  // namespace polc::value
