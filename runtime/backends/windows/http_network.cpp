#include "runtime/backends/windows/http_network.hpp"

// After winsock2.h.
#include "runtime/backends/windows/text.hpp"
#include "runtime/backends/windows/tls_connection.hpp"

namespace polc::backends::windows {

http::Attempt<std::unique_ptr<http::Connection>> HttpNetwork::connect(const value::WebAddress& address,
                                                                      http::Instant deadline) {
  if (winsock_.error() != 0)
    return tl::unexpected<value::Unknown>(
        failure("WSAStartup", static_cast<std::uint32_t>(winsock_.error())));
  auto tcp = TcpConnection::open(address.host, address.port, deadline);
  if (!tcp) return tl::unexpected<value::Unknown>(tcp.error());
  if (!address.tls) return std::move(*tcp);
  // Certificates of a server seldom name "localhost", and no other machine can stand at a loopback address.
  const Trust trust = (*tcp)->is_loopback() ? Trust::NotAsked : Trust::Required;
  return TlsConnection::open(std::move(*tcp), address.host, trust);
}

}  // namespace polc::backends::windows
