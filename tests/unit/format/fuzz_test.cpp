// The fuzz target's promises hold for its corpus in every build, with or without a fuzzer.
#include <cstddef>
#include <cstdint>

#include "tests/unit/catch.hpp"
#include "tests/unit/format/support.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

TEST_CASE("the fuzz corpus keeps the promises of the formatter") {
  std::size_t files = 0;
  for (const auto& [name, text] : polc::authoring::test::policy_files()) {
    if (!name.starts_with("tests/fuzz/corpus/")) continue;
    INFO(name);
    CHECK(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()) == 0);
    ++files;
  }
  CHECK(files >= 15);
}
