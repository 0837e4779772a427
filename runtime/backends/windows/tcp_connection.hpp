// A TCP connection with a deadline. Windows only.
#pragma once

#include <winsock2.h>
// After winsock2.h.
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "runtime/backends/http/connection.hpp"

namespace polc::backends::windows {

/// Winsock, for as long as it lives.
class Winsock {
 public:
  Winsock();
  ~Winsock();
  Winsock(const Winsock&) = delete;
  Winsock& operator=(const Winsock&) = delete;

  /// 0, or why there are no sockets.
  int error() const { return error_; }

 private:
  int error_;
};

/// Owner of a socket.
class Socket {
 public:
  Socket() = default;
  explicit Socket(SOCKET socket) : socket_(socket) {}
  ~Socket();
  Socket(Socket&& other) noexcept : socket_(std::exchange(other.socket_, INVALID_SOCKET)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(socket_, other.socket_);
    return *this;
  }

  explicit operator bool() const { return socket_ != INVALID_SOCKET; }
  SOCKET get() const { return socket_; }

 private:
  SOCKET socket_ = INVALID_SOCKET;
};

class TcpConnection final : public http::Connection {
 public:
  /// Resolves the name and tries its addresses in order, each with its share of the time that is left. Of several
  /// failures the last is told.
  static http::Attempt<std::unique_ptr<TcpConnection>> open(const std::string& host, std::uint16_t port,
                                                            http::Instant deadline);

  std::optional<value::Unknown> send(std::string_view bytes) override;
  http::Attempt<std::string> receive(std::size_t most) override;
  std::string description() const override { return peer_; }

  /// The server is this machine: 127.0.0.0/8 or ::1.
  bool is_loopback() const { return loopback_; }

 private:
  TcpConnection(Socket socket, std::string peer, bool loopback, http::Instant deadline)
      : socket_(std::move(socket)), peer_(std::move(peer)), loopback_(loopback), deadline_(deadline) {}

  Socket socket_;  ///< does not block
  std::string peer_;
  bool loopback_;
  http::Instant deadline_;
};

}  // namespace polc::backends::windows
