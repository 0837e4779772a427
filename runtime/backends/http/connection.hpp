// What an HTTP request is sent over: a stream of bytes to one server, and the network that opens one. Tests bring their
// own; the real ones are in runtime/backends/windows.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "runtime/value/fact.hpp"
#include "runtime/value/http_request.hpp"

namespace polc::backends::http {

using Instant = std::chrono::steady_clock::time_point;

/// What was asked for, or why it could not be had: timed out, refused, not understood.
template <class T>
using Attempt = tl::expected<T, value::Unknown>;

inline tl::unexpected<value::Unknown> no_attempt(value::UnknownReason reason, std::string detail) {
  return tl::unexpected<value::Unknown>(value::Unknown{reason, {}, std::move(detail)});
}

/// An open connection. It was given a deadline when it was opened, and no call takes longer than until then.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Sends all of the bytes; nullopt when they are on their way, else why not.
  virtual std::optional<value::Unknown> send(std::string_view bytes) = 0;

  /// The next bytes of the server, from 1 to `most`; "" when it sends no more.
  virtual Attempt<std::string> receive(std::size_t most) = 0;

  /// Who is at the other end, for the evidence: "127.0.0.1 port 443, TLS 1.2, certificate not verified (loopback)".
  virtual std::string description() const = 0;
};

class Network {
 public:
  virtual ~Network() = default;

  virtual Instant now() = 0;

  /// Resolves the name, connects, and agrees on TLS where the address says so, all before the deadline. A certificate
  /// must be trusted and be of the address's host, unless the server is reached at a loopback address.
  virtual Attempt<std::unique_ptr<Connection>> connect(const value::WebAddress& address,
                                                       Instant deadline) = 0;
};

}  // namespace polc::backends::http
