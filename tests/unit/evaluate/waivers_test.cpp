// Waivers: states, periods, hosts, and which one counts (docs/language.md §7).
#include "tests/unit/evaluate/world.hpp"

using namespace polc;
using evaluate::Verdict;
using evaluate::WaiverState;
using test::World;
using value::Date;
using value::Truth;

namespace {

constexpr std::int64_t kDay = 86400;

std::int64_t noon(const char* date) {
  return Date::parse(date)->days * kDay + kDay / 2;
}

void add_waiver(World& world, const char* host, const char* until, const char* from = nullptr,
                std::vector<std::uint32_t> controls = {0}) {
  ir::Waiver waiver;
  waiver.controls = std::move(controls);
  waiver.host = world.text(host);
  waiver.until = *Date::parse(until);
  if (from != nullptr) waiver.from = Date::parse(from);
  world.program().waivers.push_back(waiver);
}

}  // namespace

TEST_CASE("states") {
  struct Row {
    const char* what;
    Truth body;
    const char* host;
    const char* from;
    const char* until;
    WaiverState state;
    Verdict verdict;
  };
  // As of 2026-06-15, on host LT-LAB01.
  const auto row = GENERATE(values<Row>({
      {"active", Truth::False, "lt-lab*", nullptr, "2026-12-31", WaiverState::Active, Verdict::Waived},
      {"31 days left", Truth::False, "*", nullptr, "2026-07-16", WaiverState::Active, Verdict::Waived},
      {"30 days left", Truth::False, "*", nullptr, "2026-07-15", WaiverState::Expiring, Verdict::Waived},
      {"last day", Truth::False, "*", nullptr, "2026-06-15", WaiverState::Expiring, Verdict::Waived},
      {"expired yesterday", Truth::False, "*", nullptr, "2026-06-14", WaiverState::Expired, Verdict::Fail},
      {"from today", Truth::False, "*", "2026-06-15", "2026-12-31", WaiverState::Active, Verdict::Waived},
      {"from tomorrow", Truth::False, "*", "2026-06-16", "2026-12-31", WaiverState::NotYet, Verdict::Fail},
      {"unused", Truth::True, "*", nullptr, "2026-12-31", WaiverState::Unused, Verdict::Pass},
      {"idle", Truth::Unknown, "*", nullptr, "2026-12-31", WaiverState::Idle, Verdict::Unknown},
      {"other host", Truth::False, "web*", nullptr, "2026-12-31", WaiverState::OtherHost, Verdict::Fail},
      {"host names fold case", Truth::False, "Lt-Lab0?", nullptr, "2026-12-31", WaiverState::Active,
       Verdict::Waived},
      {"the whole name must match", Truth::False, "lt-lab", nullptr, "2026-12-31", WaiverState::OtherHost,
       Verdict::Fail},
  }));
  CAPTURE(row.what);
  World world;
  world.facts.identity().name = "LT-LAB01";
  world.options.as_of = noon("2026-06-15");
  world.control("C", {world.atom(row.body)});
  add_waiver(world, row.host, row.until, row.from);
  const auto evaluation = world.run();
  CHECK(evaluation.waivers.at(0).state == row.state);
  CHECK(evaluation.controls.at(0).verdict == row.verdict);
  CHECK(evaluation.controls.at(0).waiver.has_value() == (row.verdict == Verdict::Waived));
}

TEST_CASE("a waiver holds to the last second of its day") {
  World world;
  world.facts.identity().name = "h";
  world.control("C", {world.atom(Truth::False)});
  add_waiver(world, "*", "2026-06-15");
  const std::int64_t midnight = Date::parse("2026-06-16")->days * kDay;
  world.options.as_of = midnight - 1;
  CHECK(world.run().controls[0].verdict == Verdict::Waived);
  world.options.as_of = midnight;
  CHECK(world.run().controls[0].verdict == Verdict::Fail);
}

TEST_CASE("a host without a name matches no waiver") {
  World world;
  world.control("C", {world.atom(Truth::False)});
  add_waiver(world, "*", "2026-12-31");
  const auto evaluation = world.run();
  CHECK(evaluation.waivers[0].state == WaiverState::OtherHost);
  CHECK(evaluation.controls[0].verdict == Verdict::Fail);
}

TEST_CASE("the raw verdict stays") {
  World world;
  world.facts.identity().name = "h";
  world.control("C", {world.atom(Truth::False)});
  add_waiver(world, "*", "2026-12-31");
  CHECK(world.run().controls[0].raw == Verdict::Fail);
}

