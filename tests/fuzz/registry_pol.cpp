// Any bytes as a Registry.pol: read or refused; data of what was read lies inside the file.
#include "runtime/formats/registry_pol.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "runtime/formats/registry_data.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto parsed = polc::formats::parse_registry_pol(bytes);
  if (!parsed) {
    if (parsed.error().offset > size) std::abort();
    return 0;
  }
  for (const auto& entry : *parsed) {
    if (entry.offset + entry.data.size() > size) std::abort();
    const auto decoded = polc::formats::registry_data(entry.type, entry.data);
    if (!decoded && decoded.error().offset > entry.data.size()) std::abort();
  }
  return 0;
}
