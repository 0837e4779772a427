// Value operations: arithmetic, sets, maps, text, registry data; and what several facts make of them.
#include "runtime/base/limits.hpp"
#include "tests/unit/evaluate/world.hpp"

using namespace polc;
using ir::Comparison;
using ir::Op;
using test::World;
using value::Fact;
using value::Truth;
using value::TypeKind;
using value::Value;

namespace {

constexpr Truth T = Truth::True;
constexpr Truth F = Truth::False;
constexpr Truth U = Truth::Unknown;

Value big() {
  return Value(value::Number::exactly(value::Integer::of_unsigned(UINT64_MAX)));
}

Value sz(const char* text) {
  return Value(value::RegistryData{value::RegistryType::Sz, 0, std::string(text)});
}

}  // namespace

TEST_CASE("an operator over two facts: mistyped, unknown, absent, value") {
  struct Row {
    const char* what;
    Fact left, right;
    Truth passing_on_absence;
  };
  const auto row = GENERATE(values<Row>({
      {"values", Fact::present(value::integer(1)), Fact::present(value::integer(2)), T},
      {"wrong sum", Fact::present(value::integer(2)), Fact::present(value::integer(2)), F},
      {"absent", Fact::present(value::integer(1)), test::absent(), T},
      {"unknown beats absent", test::unknown(), test::absent(), U},
      {"mistyped beats unknown", test::unknown(), Fact::mistyped(value::text("x")), F},
  }));
  CAPTURE(row.what);
  World world;
  const ir::NodeId sum =
      world.node(Op::Add, test::kInt,
                 {world.any_fact("a", test::kInt, row.left), world.any_fact("b", test::kInt, row.right)});
  CHECK(world.truth(world.compare(Comparison::Equal, sum, world.integer(3), ir::AbsenceRule::Passes)) ==
        row.passing_on_absence);
}

TEST_CASE("reasons of several unknown facts are united") {
  World world;
  const ir::NodeId sum =
      world.node(Op::Add, test::kInt,
                 {world.any_fact("a", test::kInt, test::unknown()),
                  world.any_fact("b", test::kInt, test::unknown(value::UnknownReason::Stale))});
  world.control("C", {world.compare(Comparison::Equal, sum, world.integer(3))});
  const auto result = world.result();
  REQUIRE(result.unknowns.size() == 2);
  CHECK(result.unknowns[0].address == "attested(\"a\")");
  CHECK(result.unknowns[1].address == "attested(\"b\")");
}

TEST_CASE("overflow is unknown") {
  const auto overflowing = GENERATE(values<Op>({Op::Add, Op::Multiply}));
  World world;
  const ir::NodeId fact = world.any_fact("n", test::kInt, Fact::present(big()));
  const ir::NodeId result = world.node(overflowing, test::kInt, {fact, fact});
  world.control("C", {world.compare(Comparison::Greater, result, world.integer(0))});
  const auto control = world.result();
  CHECK(control.verdict == evaluate::Verdict::Unknown);
  REQUIRE(control.unknowns.size() == 1);
  CHECK(control.unknowns[0].reason == value::UnknownReason::Overflow);
}

TEST_CASE("a port number outside 0..65535 is unknown") {
  for (const auto& [number, expected] : {std::pair(65535, T), std::pair(65536, U), std::pair(-1, U)}) {
    CAPTURE(number);
    World world;
    const ir::NodeId port = world.node(Op::MakePort, test::kPort, {world.integer(number)});
    const ir::NodeId last = world.constant(Value(value::Port{65535, value::Protocol::Tcp}), test::kPort);
    CHECK(world.truth(world.compare(Comparison::Equal, port, last)) == expected);
  }
}

TEST_CASE("durations add, and multiply by integers") {
  World world;
  const value::Type duration = value::simple(TypeKind::Duration);
  const auto seconds = [&](std::int64_t n) {
    return world.constant(Value(value::Duration{value::Number::exactly(value::Integer::of(n))}), duration);
  };
  const ir::NodeId sum = world.node(Op::Add, duration, {seconds(60), seconds(30)});
  const ir::NodeId product = world.node(Op::Multiply, duration, {seconds(30), world.integer(3)});
  CHECK(world.truth(world.compare(Comparison::Equal, sum, product)) == T);
}

TEST_CASE("int(text)") {
  World world;
  const auto parsed = [&](Value v, value::Type type) {
    return world.node(Op::IntOf, test::kInt,
                      {world.any_fact("t" + std::to_string(world.program().nodes.size()), type,
                                      Fact::present(std::move(v)))});
  };
  CHECK(world.truth(world.compare(Comparison::Equal, parsed(value::text("14"), test::kText),
                                  world.integer(14))) == T);
  CHECK(world.truth(world.compare(Comparison::Equal, parsed(sz("14"), test::kRegistry), world.integer(14))) ==
        T);
  // Failure is Mistyped: adverse either way.
  const ir::NodeId failed = parsed(value::text(" 14"), test::kText);
  CHECK(world.truth(world.compare(Comparison::Equal, failed, world.integer(14))) == F);
  CHECK(world.truth(world.compare(Comparison::NotEqual, failed, world.integer(14))) == F);
}

