// Absence, wrong types and what cannot be read, atom by atom (docs/language.md §4 and §6).
#include "tests/unit/evaluate/world.hpp"

using namespace polc;
using ir::AbsenceRule;
using ir::Comparison;
using test::dword;
using test::World;
using value::Fact;
using value::Truth;

namespace {

constexpr Truth T = Truth::True;
constexpr Truth F = Truth::False;
constexpr Truth U = Truth::Unknown;

Fact sz(const char* text) {
  return Fact::present(value::Value(value::RegistryData{value::RegistryType::Sz, 0, std::string(text)}));
}

/// `registry(...) <comparison> 1`
Truth compared(Fact fact, Comparison comparison, AbsenceRule rule, bool guard = false) {
  World world;
  const ir::NodeId atom =
      world.compare(comparison, world.registry("X", std::move(fact)), world.integer(1), rule);
  world.program().nodes[atom].guard = guard;
  return world.truth(atom);
}

}  // namespace

TEST_CASE("a comparison in a require") {
  struct Row {
    const char* what;
    Fact fact;
    Comparison comparison;
    AbsenceRule rule;
    Truth expected;
  };
  const auto row = GENERATE(values<Row>({
      {"equal", Fact::present(dword(1)), Comparison::Equal, AbsenceRule::Fails, T},
      {"not equal", Fact::present(dword(0)), Comparison::Equal, AbsenceRule::Fails, F},
      {"absent fails", test::absent(), Comparison::Equal, AbsenceRule::Fails, F},
      {"absent fails also for the opposite", test::absent(), Comparison::NotEqual, AbsenceRule::Fails, F},
      {"or absent", test::absent(), Comparison::Equal, AbsenceRule::Passes, T},
      {"or absent does not excuse a value", Fact::present(dword(0)), Comparison::Equal, AbsenceRule::Passes,
       F},
      {"or absent does not excuse what was not read", test::unknown(), Comparison::Equal, AbsenceRule::Passes,
       U},
      {"unknown", test::unknown(), Comparison::Equal, AbsenceRule::Fails, U},
      {"unknown, opposite", test::unknown(), Comparison::NotEqual, AbsenceRule::Fails, U},
      {"another type is adverse", sz("1"), Comparison::Equal, AbsenceRule::Fails, F},
      {"another type is adverse for the opposite too", sz("1"), Comparison::NotEqual, AbsenceRule::Fails, F},
      {"another type is not absent", sz("1"), Comparison::Equal, AbsenceRule::Passes, F},
      {"mistyped fact", Fact::mistyped(value::text("x")), Comparison::Equal, AbsenceRule::Fails, F},
      {"mistyped fact, opposite", Fact::mistyped(value::text("x")), Comparison::NotEqual, AbsenceRule::Passes,
       F},
  }));
  CAPTURE(row.what);
  CHECK(compared(row.fact, row.comparison, row.rule) == row.expected);
}

TEST_CASE("a comparison in a guard has no side to fail on") {
  CHECK(compared(Fact::present(dword(1)), Comparison::Equal, AbsenceRule::Settled, true) == T);
  CHECK(compared(Fact::present(dword(0)), Comparison::Equal, AbsenceRule::Settled, true) == F);
  CHECK(compared(test::absent(), Comparison::Equal, AbsenceRule::Settled, true) == U);
  CHECK(compared(sz("1"), Comparison::Equal, AbsenceRule::Settled, true) == U);
  CHECK(compared(test::unknown(), Comparison::Equal, AbsenceRule::Settled, true) == U);
}

TEST_CASE("two facts: mistyped before unknown before absent") {
  struct Row {
    const char* what;
    Fact left, right;
    Truth expected;
  };
  const auto row = GENERATE(values<Row>({
      {"mistyped and unknown", Fact::mistyped(value::text("x")), test::unknown(), F},
      {"unknown and mistyped", test::unknown(), Fact::mistyped(value::text("x")), F},
      {"unknown and absent", test::unknown(), test::absent(), U},
      {"absent and unknown", test::absent(), test::unknown(), U},
      {"absent and present", test::absent(), Fact::present(dword(1)), T},
      {"mistyped and absent", Fact::mistyped(value::text("x")), test::absent(), F},
  }));
  CAPTURE(row.what);
  World world;
  const ir::NodeId left = world.registry("L", row.left);
  const ir::NodeId right = world.registry("R", row.right);
  // `or absent`, so that absence shows as true and the adverse ones as false.
  CHECK(world.truth(world.compare(Comparison::Equal, left, right, AbsenceRule::Passes)) == row.expected);
}

