#include "runtime/backends/http/exchange.hpp"

#include <algorithm>

#include "runtime/base/limits.hpp"

namespace polc::backends::http {
namespace {

using formats::HttpHead;
using value::UnknownReason;

constexpr std::size_t kPiece = 4096;

/// Reads one head after the other from a connection.
class HeadSource {
 public:
  explicit HeadSource(Connection& connection) : connection_(connection) {}

  Attempt<HttpHead> next() {
    auto size = formats::http_head_size(bytes_);
    while (!size) {
      if (const auto why = receive()) return tl::unexpected<value::Unknown>(*why);
      size = formats::http_head_size(bytes_);
    }
    auto head = formats::parse_http_head(std::string_view(bytes_).substr(0, *size));
    if (!head) return no_attempt(UnknownReason::Corrupt, "the answer has " + head.error().what);
    bytes_.erase(0, *size);
    return std::move(*head);
  }

 private:
  std::optional<value::Unknown> receive() {
    const std::size_t left = limits::kHttpHeadBytes - received_;
    if (left == 0) {
      return value::Unknown{
          UnknownReason::Budget,
          {},
          "the answer's head is longer than " + std::to_string(limits::kHttpHeadBytes) + " bytes"};
    }
    const auto piece = connection_.receive(std::min(left, kPiece));
    if (!piece) return piece.error();
    if (piece->empty()) return closed();
    received_ += piece->size();
    bytes_ += *piece;
    if (formats::may_be_http(bytes_)) return std::nullopt;
    return value::Unknown{UnknownReason::Corrupt, {}, "what answers does not speak HTTP/1"};
  }

  value::Unknown closed() const {
    if (received_ == 0)
      return {UnknownReason::NotCollected, {}, "the server closed the connection without an answer"};
    return {
        UnknownReason::Corrupt, {}, "the server closed the connection in the middle of the answer's head"};
  }

  Connection& connection_;
  std::string bytes_;         ///< received and not yet used
  std::size_t received_ = 0;  ///< in all
};

}  // namespace

std::string request_text(const value::HttpRequest& request, const value::WebAddress& address) {
  std::string text = request.method + " " + address.target + " HTTP/" + request.version + "\r\n";
  const bool is_1_1 = request.version == "1.1";
  if (request.host) {
    text += request.host->empty() ? "Host:\r\n" : "Host: " + *request.host + "\r\n";
  } else if (is_1_1) {
    text += "Host: " + address.authority + "\r\n";
  }
  if (is_1_1) text += "Connection: close\r\n";
  return text + "\r\n";
}

Attempt<HttpHead> exchange(Connection& connection, const value::HttpRequest& request,
                           const value::WebAddress& address) {
  constexpr std::uint16_t kSwitchingProtocols = 101;
  constexpr std::uint16_t kFirstFinal = 200;
  if (const auto why = connection.send(request_text(request, address)))
    return tl::unexpected<value::Unknown>(*why);
  HeadSource source(connection);
  for (std::size_t i = 0; i <= limits::kHttpInterimAnswers; ++i) {
    auto head = source.next();
    if (!head || head->status >= kFirstFinal) return head;
    if (head->status == kSwitchingProtocols)
      return no_attempt(UnknownReason::Corrupt, "the answer switches to a protocol that nobody asked for");
  }
  return no_attempt(UnknownReason::Budget,
                    "more than " + std::to_string(limits::kHttpInterimAnswers) + " interim answers");
}

}  // namespace polc::backends::http
