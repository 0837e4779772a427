// Sockets of this process, found and lost again.
// Before windows.h.
#include <winsock2.h>
// After winsock2.h.
#include <ws2tcpip.h>

#include <algorithm>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/processes.hpp"
#include "runtime/backends/windows/services.hpp"
#include "runtime/os/windows/wide_text.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using namespace polc::backends::windows;

namespace {

struct Winsock {
  Winsock() {
    WSADATA data;
    REQUIRE(WSAStartup(MAKEWORD(2, 2), &data) == 0);
  }
  ~Winsock() { WSACleanup(); }
};

/// A socket bound to a loopback address, listening when it is TCP.
class BoundSocket {
 public:
  BoundSocket(int family, int type) : socket_(socket(family, type, 0)) {
    REQUIRE(socket_ != INVALID_SOCKET);
    sockaddr_storage address{};
    address.ss_family = static_cast<ADDRESS_FAMILY>(family);
    int size = sizeof(sockaddr_in);
    if (family == AF_INET6) {
      reinterpret_cast<sockaddr_in6&>(address).sin6_addr.s6_addr[15] = 1;
      size = sizeof(sockaddr_in6);
    } else {
      reinterpret_cast<sockaddr_in&>(address).sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    }
    REQUIRE(bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    if (type == SOCK_STREAM) REQUIRE(listen(socket_, 1) == 0);
    REQUIRE(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(reinterpret_cast<sockaddr_in&>(address).sin_port);
  }
  ~BoundSocket() { closesocket(socket_); }
  BoundSocket(const BoundSocket&) = delete;
  BoundSocket& operator=(const BoundSocket&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  SOCKET socket_;
  std::uint16_t port_ = 0;
};

value::Evidence listeners() {
  value::Evidence evidence;
  PlanSlice slice;
  slice.add(value::EvidenceSection::Listeners);
  collect_listeners(evidence, &slice);
  return evidence;
}

const value::ListenerRow* find(const value::Section<value::ListenerRow>& section, std::uint16_t port) {
  const auto found = std::find_if(section.rows.begin(), section.rows.end(),
                                  [&](const auto& row) { return row.port.number == port; });
  return found == section.rows.end() ? nullptr : &*found;
}

std::string own_path() {
  std::wstring path(32768, L'\0');
  path.resize(GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size())));
  return os::utf8_text(path);
}

struct Case {
  int family;
  int type;
  const char* address;
};
constexpr Case kCases[] = {{AF_INET, SOCK_STREAM, "127.0.0.1"},
                           {AF_INET6, SOCK_STREAM, "::1"},
                           {AF_INET, SOCK_DGRAM, "127.0.0.1"},
                           {AF_INET6, SOCK_DGRAM, "::1"}};

/// The row is of this process. Wine finds owners in /proc, which a container may hide from it: then it tells none.
void check_owner(const value::Evidence& evidence, const value::ListenerRow& row, const std::string& place) {
  const std::string& note = evidence.origins[row.origin].note;
  if (note == place + "0") {
    CHECK(row.process.unknown.detail == "the system does not tell the owner of the socket");
    CHECK(row.service.status == value::FactStatus::Unknown);
    return;
  }
  CHECK(note == place + std::to_string(GetCurrentProcessId()));
  REQUIRE(row.process.present());
  CHECK(row.process.value == own_path());
  CHECK(row.service.status == value::FactStatus::Absent);
}

}  // namespace

TEST_CASE("a socket that is opened is found with its process, and is gone when it is closed") {
  const Winsock winsock;
  for (const Case& one : kCases) {
    CAPTURE(one.address, one.type);
    const bool tcp = one.type == SOCK_STREAM;
    const auto section_of = [&](const value::Evidence& evidence) -> const auto& {
      return tcp ? evidence.tcp_listeners : evidence.udp_listeners;
    };
    std::uint16_t port = 0;
    {
      const BoundSocket socket(one.family, one.type);
      port = socket.port();
      const value::Evidence evidence = listeners();
      CHECK(section_of(evidence).complete);
      const value::ListenerRow* row = find(section_of(evidence), port);
      REQUIRE(row != nullptr);
      CHECK(row->address == one.address);
      CHECK(row->port.protocol == (tcp ? value::Protocol::Tcp : value::Protocol::Udp));
      check_owner(evidence, *row,
                  std::string(tcp ? "TCP" : "UDP") + " socket " + one.address + " port " +
                      std::to_string(port) + " of process ");
    }
    const value::Evidence later = listeners();
    CHECK(section_of(later).complete);
    CHECK(find(section_of(later), port) == nullptr);
  }
}

TEST_CASE("a process is known by the path of its program and hosts no service unless it does") {
  Processes processes;
  const auto own = processes.program(GetCurrentProcessId(), 3);
  REQUIRE(own.present());
  CHECK(own.value == own_path());
  CHECK(own.origin == 3);
  CHECK(processes.service(GetCurrentProcessId(), 3).status == value::FactStatus::Absent);
}

TEST_CASE("the kernel is System, and no service") {
  Processes processes;
  CHECK(processes.program(4, 0).value == "System");
  CHECK(processes.service(4, 0).status == value::FactStatus::Absent);
}

TEST_CASE("a process that ended is unknown, with the number of the error") {
  Processes processes;
  const auto gone = processes.program(0x7FFFFFF0, 0);
  CHECK(gone.status == value::FactStatus::Unknown);
  CHECK(gone.unknown.detail == "OpenProcess failed with 87");
  CHECK(processes.service(0x7FFFFFF0, 0).status == value::FactStatus::Unknown);
}

TEST_CASE("a process that hosts a service is known by it") {
  Processes processes;
  const auto hosted = services_by_process();
  REQUIRE_FALSE(hosted.empty());
  for (const auto& [process, names] : hosted) {
    const auto service = processes.service(process, 0);
    CAPTURE(process);
    if (names.size() == 1) CHECK(service.value == os::utf8_text(names.front()));
    if (names.size() > 1) CHECK(service.status == value::FactStatus::Unknown);
  }
}

TEST_CASE("a TCP socket that connects and does not listen is no listener") {
  const Winsock winsock;
  const BoundSocket server(AF_INET, SOCK_STREAM);
  const SOCKET client = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(server.port());
  REQUIRE(connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  int size = sizeof address;
  REQUIRE(getsockname(client, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  const value::Evidence evidence = listeners();
  CHECK(find(evidence.tcp_listeners, server.port()) != nullptr);
  CHECK(find(evidence.tcp_listeners, ntohs(address.sin_port)) == nullptr);
  closesocket(client);
}
