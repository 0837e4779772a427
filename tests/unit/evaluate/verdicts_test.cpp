// From truth values to verdicts (docs/language.md §7).
#include "tests/unit/evaluate/world.hpp"

using namespace polc;
using evaluate::ManualState;
using evaluate::Verdict;
using test::World;
using value::Fact;
using value::Truth;

namespace {

constexpr Truth T = Truth::True;
constexpr Truth F = Truth::False;
constexpr Truth U = Truth::Unknown;

void add_manual(World& world, std::optional<std::uint64_t> within = {}) {
  ir::Control& control = world.program().controls.back();
  control.manual = ir::Manual{world.text("Ask the firewall team"), world.text("key"), within, 0};
}

}  // namespace

TEST_CASE("guard and body") {
  struct Row {
    std::optional<Truth> guard;
    Truth body;
    Verdict expected;
  };
  const auto row = GENERATE(values<Row>({
      {std::nullopt, T, Verdict::Pass},
      {std::nullopt, F, Verdict::Fail},
      {std::nullopt, U, Verdict::Unknown},
      {T, T, Verdict::Pass},
      {T, F, Verdict::Fail},
      {T, U, Verdict::Unknown},
      {F, T, Verdict::NotApplicable},
      {F, F, Verdict::NotApplicable},
      {F, U, Verdict::NotApplicable},
      {U, T, Verdict::Unknown},
      {U, F, Verdict::Unknown},
      {U, U, Verdict::Unknown},
  }));
  World world;
  const ir::NodeId guard = row.guard ? world.atom(*row.guard) : ir::kNone;
  world.control("C", {world.atom(row.body)}, guard);
  CHECK(world.result().verdict == row.expected);
}

TEST_CASE("several requires: the worst of fail, unknown, pass") {
  struct Row {
    Truth first, second;
    Verdict expected;
  };
  const auto row = GENERATE(values<Row>({
      {T, T, Verdict::Pass},
      {T, F, Verdict::Fail},
      {F, U, Verdict::Fail},
      {U, F, Verdict::Fail},
      {T, U, Verdict::Unknown},
  }));
  World world;
  world.control("C", {world.atom(row.first), world.atom(row.second)});
  const auto result = world.result();
  CHECK(result.verdict == row.expected);
  CHECK(result.requires_[0].truth == row.first);
  CHECK(result.requires_[1].truth == row.second);
}

TEST_CASE("manual controls") {
  struct Row {
    const char* what;
    Fact answer;
    ManualState state;
    Verdict expected;
  };
  const auto row = GENERATE(values<Row>({
      {"yes", Fact::present(value::Value(true)), ManualState::Yes, Verdict::Pass},
      {"no", Fact::present(value::Value(false)), ManualState::No, Verdict::Fail},
      {"none", Fact::unknown(value::UnknownReason::NotCollected), ManualState::NotAttested, Verdict::Review},
      {"expired", Fact::unknown(value::UnknownReason::Stale), ManualState::Expired, Verdict::Review},
      {"two that differ", Fact::unknown(value::UnknownReason::Conflict), ManualState::Conflicting,
       Verdict::Review},
      {"file not readable", Fact::unknown(value::UnknownReason::AccessDenied), ManualState::NotAttested,
       Verdict::Review},
      {"absent", Fact::absent(value::AbsentLevel::Value), ManualState::NotAttested, Verdict::Review},
      {"mistyped", Fact::mistyped(value::text("yes")), ManualState::NotAttested, Verdict::Review},
  }));
  CAPTURE(row.what);
  World world;
  world.control("C", {});
  add_manual(world);
  world.attest("key", row.answer);
  const auto result = world.result();
  CHECK(result.manual == row.state);
  CHECK(result.verdict == row.expected);
}

TEST_CASE("the age that an attestation may have is part of the question") {
  World world;
  world.control("C", {});
  add_manual(world, 7'776'000);
  world.attest("key", Fact::present(value::Value(true)));  // of any age
  CHECK(world.result().verdict == Verdict::Review);
  const auto& manual = *world.program().controls[0].manual;
  CHECK(value::to_text(evaluate::attestation_address(world.program(), manual)) ==
        "attested(\"key\", within: 90d)");
}

TEST_CASE("require and manual: the worst of fail, unknown, review, pass") {
  struct Row {
    Truth body;
    std::optional<bool> answer;
    Verdict expected;
  };
  const auto row = GENERATE(values<Row>({
      {T, true, Verdict::Pass},
      {T, false, Verdict::Fail},
      {T, std::nullopt, Verdict::Review},
      {F, true, Verdict::Fail},
      {F, std::nullopt, Verdict::Fail},
      {U, true, Verdict::Unknown},
      {U, false, Verdict::Fail},
      {U, std::nullopt, Verdict::Unknown},
  }));
  World world;
  world.control("C", {world.atom(row.body)});
  add_manual(world);
  if (row.answer) world.attest("key", Fact::present(value::Value(*row.answer)));
  CHECK(world.result().verdict == row.expected);
}

TEST_CASE("a control that fails on absence only may pass by default") {
  struct Row {
    const char* what;
    Fact fact;
    std::uint64_t default_value;
    Verdict verdict;
    bool by_default;
  };
  const auto row = GENERATE(values<Row>({
      {"the default satisfies it", test::absent(), 1, Verdict::Fail, true},
      {"the default does not", test::absent(), 0, Verdict::Fail, false},
      {"a value fails", Fact::present(test::dword(0)), 1, Verdict::Fail, false},
      {"it passes", Fact::present(test::dword(1)), 1, Verdict::Pass, false},
      {"not read", test::unknown(), 1, Verdict::Unknown, false},
  }));
  CAPTURE(row.what);
  World world;
  const ir::DefaultsId defaults =
      world.defaults({{0, UINT32_MAX, 7, world.constant_id(test::dword(row.default_value))}});
  const ir::NodeId fact = world.registry("X", row.fact);
  world.control(
      "C", {world.compare(ir::Comparison::Equal, fact, world.integer(1), ir::AbsenceRule::Fails, defaults)});
  const auto result = world.result();
  CHECK(result.verdict == row.verdict);
  CHECK(result.passes_by_default == row.by_default);
}

TEST_CASE("only the controls asked for are evaluated") {
  World world;
  for (const char* id : {"A", "B", "C"}) world.control(id, {world.atom(T)});
  world.options.controls = {0, 2};
  const auto evaluation = world.run();
  REQUIRE(evaluation.controls.size() == 2);
  CHECK(evaluation.controls[1].control == 2);
}

TEST_CASE("verdicts by name") {
  CHECK(evaluate::verdict_name(Verdict::NotApplicable) == "notApplicable");
  CHECK(evaluate::verdict_name(Verdict::Waived) == "waived");
}
