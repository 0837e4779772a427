// The fuzz target's promises hold for its corpus in every build, with or without a fuzzer.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/unit/catch.hpp"
#include "tests/unit/grammar/support.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

TEST_CASE("the fuzz corpus keeps the promises of the tree") {
  const std::string folder = "tests/fuzz/corpus/policy_text";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(POLC_SOURCE_DIR) + "/" + folder)) {
    const std::string text = polc::grammar::test::read_file(folder + "/" + entry.path().filename().string());
    const std::string bytes = text + text;
    CHECK(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()) == 0);
    CHECK(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()) == 0);
    ++files;
  }
  CHECK(files >= 10);
}
