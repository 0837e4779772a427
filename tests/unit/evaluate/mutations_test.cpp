// Program files with every byte changed in turn: a clean error, or a program that runs without harm.
#include "runtime/ir/checksum.hpp"
#include "runtime/ir/serialise.hpp"
#include "tests/support/odd_fact_table.hpp"
#include "tests/support/run_everything.hpp"
#include "tests/support/sample_program.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;

namespace {

/// A file whose checksum is right, whatever happened to its content.
std::string repaired(std::string bytes) {
  constexpr std::size_t kTrailer = 8;
  const std::size_t end = bytes.size() - kTrailer;
  const std::uint64_t sum = ir::checksum(std::string_view(bytes).substr(0, end));
  for (std::size_t i = 0; i < kTrailer; ++i) bytes[end + i] = static_cast<char>((sum >> (8 * i)) & 0xFFU);
  return bytes;
}

}  // namespace

TEST_CASE("a program runs over facts of every kind") {
  const ir::Program program = test::sample_program();
  for (std::uint32_t seed = 0; seed < 64; ++seed) {
    CAPTURE(seed);
    CHECK_NOTHROW(test::run_everything(program, test::OddFactTable(program, seed)));
  }
}

TEST_CASE("every changed byte of a program file is refused or harmless") {
  const std::string bytes = ir::serialise(test::sample_program());
  std::size_t accepted = 0;
  for (std::size_t i = 0; i + 8 < bytes.size(); ++i) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ change);
      const auto program = ir::deserialise(repaired(changed), "p.polc");
      if (!program) continue;
      ++accepted;
      CAPTURE(i, change);
      CHECK_NOTHROW(
          test::run_everything(*program, test::OddFactTable(*program, static_cast<std::uint32_t>(i))));
    }
  }
  CHECK(accepted > 0);
}
