#include "runtime/backends/windows/tcp_connection.hpp"

// After winsock2.h.
#include <fmt/format.h>
#include <ws2tcpip.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <vector>

#include "runtime/backends/windows/conversions.hpp"
#include "runtime/os/windows/wide_text.hpp"

namespace polc::backends::windows {
namespace {

using http::Attempt;
using http::Instant;
using http::no_attempt;
using value::Unknown;
using value::UnknownReason;

enum class Ready : std::uint8_t { Read, Write };

/// Of select(): never negative.
timeval time_until(Instant deadline) {
  using std::chrono::microseconds;
  const auto left = std::chrono::duration_cast<microseconds>(deadline - std::chrono::steady_clock::now());
  const auto count = std::max<microseconds::rep>(left.count(), 0);
  return {static_cast<long>(count / 1'000'000), static_cast<long>(count % 1'000'000)};
}

/// 0 when the socket is ready, WSAETIMEDOUT from the deadline on, else the error.
int wait_for(SOCKET socket, Ready what, Instant deadline) {
  // select() would find a socket ready whose server sends without end.
  if (std::chrono::steady_clock::now() >= deadline) return WSAETIMEDOUT;
  fd_set wanted, failed;
  FD_ZERO(&wanted);
  FD_ZERO(&failed);
  FD_SET(socket, &wanted);
  FD_SET(socket, &failed);
  timeval time = time_until(deadline);
  fd_set* read = what == Ready::Read ? &wanted : nullptr;
  fd_set* write = what == Ready::Write ? &wanted : nullptr;
  const int ready = select(0, read, write, &failed, &time);
  if (ready == SOCKET_ERROR) return WSAGetLastError();
  return ready == 0 ? WSAETIMEDOUT : 0;
}

Unknown failure_of(std::string_view what, int error) {
  switch (error) {
    case WSAETIMEDOUT:
      return {UnknownReason::TimedOut, {}, fmt::format("{} took too long", what)};
    case WSAECONNREFUSED:
      return {UnknownReason::NotCollected, {}, fmt::format("{} was refused: nobody listens there", what)};
    case WSAECONNRESET:
    case WSAECONNABORTED:
      return {UnknownReason::NotCollected, {}, fmt::format("{}: the server broke the connection", what)};
    case WSAENETUNREACH:
    case WSAEHOSTUNREACH:
      return {UnknownReason::NotCollected, {}, fmt::format("{}: there is no way to that address", what)};
    case WSAEACCES:
      return {UnknownReason::AccessDenied, {}, fmt::format("{} was denied, perhaps by a firewall", what)};
    default:
      return {UnknownReason::NotCollected, {}, fmt::format("{} failed with {}", what, error)};
  }
}

/// One address of a server.
struct Peer {
  sockaddr_storage address{};
  int size = 0;
  std::string text;  ///< "127.0.0.1 port 80"
  bool loopback = false;
};

Peer peer_of(const sockaddr& address, std::size_t size) {
  Peer peer;
  std::memcpy(&peer.address, &address, size);
  peer.size = static_cast<int>(size);
  std::string host;
  std::uint16_t port = 0;
  if (address.sa_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(peer.address);
    host = ipv6_text(v6.sin6_addr.s6_addr);
    port = ntohs(v6.sin6_port);
    peer.loopback = IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
  } else {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(peer.address);
    host = ipv4_text(v4.sin_addr.s_addr);
    port = ntohs(v4.sin_port);
    peer.loopback = host.starts_with("127.");
  }
  peer.text = fmt::format("{} port {}", host, port);
  return peer;
}

Attempt<std::vector<Peer>> resolve(const std::string& host, std::uint16_t port, Instant deadline) {
  const auto name = os::wide_text(host);
  if (!name) return no_attempt(UnknownReason::Unsupported, "the host is no name");
  const std::wstring service = std::to_wstring(port);
  ADDRINFOEXW hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_protocol = IPPROTO_TCP;
  ADDRINFOEXW* found = nullptr;
  timeval time = time_until(deadline);
  const int error = GetAddrInfoExW(name->c_str(), service.c_str(), NS_DNS, nullptr, &hints, &found, &time,
                                   nullptr, nullptr, nullptr);
  if (error == WSA_E_CANCELLED || error == WSAETIMEDOUT)
    return tl::unexpected<Unknown>(failure_of("resolving " + host, WSAETIMEDOUT));
  if (error != 0)
    return no_attempt(UnknownReason::NotCollected,
                      fmt::format("the name {} could not be resolved ({})", host, error));
  std::vector<Peer> peers;
  // mingw-w64 declares the next one as of another type.
  const auto next_of = [](const ADDRINFOEXW* one) {
    return reinterpret_cast<const ADDRINFOEXW*>(one->ai_next);
  };
  for (const ADDRINFOEXW* one = found; one != nullptr; one = next_of(one)) {
    const bool known = one->ai_family == AF_INET || one->ai_family == AF_INET6;
    if (!known || one->ai_addrlen > sizeof(sockaddr_storage)) continue;
    Peer peer = peer_of(*one->ai_addr, one->ai_addrlen);
    const bool seen =
        std::any_of(peers.begin(), peers.end(), [&](const Peer& p) { return p.text == peer.text; });
    if (!seen) peers.push_back(std::move(peer));
  }
  FreeAddrInfoExW(found);
  return peers;
}

/// 0 when it is connected, else why not.
int connect_before(SOCKET socket, const Peer& peer, Instant deadline) {
  u_long on = 1;
  if (ioctlsocket(socket, FIONBIO, &on) != 0) return WSAGetLastError();
  if (connect(socket, reinterpret_cast<const sockaddr*>(&peer.address), peer.size) == 0) return 0;
  const int error = WSAGetLastError();
  if (error != WSAEWOULDBLOCK) return error;
  if (const int waited = wait_for(socket, Ready::Write, deadline); waited != 0) return waited;
  int result = 0;
  int size = sizeof result;
  if (getsockopt(socket, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&result), &size) != 0)
    return WSAGetLastError();
  return result;
}

int length(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
}

}  // namespace