TEST_CASE("is present, is absent") {
  struct Row {
    const char* what;
    Fact fact;
    Truth present, absent;
  };
  const auto row = GENERATE(values<Row>({
      {"present", Fact::present(dword(0)), T, F},
      {"mistyped is present", Fact::mistyped(value::text("x")), T, F},
      {"absent value", test::absent(), F, T},
      {"absent key", test::absent(value::AbsentLevel::Key), F, T},
      {"absent object", test::absent(value::AbsentLevel::Object), F, T},
      {"unknown", test::unknown(), U, U},
  }));
  CAPTURE(row.what);
  World world;
  const ir::NodeId fact = world.registry("X", row.fact);
  const ir::NodeId present = world.truth_node(ir::Op::IsPresent, {fact});
  const ir::NodeId absent = world.truth_node(ir::Op::IsPresent, {fact});
  world.program().nodes[absent].negated = true;
  CHECK(world.truth(present) == row.present);
  CHECK(world.truth(absent) == row.absent);
}

TEST_CASE("a boolean fact and its denial") {
  struct Row {
    const char* what;
    Fact fact;
    Truth holds, denied;
  };
  const auto row = GENERATE(values<Row>({
      {"true", Fact::present(value::Value(true)), T, F},
      {"false", Fact::present(value::Value(false)), F, T},
      {"absent fails both ways", test::absent(), F, F},
      {"mistyped fails both ways", Fact::mistyped(value::integer(1)), F, F},
      {"unknown", test::unknown(), U, U},
  }));
  CAPTURE(row.what);
  World world;
  const ir::NodeId fact = world.any_fact("f", test::kBool, row.fact);
  const ir::NodeId holds = world.truth_node(ir::Op::Holds, {fact});
  const ir::NodeId denied = world.truth_node(ir::Op::Holds, {fact});
  world.program().nodes[denied].negated = true;
  CHECK(world.truth(holds) == row.holds);
  CHECK(world.truth(denied) == row.denied);
}

TEST_CASE("or default takes the row of the host") {
  struct Row {
    const char* what;
    std::optional<std::uint32_t> build;
    std::optional<std::string> role;
    Truth expected;
  };
  // Builds up to 17763: 0. Later: 1 on members and workgroup servers, 2 on domain controllers.
  const auto row = GENERATE(values<Row>({
      {"later member", 20348, "member", T},
      {"later dc", 20348, "dc", F},
      {"earlier", 14393, "member", F},
      {"earlier, role not known: all rows agree", 14393, std::nullopt, F},
      {"role not known: rows differ", 20348, std::nullopt, U},
      {"build not known", std::nullopt, "member", U},
      {"before all rows", 9600, "member", U},
  }));
  CAPTURE(row.what);
  World world;
  world.host_is(row.build, row.role);
  const ir::DefaultsId defaults = world.defaults({{10240, 17763, 7, world.constant_id(dword(0))},
                                                  {17764, UINT32_MAX, 6, world.constant_id(dword(1))},
                                                  {17764, UINT32_MAX, 1, world.constant_id(dword(2))}});
  const ir::NodeId fact = world.registry("X", test::absent());
  CHECK(world.truth(world.compare(Comparison::Equal, fact, world.integer(1), AbsenceRule::Default,
                                  defaults)) == row.expected);
}

