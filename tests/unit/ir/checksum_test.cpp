#include "runtime/ir/checksum.hpp"

#include "tests/unit/catch.hpp"

using polc::ir::checksum;

TEST_CASE("checksum is XXH64 with seed 0") {
  CHECK(checksum("") == 0xEF46DB3751D8E999U);
  CHECK(checksum("a") == 0xD24EC4F1A98C6E5BU);
  CHECK(checksum("abc") == 0x44BC2CF5AD770999U);
  CHECK(checksum("Nobody inspects the spammish repetition") == 0xFBCEA83C8A378BF1U);
}
