// Any bytes as a program file: refused, or a program that evaluates, explains and plans without harm, and whose
// own bytes read back. The checksum is repaired first, or no mutation would get past it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "runtime/ir/checksum.hpp"
#include "runtime/ir/serialise.hpp"
#include "tests/support/odd_fact_table.hpp"
#include "tests/support/run_everything.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace polc;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  constexpr std::size_t kTrailer = 8;
  if (bytes.size() > kTrailer) {
    const std::size_t end = bytes.size() - kTrailer;
    const std::uint64_t sum = ir::checksum(std::string_view(bytes).substr(0, end));
    for (std::size_t i = 0; i < kTrailer; ++i) bytes[end + i] = static_cast<char>((sum >> (8 * i)) & 0xFFU);
  }
  const auto program = ir::deserialise(bytes, "fuzz.polc");
  if (!program) return 0;
  test::run_everything(*program, test::OddFactTable(*program, static_cast<std::uint32_t>(size)));
  if (!ir::deserialise(ir::serialise(*program), "again.polc")) std::abort();
  return 0;
}