TEST_CASE("or default speaks about absence only") {
  World world;
  world.host_is(20348, "member");
  const ir::DefaultsId defaults = world.defaults({{0, UINT32_MAX, 7, world.constant_id(dword(1))}});
  const auto truth_of = [&](Fact fact) {
    const ir::NodeId node =
        world.registry("X" + std::to_string(world.program().nodes.size()), std::move(fact));
    return world.truth(
        world.compare(Comparison::Equal, node, world.integer(1), AbsenceRule::Default, defaults));
  };
  CHECK(truth_of(test::absent()) == T);
  CHECK(truth_of(Fact::present(dword(0))) == F);
  CHECK(truth_of(test::unknown()) == U);
  CHECK(truth_of(sz("1")) == F);
}

TEST_CASE("without a row the default is unknown, and says so") {
  World world;
  const ir::NodeId fact = world.registry("X", test::absent());
  world.control("C", {world.compare(Comparison::Equal, fact, world.integer(1), AbsenceRule::Default, 0)});
  const auto result = world.result();
  CHECK(result.verdict == evaluate::Verdict::Unknown);
  REQUIRE(result.unknowns.size() == 1);
  CHECK(result.unknowns[0].reason == value::UnknownReason::DefaultUnknown);
}

TEST_CASE("absent also by default is adverse") {
  World world;
  const ir::DefaultsId defaults = world.defaults({{0, UINT32_MAX, 7, world.constant_id(value::Value())}});
  const ir::NodeId fact = world.registry("X", test::absent());
  CHECK(world.truth(
            world.compare(Comparison::Equal, fact, world.integer(1), AbsenceRule::Default, defaults)) == F);
}

TEST_CASE("what absence leaves behind satisfies a comparison that holds for it") {
  const value::Type state_type = value::simple(value::TypeKind::PolicyState);
  const auto state = [](value::PolicyState::State s) { return value::Value(value::PolicyState{s, {}}); };
  Fact deleted = test::absent(value::AbsentLevel::Setting);
  deleted.value = state(value::PolicyState::State::Disabled);
  World world;
  const ir::NodeId fact = world.any_fact("gpo", state_type, deleted);
  const ir::NodeId disabled = world.constant(state(value::PolicyState::State::Disabled), state_type);
  const ir::NodeId enabled = world.constant(state(value::PolicyState::State::Enabled), state_type);
  CHECK(world.truth(world.compare(Comparison::Equal, fact, disabled)) == T);
  CHECK(world.truth(world.compare(Comparison::NotEqual, fact, enabled)) == T);
  CHECK(world.truth(world.compare(Comparison::Equal, fact, enabled)) == F);
  CHECK(world.truth(world.compare(Comparison::NotEqual, fact, disabled)) == F);
}

TEST_CASE("a principal that nothing resolves") {
  World world;
  const ir::NodeId holders = world.any_fact("rights", value::set_of(value::TypeKind::Principal),
                                            Fact::present(test::set_of({test::principal("S-1-5-18")})));
  const ir::NodeId known = world.constant(test::named_principal("CORP\\known"), test::kPrincipal);
  const ir::NodeId stranger = world.constant(test::named_principal("CORP\\stranger"), test::kPrincipal);
  world.facts.name_principal("CORP\\known", "S-1-5-18");
  CHECK(world.truth(world.compare(Comparison::Contains, holders, known)) == T);
  CHECK(world.truth(world.compare(Comparison::Contains, holders, stranger)) == U);
  CHECK(world.truth(world.truth_node(ir::Op::IsResolved, {known})) == T);
  CHECK(world.truth(world.truth_node(ir::Op::IsResolved, {stranger})) == F);
  const ir::NodeId empty = world.constant(test::set_of({}), value::simple(value::TypeKind::EmptySet));
  CHECK(world.truth(world.compare(Comparison::Equal, holders, empty)) == F);
}

TEST_CASE("an unresolved name is the reason") {
  World world;
  const ir::NodeId holders = world.any_fact("rights", value::set_of(value::TypeKind::Principal),
                                            Fact::present(test::set_of({test::principal("S-1-5-18")})));
  const ir::NodeId stranger = world.constant(test::named_principal("CORP\\stranger"), test::kPrincipal);
  world.control("C", {world.compare(Comparison::Contains, holders, stranger)});
  const auto result = world.result();
  REQUIRE(result.unknowns.size() == 1);
  CHECK(result.unknowns[0].reason == value::UnknownReason::UnresolvedName);
}
