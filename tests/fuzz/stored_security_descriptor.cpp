// Any bytes as a stored security descriptor: refused with a place, or text that the reader of such text takes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "runtime/formats/sddl.hpp"
#include "runtime/formats/security_descriptor.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto text = polc::formats::security_descriptor_text(bytes);
  if (text && !polc::formats::parse_sddl(*text)) std::abort();
  if (!text && text.error().offset > size) std::abort();
  return 0;
}
