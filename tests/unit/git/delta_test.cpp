#include "runtime/git/delta.hpp"

#include "tests/support/git_builder.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using polc::test::DeltaBuilder;

namespace {

git::Result<std::string> applied(const std::string& base, const DeltaBuilder& delta,
                                 std::size_t bound = 1000) {
  return git::apply_delta(base, delta.text(), bound);
}

}  // namespace

TEST_CASE("a delta copies pieces of its base and inserts new bytes") {
  CHECK(applied("hello world", DeltaBuilder(11, 13).copy(6, 5).insert(", ").copy(0, 6)).value() ==
        "world, hello ");
  CHECK(applied("", DeltaBuilder(0, 0)).value().empty());
}

TEST_CASE("a copy of size 0 is one of 65536 bytes") {
  const std::string base(70'000, 'x');
  const auto result = applied(base, DeltaBuilder(base.size(), 65'536).raw("\x80"), 65'536);
  REQUIRE(result);
  CHECK(result->size() == 65'536);
}

TEST_CASE("a delta that does not fit is refused") {
  const std::string base = "0123456789";
  const auto problem = [&](const DeltaBuilder& delta) {
    const auto result = applied(base, delta);
    return result ? std::optional<git::Problem>() : result.error().problem;
  };
  CHECK(problem(DeltaBuilder(9, 1).copy(0, 1)) == git::Problem::Damaged);  // another base
  CHECK(problem(DeltaBuilder(11, 1).copy(0, 1)) == git::Problem::Damaged);
  CHECK(problem(DeltaBuilder(10, 2).copy(9, 2)) == git::Problem::Damaged);  // behind its end
  CHECK(problem(DeltaBuilder(10, 1).copy(10, 1)) == git::Problem::Damaged);
  CHECK(problem(DeltaBuilder(10, 1).copy(0xFFFFFFFF, 1)) == git::Problem::Damaged);
  CHECK(problem(DeltaBuilder(10, 2).copy(0, 1)) == git::Problem::Damaged);  // less than it says
  CHECK(problem(DeltaBuilder(10, 1).copy(0, 2)) == git::Problem::Damaged);  // more
  CHECK(problem(DeltaBuilder(10, 1).insert("ab")) == git::Problem::Damaged);
  CHECK(problem(DeltaBuilder(10, 1).raw({"\0", 1})) == git::Problem::Damaged);  // no such instruction
  CHECK(problem(DeltaBuilder(10, 5).raw("\x05"
                                        "ab")) == git::Problem::Damaged);  // cut off
  CHECK(problem(DeltaBuilder(10, 1).raw("\x91")) == git::Problem::Damaged);
  CHECK_FALSE(git::apply_delta(base, "", 10));
  CHECK_FALSE(git::apply_delta(base, "\x0A", 10));
  CHECK_FALSE(git::apply_delta(base, std::string(20, '\xFF'), 10));
}

TEST_CASE("the result is bounded before memory is taken") {
  CHECK(applied("x", DeltaBuilder(1, 4).insert("abcd"), 4).value() == "abcd");
  CHECK(applied("x", DeltaBuilder(1, 5).insert("abcde"), 4).error().problem == git::Problem::TooLarge);
  CHECK(applied("x", DeltaBuilder(1, std::uint64_t{1} << 60U), 4).error().problem == git::Problem::TooLarge);
}
