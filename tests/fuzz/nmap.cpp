// Port scans: whatever the bytes are, a scan that is read has valid ports, each once, in order.
#include "runtime/formats/nmap.hpp"

#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto scan = polc::formats::parse_nmap({reinterpret_cast<const char*>(data), size});
  if (!scan) return scan.error().what.empty() ? (std::abort(), 0) : 0;
  for (const auto& host : scan->hosts) {
    for (std::size_t i = 1; i < host.ports.size(); ++i) {
      if (!(host.ports[i - 1].port < host.ports[i].port)) std::abort();
    }
  }
  return 0;
}
