#include "runtime/ir/op_info.hpp"

#include "tests/unit/catch.hpp"

using namespace polc::ir;

TEST_CASE("the opposite of the opposite is the comparison itself") {
  for (int i = 0; i <= static_cast<int>(kLastComparison); ++i) {
    const auto comparison = static_cast<Comparison>(i);
    CAPTURE(comparison_text(comparison));
    CHECK(opposite(comparison) != comparison);
    CHECK(opposite(opposite(comparison)) == comparison);
  }
}

TEST_CASE("opposites") {
  CHECK(opposite(Comparison::Less) == Comparison::GreaterEqual);
  CHECK(opposite(Comparison::LessEqual) == Comparison::Greater);
  CHECK(opposite(Comparison::Equal) == Comparison::NotEqual);
  CHECK(opposite(Comparison::HasBits) == Comparison::NotHasBits);
}

TEST_CASE("truth and values are told apart") {
  CHECK_FALSE(is_boolean(Op::RegistryAs));
  CHECK(is_boolean(Op::True));
  CHECK(is_boolean(Op::Select));
  CHECK(is_atom(Op::IsResolved));
  CHECK_FALSE(is_atom(Op::And));
}
