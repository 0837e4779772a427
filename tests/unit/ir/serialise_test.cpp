#include "runtime/ir/serialise.hpp"

#include <string>

#include "runtime/base/limits.hpp"
#include "runtime/ir/verify.hpp"
#include "tests/support/sample_program.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;

namespace {

std::uint16_t error_code(std::string_view bytes) {
  const auto result = ir::deserialise(bytes, "p.polc");
  return result ? std::uint16_t{0} : result.error().code;
}

}  // namespace

TEST_CASE("a program survives the round trip byte for byte") {
  const ir::Program program = test::sample_program();
  const std::string bytes = ir::serialise(program);
  const auto again = ir::deserialise(bytes, "p.polc");
  REQUIRE(again);
  CHECK(ir::serialise(*again) == bytes);
  CHECK(again->texts == program.texts);
  CHECK(again->constants == program.constants);
  CHECK(again->addresses == program.addresses);
  CHECK(again->ranges == program.ranges);
  CHECK(again->defaults == program.defaults);
  CHECK(again->expansions == program.expansions);
  CHECK(again->controls[0].manual->within == 7'776'000U);
  CHECK(again->waivers[0].from == value::Date{20000});
  CHECK(again->waivers[0].controls == program.waivers[0].controls);
  CHECK(again->parameters[0].sources.size() == 2);
  CHECK(again->profile.loosened[0].because == program.profile.loosened[0].because);
  CHECK(again->settings[0].elements[0].min == value::Integer::of(0));
  CHECK(again->policy.evidence_max_age == 86400U);
  CHECK(again->policy.allow_network);
}

TEST_CASE("the same program gives the same bytes") {
  CHECK(ir::serialise(test::sample_program()) == ir::serialise(test::sample_program()));
}

TEST_CASE("what is no program says so") {
  CHECK(error_code("") == 3000);
  CHECK(error_code("POL") == 3000);
  CHECK(error_code("policy \"x\" {}") == 3000);
}

TEST_CASE("another format version is named") {
  std::string bytes = ir::serialise(test::sample_program());
  bytes[4] = 9;
  const auto result = ir::deserialise(bytes, "p.polc");
  REQUIRE_FALSE(result);
  CHECK(result.error().code == 3001);
  CHECK(base::message_of(result.error()) == "p.polc has program format 9, this polc reads format 3");
}

TEST_CASE("every shortened file is refused") {
  const std::string bytes = ir::serialise(test::sample_program());
  for (std::size_t length = 4; length < bytes.size(); ++length) {
    CAPTURE(length);
    CHECK(error_code(std::string_view(bytes).substr(0, length)) == 3002);
  }
}

TEST_CASE("every flipped byte is found") {
  const std::string bytes = ir::serialise(test::sample_program());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
    CAPTURE(i);
    CHECK(error_code(damaged) != 0);
  }
}

TEST_CASE("trailing bytes are damage") {
  CHECK(error_code(ir::serialise(test::sample_program()) + "x") == 3003);
}

TEST_CASE("a program file may have so many bytes and no more") {
  std::string large(limits::kProgramBytes + 1, '\0');
  CHECK(error_code(large) == 3004);
  large.pop_back();
  CHECK(error_code(large) == 3000);
}