Winsock::Winsock() {
  WSADATA data;
  error_ = WSAStartup(MAKEWORD(2, 2), &data);
}

Winsock::~Winsock() {
  if (error_ == 0) WSACleanup();
}

Socket::~Socket() {
  if (*this) closesocket(socket_);
}

Attempt<std::unique_ptr<TcpConnection>> TcpConnection::open(const std::string& host, std::uint16_t port,
                                                            Instant deadline) {
  const auto peers = resolve(host, port, deadline);
  if (!peers) return tl::unexpected<Unknown>(peers.error());
  Unknown why{UnknownReason::NotCollected, {}, fmt::format("the name {} has no address", host)};
  for (std::size_t i = 0; i < peers->size(); ++i) {
    const Peer& peer = (*peers)[i];
    const Instant now = std::chrono::steady_clock::now();
    const auto share = (deadline - now) / static_cast<int>(peers->size() - i);
    Socket socket(::socket(peer.address.ss_family, SOCK_STREAM, IPPROTO_TCP));
    const int error = socket ? connect_before(socket.get(), peer, now + share) : WSAGetLastError();
    if (error == 0) {
      return std::unique_ptr<TcpConnection>(
          new TcpConnection(std::move(socket), peer.text, peer.loopback, deadline));
    }
    why = failure_of("connecting to " + peer.text, error);
  }
  return tl::unexpected<Unknown>(std::move(why));
}

std::optional<Unknown> TcpConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const int sent = ::send(socket_.get(), bytes.data(), length(bytes.size()), 0);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    int error = WSAGetLastError();
    if (error == WSAEWOULDBLOCK) error = wait_for(socket_.get(), Ready::Write, deadline_);
    if (error != 0) return failure_of("sending to " + peer_, error);
  }
  return std::nullopt;
}

Attempt<std::string> TcpConnection::receive(std::size_t most) {
  std::string bytes(most, '\0');
  for (;;) {
    int error = wait_for(socket_.get(), Ready::Read, deadline_);
    const int received = error == 0 ? recv(socket_.get(), bytes.data(), length(most), 0) : 0;
    if (error == 0 && received == SOCKET_ERROR) error = WSAGetLastError();
    if (error == WSAEWOULDBLOCK) continue;
    if (error != 0) return tl::unexpected<Unknown>(failure_of("the answer of " + peer_, error));
    bytes.resize(static_cast<std::size_t>(received));
    return bytes;
  }
}

}  // namespace polc::backends::windows
