// Any bytes as a hive that is a target: its evidence is made or refused, whatever its keys and values hold.
#include <cstddef>
#include <cstdint>
#include <string>

#include "runtime/backends/hive/hive.hpp"
#include "runtime/formats/regf.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (size >= 512) {
    // A checksum is no obstacle to an attacker, and should be none here.
    const std::uint32_t sum = polc::formats::hive_checksum(bytes);
    for (unsigned i = 0; i < 4; ++i) bytes[508 + i] = static_cast<char>(sum >> (8 * i) & 0xFFU);
  }
  polc::base::DiagnosticSink sink;
  const auto evidence = polc::backends::hive_backend().collect(
      {.name = "hive", .bytes = bytes, .label = "HKLM\\SOFTWARE\\X"}, {}, sink);
  return evidence.has_value() == sink.has_errors() ? -1 : 0;
}
