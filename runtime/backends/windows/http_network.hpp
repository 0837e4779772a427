// The network that live HTTP requests go over: Winsock and SCHANNEL. Windows only.
#pragma once

#include "runtime/backends/http/connection.hpp"
#include "runtime/backends/windows/tcp_connection.hpp"

namespace polc::backends::windows {

class HttpNetwork final : public http::Network {
 public:
  http::Instant now() override { return std::chrono::steady_clock::now(); }
  http::Attempt<std::unique_ptr<http::Connection>> connect(const value::WebAddress& address,
                                                           http::Instant deadline) override;

 private:
  Winsock winsock_;
};

}  // namespace polc::backends::windows
