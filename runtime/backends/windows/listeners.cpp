// Listening TCP sockets and bound UDP sockets with their owners, of both address families.
// Before windows.h.
#include <winsock2.h>
// After winsock2.h.
#include <ws2tcpip.h>
// After both.
#include <iphlpapi.h>

#include <cstring>
#include <vector>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/conversions.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/processes.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

using value::ListenerRow;
using value::Protocol;
using value::Section;

/// A table of the IP helper; empty, and the error, when it cannot be read.
template <class Query>
std::vector<BYTE> read_table(Query query, DWORD& error) {
  std::vector<BYTE> table;
  DWORD size = 0;
  error = read_growing(ERROR_INSUFFICIENT_BUFFER, [&] {
    table.resize(size);
    return query(table.empty() ? nullptr : table.data(), &size);
  });
  if (error != ERROR_SUCCESS) table.clear();
  return table;
}

struct Socket {
  std::uint16_t port = 0;
  std::string address;
  DWORD process_id = 0;
};

Socket socket_of(const MIB_TCPROW_OWNER_PID& row) {
  return {port_number(row.dwLocalPort), ipv4_text(row.dwLocalAddr), row.dwOwningPid};
}
Socket socket_of(const MIB_UDPROW_OWNER_PID& row) {
  return {port_number(row.dwLocalPort), ipv4_text(row.dwLocalAddr), row.dwOwningPid};
}
Socket socket_of(const MIB_TCP6ROW_OWNER_PID& row) {
  return {port_number(row.dwLocalPort), ipv6_text(row.ucLocalAddr), row.dwOwningPid};
}
Socket socket_of(const MIB_UDP6ROW_OWNER_PID& row) {
  return {port_number(row.dwLocalPort), ipv6_text(row.ucLocalAddr), row.dwOwningPid};
}

/// Adds the sockets of one protocol and family.
class ListenerReader {
 public:
  ListenerReader(value::Evidence& evidence, Processes& processes)
      : evidence_(evidence), processes_(processes) {}

  template <class Table>
  void read_tcp(ULONG family, std::string_view words) {
    read<Table>(
        [&](void* data, DWORD* size) {
          return GetExtendedTcpTable(data, size, FALSE, family, TCP_TABLE_OWNER_PID_LISTENER, 0);
        },
        "GetExtendedTcpTable", words, Protocol::Tcp, evidence_.tcp_listeners);
  }

  template <class Table>
  void read_udp(ULONG family, std::string_view words) {
    read<Table>(
        [&](void* data, DWORD* size) {
          return GetExtendedUdpTable(data, size, FALSE, family, UDP_TABLE_OWNER_PID, 0);
        },
        "GetExtendedUdpTable", words, Protocol::Udp, evidence_.udp_listeners);
  }

 private:
  template <class Table, class Query>
  void read(Query query, std::string_view call, std::string_view words, Protocol protocol,
            Section<ListenerRow>& section) {
    DWORD error = ERROR_SUCCESS;
    const std::vector<BYTE> bytes = read_table(query, error);
    if (bytes.empty())
      return leave_open(section, failure(std::string(call) + " for " + std::string(words), error));
    const auto* table = reinterpret_cast<const Table*>(bytes.data());
    for (DWORD i = 0; i < table->dwNumEntries; ++i) {
      if (!add(socket_of(table->table[i]), protocol, section)) return;
    }
  }

  bool add(const Socket& socket, Protocol protocol, Section<ListenerRow>& section) {
    ListenerRow row;
    row.port = {socket.port, protocol};
    row.address = socket.address;
    row.origin = add_origin(evidence_, (protocol == Protocol::Tcp ? "TCP socket " : "UDP socket ") +
                                           socket.address + " port " + std::to_string(socket.port) +
                                           " of process " + std::to_string(socket.process_id));
    row.process = processes_.program(socket.process_id, row.origin);
    row.service = processes_.service(socket.process_id, row.origin);
    return add_row(section, std::move(row));
  }

  value::Evidence& evidence_;
  Processes& processes_;
};

}  // namespace

std::uint16_t port_number(std::uint32_t table_port) {
  return static_cast<std::uint16_t>(((table_port & 0xFFU) << 8U) | ((table_port >> 8U) & 0xFFU));
}

std::string ipv4_text(std::uint32_t address) {
  std::uint8_t bytes[4];
  std::memcpy(bytes, &address, sizeof bytes);
  std::string text;
  for (const std::uint8_t byte : bytes) text += (text.empty() ? "" : ".") + std::to_string(byte);
  return text;
}

std::string ipv6_text(const std::uint8_t (&address)[16]) {
  char text[INET6_ADDRSTRLEN] = {};
  return InetNtopA(AF_INET6, address, text, sizeof text) == nullptr ? std::string() : std::string(text);
}

void collect_listeners(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::Listeners)) return;
  evidence.tcp_listeners.collected = evidence.udp_listeners.collected = true;
  evidence.tcp_listeners.origin = add_origin(evidence, "TCP sockets (GetExtendedTcpTable)");
  evidence.udp_listeners.origin = add_origin(evidence, "UDP sockets (GetExtendedUdpTable)");
  Processes processes;
  ListenerReader reader(evidence, processes);
  reader.read_tcp<MIB_TCPTABLE_OWNER_PID>(AF_INET, "IPv4");
  reader.read_tcp<MIB_TCP6TABLE_OWNER_PID>(AF_INET6, "IPv6");
  reader.read_udp<MIB_UDPTABLE_OWNER_PID>(AF_INET, "IPv4");
  reader.read_udp<MIB_UDP6TABLE_OWNER_PID>(AF_INET6, "IPv6");
  close(evidence.tcp_listeners);
  close(evidence.udp_listeners);
}

}  // namespace polc::backends::windows
