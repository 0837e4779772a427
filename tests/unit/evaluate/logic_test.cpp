// Strong Kleene logic (docs/language.md §7).
#include "tests/unit/evaluate/world.hpp"

using namespace polc;
using test::World;
using value::Truth;

namespace {

constexpr Truth T = Truth::True;
constexpr Truth F = Truth::False;
constexpr Truth U = Truth::Unknown;

struct Row {
  Truth left, right, both, either;
};

}  // namespace

TEST_CASE("and, or") {
  const auto row = GENERATE(values<Row>({
      {T, T, T, T},
      {T, F, F, T},
      {T, U, U, T},
      {F, T, F, T},
      {F, F, F, F},
      {F, U, F, U},
      {U, T, U, T},
      {U, F, F, U},
      {U, U, U, U},
  }));
  CAPTURE(row.left, row.right);
  World world;
  const ir::NodeId left = world.atom(row.left);
  const ir::NodeId right = world.atom(row.right);
  CHECK(world.truth(world.truth_node(ir::Op::And, {left, right})) == row.both);
  CHECK(world.truth(world.truth_node(ir::Op::Or, {left, right})) == row.either);
}

TEST_CASE("constants") {
  World world;
  CHECK(world.truth(world.truth_node(ir::Op::True, {})) == T);
  CHECK(world.truth(world.truth_node(ir::Op::False, {})) == F);
}

TEST_CASE("an unknown carries the reasons of everything that made it so, and only those") {
  World world;
  const ir::NodeId denied =
      world.compare(ir::Comparison::Equal, world.registry("A", test::unknown()), world.integer(1));
  const ir::NodeId stale =
      world.compare(ir::Comparison::Equal, world.registry("B", test::unknown(value::UnknownReason::Stale)),
                    world.integer(1));
  const ir::NodeId settled = world.truth_node(ir::Op::Or, {stale, world.atom(T)});
  world.control("C", {world.truth_node(ir::Op::And, {settled, denied})});
  const auto result = world.result();
  REQUIRE(result.unknowns.size() == 1);
  CHECK(result.unknowns[0].reason == value::UnknownReason::AccessDenied);
  CHECK(result.unknowns[0].address == "registry('HKLM\\SOFTWARE\\Test', 'A')");
}

TEST_CASE("reasons are sorted and not repeated") {
  World world;
  const ir::NodeId b =
      world.compare(ir::Comparison::Equal, world.registry("B", test::unknown()), world.integer(1));
  const ir::NodeId a =
      world.compare(ir::Comparison::Equal, world.registry("A", test::unknown()), world.integer(1));
  world.control("C", {b, a, b});
  const auto result = world.result();
  REQUIRE(result.unknowns.size() == 2);
  CHECK(result.unknowns[0].address < result.unknowns[1].address);
}

TEST_CASE("a choice by role takes the branch of the role") {
  const value::Type role = value::enumeration_type(value::enumeration_index("host_role"));
  const auto with_role = [&](value::Fact fact) {
    World world;
    const auto& host = value::resource_info(value::ResourceKind::Host);
    const ir::NodeId subject = world.fact_node(
        {value::ResourceKind::Host, *value::find_attribute(host, "role"), {}}, role, std::move(fact));
    const ir::NodeId dc = world.constant(value::Value(value::Symbol{"dc"}), role);
    const ir::NodeId member = world.constant(value::Value(value::Symbol{"member"}), role);
    return world.truth(world.truth_node(ir::Op::Select, {subject, dc, world.atom(F), member, world.atom(T)}));
  };
  CHECK(with_role(value::Fact::present(value::Value(value::Symbol{"dc"}))) == F);
  CHECK(with_role(value::Fact::present(value::Value(value::Symbol{"member"}))) == T);
  CHECK(with_role(test::unknown()) == U);
}