TEST_CASE("split and lower") {
  World world;
  const ir::NodeId fact = world.registry("X", Fact::present(sz("RC4,Des")));
  const ir::NodeId lower = world.node(Op::Lower, test::kText, {fact});
  const ir::NodeId parts = world.node(Op::Split, value::list_of(TypeKind::Text),
                                      {lower, world.constant(value::text(","), test::kText)});
  const ir::NodeId des = world.constant(value::text("des"), test::kText);
  CHECK(world.truth(world.compare(Comparison::Contains, parts, des)) == T);
  const ir::NodeId two = world.node(Op::Count, test::kInt, {parts});
  CHECK(world.truth(world.compare(Comparison::Equal, two, world.integer(2))) == T);
}

TEST_CASE("registry data as a value of a type") {
  World world;
  const ir::NodeId dword = world.registry("X", Fact::present(test::dword(7)));
  const auto as = [&](value::RegistryType type) {
    return world.node(Op::RegistryAs, test::kInt, {dword}, static_cast<std::uint32_t>(type));
  };
  CHECK(world.truth(world.compare(Comparison::Equal, as(value::RegistryType::Dword), world.integer(7))) == T);
  CHECK(world.truth(world.compare(Comparison::Equal, as(value::RegistryType::Qword), world.integer(7))) == F);
  CHECK(world.truth(world.compare(Comparison::NotEqual, as(value::RegistryType::Qword), world.integer(7))) ==
        F);
}

TEST_CASE("looking a key up") {
  struct Row {
    const char* what;
    bool complete;
    const char* key;
    bool absent_test;
    Truth expected;
  };
  const auto row = GENERATE(values<Row>({
      {"there", true, "S-1-5-18", false, T},
      {"there, incomplete map", false, "S-1-5-18", false, T},
      {"missing", true, "S-1-1-0", true, T},
      {"missing from an incomplete map", false, "S-1-1-0", true, U},
  }));
  CAPTURE(row.what);
  World world;
  const value::Type type = value::map_of(TypeKind::Principal, TypeKind::Text);
  value::MapValue map{{{test::principal("S-1-5-18"), value::text("x")}}, row.complete};
  const ir::NodeId found = world.node(Op::Lookup, test::kText,
                                      {world.any_fact("m", type, Fact::present(Value(map))),
                                       world.constant(test::principal(row.key), test::kPrincipal)});
  const ir::NodeId atom = world.truth_node(Op::IsPresent, {found});
  world.program().nodes[atom].negated = row.absent_test;
  CHECK(world.truth(atom) == row.expected);
}

TEST_CASE("what was looked up takes part in comparisons as any fact") {
  World world;
  const value::Type type = value::map_of(TypeKind::Name, TypeKind::Text);
  const ir::NodeId map = world.any_fact("m", type, Fact::present(Value(value::MapValue{})));
  const ir::NodeId found = world.node(
      Op::Lookup, test::kText, {map, world.constant(value::text("Server"), value::simple(TypeKind::Name))});
  const ir::NodeId wanted = world.constant(value::text("IIS"), test::kText);
  CHECK(world.truth(world.compare(Comparison::Equal, found, wanted)) == F);
  CHECK(world.truth(world.compare(Comparison::Equal, found, wanted, ir::AbsenceRule::Passes)) == T);
}

TEST_CASE("set algebra over a partly known set") {
  World world;
  const value::Type ints = value::set_of(TypeKind::Int);
  const ir::NodeId partial = world.any_fact("p", ints, Fact::present(test::partial_set({value::integer(1)})));
  const ir::NodeId one = world.constant(test::set_of({value::integer(1)}), ints);
  const ir::NodeId rest = world.node(Op::Difference, ints, {partial, one});
  const ir::NodeId shared = world.node(Op::Intersection, ints, {partial, one});
  CHECK(world.truth(world.compare(Comparison::Equal, rest, world.constant(test::set_of({}), ints))) == U);
  CHECK(world.truth(world.compare(Comparison::Equal, shared, one)) == T);
  CHECK(world.truth(world.compare(Comparison::Contains, partial, world.integer(1))) == T);
  CHECK(world.truth(world.compare(Comparison::Contains, partial, world.integer(2))) == U);
}

TEST_CASE("counting a partly known set gives an interval") {
  World world;
  const value::Type ints = value::set_of(TypeKind::Int);
  const ir::NodeId partial = world.any_fact(
      "p", ints,
      Fact::present(test::partial_set({value::integer(1)}, {{value::integer(1), value::integer(2)}})));
  const ir::NodeId count = world.node(Op::Count, test::kInt, {partial});
  CHECK(world.truth(world.compare(Comparison::GreaterEqual, count, world.integer(1))) == T);
  CHECK(world.truth(world.compare(Comparison::LessEqual, count, world.integer(2))) == T);
  CHECK(world.truth(world.compare(Comparison::Equal, count, world.integer(1))) == U);
  CHECK(world.truth(world.compare(Comparison::Greater, count, world.integer(2))) == F);
}

TEST_CASE("a range as a set") {
  World world;
  const value::Type ints = value::set_of(TypeKind::Int);
  const ir::NodeId range = world.node(Op::Range, ints, {world.integer(1), world.integer(3)});
  const ir::NodeId fact = world.any_fact("s", ints, Fact::present(test::set_of({value::integer(2)})));
  CHECK(world.truth(world.compare(Comparison::Within, fact, range)) == T);
  CHECK(world.truth(world.compare(Comparison::Equal, world.node(Op::Count, test::kInt, {range}),
                                  world.integer(3))) == T);
  const ir::NodeId large =
      world.node(Op::Range, ints, {world.integer(0), world.integer(limits::kCollection)});
  CHECK(world.truth(world.compare(Comparison::Within, fact, large)) == U);
}
