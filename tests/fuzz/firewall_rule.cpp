// Any bytes as a firewall rule in its registry form: read or refused; a rule that was read has a direction, and its
// places of error lie inside the text.
#include "runtime/formats/firewall_rule.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = polc::formats::parse_firewall_rule(text);
  if (parsed && parsed->protocol && *parsed->protocol > 255) std::abort();
  if (!parsed && parsed.error().offset > text.size()) std::abort();
  return 0;
}
