#include <winsock2.h>
// Before windows.h, which would bring the older sockets.
#include <fmt/format.h>
#include <iphlpapi.h>
#include <ws2tcpip.h>

#include "runtime/backends/windows/host_parts.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

constexpr ULONG kFlags =
    GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER | GAA_FLAG_SKIP_FRIENDLY_NAME;
constexpr ULONG kFirstBytes = 16U << 10U;
constexpr ULONG kMostBytes = 16U << 20U;

std::string text_of(const SOCKADDR& address) {
  char text[INET6_ADDRSTRLEN] = "";
  const void* bytes = nullptr;
  if (address.sa_family == AF_INET) bytes = &reinterpret_cast<const sockaddr_in&>(address).sin_addr;
  if (address.sa_family == AF_INET6) bytes = &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
  if (bytes == nullptr || inet_ntop(address.sa_family, bytes, text, sizeof text) == nullptr) return {};
  return text;
}

}  // namespace

value::Reading<std::vector<std::string>> own_addresses(value::Evidence& evidence) {
  using Addresses = value::Reading<std::vector<std::string>>;
  std::vector<ULONG64> buffer;
  ULONG size = kFirstBytes;
  ULONG error = ERROR_BUFFER_OVERFLOW;
  IP_ADAPTER_ADDRESSES* first = nullptr;
  for (int i = 0; i < 4 && error == ERROR_BUFFER_OVERFLOW && size <= kMostBytes; ++i) {
    buffer.resize(size / sizeof(ULONG64) + 1);
    size = static_cast<ULONG>(buffer.size() * sizeof(ULONG64));
    first = reinterpret_cast<IP_ADAPTER_ADDRESSES*>(buffer.data());
    error = GetAdaptersAddresses(AF_UNSPEC, kFlags, nullptr, first, &size);
  }
  std::vector<std::string> addresses;
  const auto origin = add_origin(evidence, "addresses of the network adapters");
  if (error == ERROR_NO_DATA) return Addresses::of(std::move(addresses), origin);
  if (error != ERROR_SUCCESS) return Addresses::unreadable(failure("GetAdaptersAddresses", error), origin);
  for (const auto* adapter = first; adapter != nullptr; adapter = adapter->Next) {
    if (adapter->OperStatus != IfOperStatusUp || adapter->IfType == IF_TYPE_SOFTWARE_LOOPBACK) continue;
    for (const auto* own = adapter->FirstUnicastAddress; own != nullptr; own = own->Next) {
      const std::string text = text_of(*own->Address.lpSockaddr);
      if (!text.empty()) addresses.push_back(fmt::format("{}/{}", text, own->OnLinkPrefixLength));
    }
  }
  return Addresses::of(std::move(addresses), origin);
}

}  // namespace polc::backends::windows
