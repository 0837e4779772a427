// Any bytes as a security descriptor: read or refused, and what was read is within its bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "runtime/base/limits.hpp"
#include "runtime/formats/sddl.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = polc::formats::parse_sddl(text);
  if (parsed && parsed->entries.size() > polc::limits::kSddlEntries) std::abort();
  if (!parsed && parsed.error().offset > text.size()) std::abort();
  return 0;
}