TEST_CASE("not applicable and review are not waived") {
  World world;
  world.facts.identity().name = "h";
  world.control("C", {world.atom(Truth::False)}, world.atom(Truth::False));
  add_waiver(world, "*", "2026-12-31");
  const auto evaluation = world.run();
  CHECK(evaluation.controls[0].verdict == Verdict::NotApplicable);
  CHECK(evaluation.waivers[0].state == WaiverState::Idle);
}

TEST_CASE("of several active waivers the latest counts, then the first in the source") {
  World world;
  world.facts.identity().name = "h";
  world.options.as_of = noon("2026-01-01");
  world.control("C", {world.atom(Truth::False)});
  add_waiver(world, "*", "2026-06-30");
  add_waiver(world, "*", "2026-12-31");
  add_waiver(world, "h", "2026-12-31");
  add_waiver(world, "*", "2025-12-31");
  const auto evaluation = world.run();
  CHECK(evaluation.controls[0].waiver == 1U);
  CHECK(evaluation.waivers[2].state == WaiverState::Active);
  CHECK(evaluation.waivers[3].state == WaiverState::Expired);
}

TEST_CASE("a waiver of a control that was not evaluated is idle") {
  World world;
  world.facts.identity().name = "h";
  world.control("A", {world.atom(Truth::False)});
  world.control("B", {world.atom(Truth::False)});
  world.options.controls = {1};
  add_waiver(world, "*", "2026-12-31");
  CHECK(world.run().waivers[0].state == WaiverState::Idle);
}

TEST_CASE("before 1970 days still begin at midnight") {
  World world;
  world.facts.identity().name = "h";
  world.control("C", {world.atom(Truth::False)});
  add_waiver(world, "*", "1969-12-31");
  world.options.as_of = -1;
  CHECK(world.run().controls[0].verdict == Verdict::Waived);
}

TEST_CASE("a waiver of several controls has a state for each and one as a whole") {
  struct Row {
    const char* what;
    std::vector<Truth> bodies;
    std::vector<WaiverState> states;
    WaiverState whole;
  };
  const auto row = GENERATE(values<Row>({
      {"one fails",
       {Truth::True, Truth::False, Truth::Unknown},
       {WaiverState::Unused, WaiverState::Active, WaiverState::Idle},
       WaiverState::Active},
      {"all pass",
       {Truth::True, Truth::True},
       {WaiverState::Unused, WaiverState::Unused},
       WaiverState::Unused},
      {"one is unknown",
       {Truth::True, Truth::Unknown},
       {WaiverState::Unused, WaiverState::Idle},
       WaiverState::Idle},
  }));
  CAPTURE(row.what);
  World world;
  world.facts.identity().name = "LT-LAB01";
  world.options.as_of = noon("2026-06-15");
  std::vector<std::uint32_t> controls;
  for (std::uint32_t i = 0; i < row.bodies.size(); ++i) {
    world.control(("C" + std::to_string(i)).c_str(), {world.atom(row.bodies[i])});
    controls.push_back(i);
  }
  add_waiver(world, "*", "2026-12-31", nullptr, controls);
  const auto evaluation = world.run();
  CHECK(evaluation.waivers.at(0).controls == row.states);
  CHECK(evaluation.waivers.at(0).state == row.whole);
  for (std::size_t i = 0; i < row.bodies.size(); ++i)
    CHECK((evaluation.controls.at(i).verdict == Verdict::Waived) == (row.bodies[i] == Truth::False));
}

TEST_CASE("a control that does not apply does not need a waiver, nor keep one from being unused") {
  World world;
  world.facts.identity().name = "LT-LAB01";
  world.options.as_of = noon("2026-06-15");
  world.control("A", {world.atom(Truth::True)});
  world.control("B", {world.atom(Truth::False)}, world.atom(Truth::False));
  add_waiver(world, "*", "2026-12-31", nullptr, {0, 1});
  add_waiver(world, "*", "2026-12-31", nullptr, {1});
  const auto evaluation = world.run();
  CHECK(evaluation.waivers.at(0).state == WaiverState::Unused);
  CHECK(evaluation.waivers.at(1).state == WaiverState::Idle);
}

TEST_CASE("a waiver whose controls a profile leaves out is idle") {
  World world;
  world.facts.identity().name = "LT-LAB01";
  world.options.as_of = noon("2026-06-15");
  world.control("A", {world.atom(Truth::False)});
  add_waiver(world, "*", "2026-12-31", nullptr, {});
  const auto evaluation = world.run();
  CHECK(evaluation.waivers.at(0).state == WaiverState::Idle);
  CHECK(evaluation.controls.at(0).verdict == Verdict::Fail);
}
