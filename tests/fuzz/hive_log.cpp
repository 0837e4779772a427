// Any bytes as a dirty hive (the first half) and its log (the second): what comes out is a hive that opens, or whose
// bins are refused one by one, and is no longer than both together.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "runtime/formats/regf.hpp"
#include "runtime/formats/regf_log.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view hive = bytes.substr(0, size / 2);
  const auto whole = polc::formats::replay_hive_logs(hive, {bytes.substr(size / 2)});
  if (!whole) return 0;
  if (whole->size() > size + 4096) std::abort();
  if (!polc::formats::Hive::open(*whole)) std::abort();
  return 0;
}
