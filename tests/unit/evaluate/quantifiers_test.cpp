// Quantifiers over complete, partial, absent and unknown collections (docs/language.md §7).
#include "runtime/base/limits.hpp"
#include "runtime/evaluate/evaluator.hpp"
#include "tests/unit/evaluate/world.hpp"

using namespace polc;
using ir::Comparison;
using test::World;
using value::Fact;
using value::Truth;
using value::TypeKind;
using value::Value;

namespace {

constexpr Truth T = Truth::True;
constexpr Truth F = Truth::False;
constexpr Truth U = Truth::Unknown;
constexpr value::Type kInts = value::set_of(TypeKind::Int);

Value ints(std::vector<int> numbers) {
  std::vector<Value> all;
  for (const int n : numbers) all.push_back(value::integer(n));
  return test::set_of(std::move(all));
}

Value at_least(std::vector<int> low) {
  Value v = ints(std::move(low));
  std::get<value::SetValue>(v.data).high.reset();
  return v;
}

Value between(std::vector<int> low, std::vector<int> high) {
  Value v = ints(std::move(low));
  std::get<value::SetValue>(v.data).high = std::get<value::SetValue>(ints(std::move(high)).data).low;
  return v;
}

/// `all x in collection: x == 1` or `any ...`
struct Quantified {
  Truth truth;
  bool vacuous;
};
Quantified quantified(ir::Op op, Fact collection) {
  World world;
  const ir::NodeId node = world.any_fact("c", kInts, std::move(collection));
  const ir::NodeId body = world.compare(Comparison::Equal, world.variable(0, test::kInt), world.integer(1));
  world.control("C", {world.truth_node(op, {node, body}, 0)});
  const auto result = world.result().requires_.at(0);
  return {result.truth, result.vacuous};
}

/// `all x in first..last: x <op> bound`
Truth over_range(std::int64_t first, std::int64_t last, Comparison comparison, std::int64_t bound) {
  World world;
  const ir::NodeId range = world.node(ir::Op::Range, kInts, {world.integer(first), world.integer(last)});
  const ir::NodeId body = world.compare(comparison, world.variable(0, test::kInt), world.integer(bound));
  return world.truth(world.truth_node(ir::Op::All, {range, body}, 0));
}

}  // namespace

TEST_CASE("quantifiers by collection") {
  struct Row {
    const char* what;
    Fact collection;
    Truth all, any;
  };
  const auto row = GENERATE(values<Row>({
      {"all hold", Fact::present(ints({1})), T, T},
      {"some hold", Fact::present(ints({1, 2})), F, T},
      {"none holds", Fact::present(ints({2, 3})), F, F},
      {"complete and empty", Fact::present(ints({})), T, F},
      {"partial, a witness fails", Fact::present(at_least({1, 2})), F, T},
      {"partial, all seen hold", Fact::present(at_least({1})), U, T},
      {"partial, none seen holds", Fact::present(at_least({2})), F, U},
      {"partial and nothing seen", Fact::present(at_least({})), U, U},
      {"bounded, the rest would hold", Fact::present(between({}, {1})), T, U},
      {"bounded, the rest would not hold", Fact::present(between({}, {2})), U, F},
      {"bounded, a witness is in", Fact::present(between({2}, {1, 2})), F, U},
      {"absent value", test::absent(), F, F},
      {"absent object", test::absent(value::AbsentLevel::Object), F, F},
      {"mistyped", Fact::mistyped(value::text("x")), F, F},
      {"unknown", test::unknown(), U, U},
  }));
  CAPTURE(row.what);
  CHECK(quantified(ir::Op::All, row.collection).truth == row.all);
  CHECK(quantified(ir::Op::Any, row.collection).truth == row.any);
}

TEST_CASE("lists are partial when elements may be missing") {
  const auto list = [](std::vector<int> numbers, bool complete) {
    value::ListValue items;
    for (const int n : numbers) items.items.push_back(value::integer(n));
    items.complete = complete;
    return Fact::present(Value(items));
  };
  CHECK(quantified(ir::Op::All, list({1, 1}, true)).truth == T);
  CHECK(quantified(ir::Op::All, list({1, 1}, false)).truth == U);
  CHECK(quantified(ir::Op::All, list({1, 2}, false)).truth == F);
  CHECK(quantified(ir::Op::Any, list({2}, false)).truth == U);
}

TEST_CASE("true by emptiness is noted") {
  CHECK(quantified(ir::Op::All, Fact::present(ints({}))).vacuous);
  CHECK_FALSE(quantified(ir::Op::All, Fact::present(ints({1}))).vacuous);
  CHECK_FALSE(quantified(ir::Op::Any, Fact::present(ints({}))).vacuous);
  CHECK_FALSE(quantified(ir::Op::All, test::absent(value::AbsentLevel::Object)).vacuous);
}

TEST_CASE("emptiness shows through connectives") {
  World world;
  const auto empty = [&] {
    const ir::NodeId node = world.any_fact("c", kInts, Fact::present(ints({})));
    return world.truth_node(ir::Op::All, {node, world.truth_node(ir::Op::True, {})}, 0);
  };
  world.variable(0, test::kInt);
  world.control("and", {world.truth_node(ir::Op::And, {empty(), world.atom(T)})});
  world.control("or with a better reason", {world.truth_node(ir::Op::Or, {empty(), world.atom(T)})});
  world.control("or without one", {world.truth_node(ir::Op::Or, {empty(), world.atom(F)})});
  world.control("fails anyway", {empty(), world.atom(F)});
  const auto evaluation = world.run();
  CHECK(evaluation.controls[0].vacuous);
  CHECK_FALSE(evaluation.controls[1].vacuous);
  CHECK(evaluation.controls[2].vacuous);
  CHECK_FALSE(evaluation.controls[3].vacuous);
}

TEST_CASE("the collection of an unknown quantifier is the reason") {
  World world;
  const ir::NodeId node = world.any_fact("c", kInts, Fact::present(at_least({1})));
  const ir::NodeId body = world.compare(Comparison::Equal, world.variable(0, test::kInt), world.integer(1));
  world.control("C", {world.truth_node(ir::Op::All, {node, body}, 0)});
  const auto result = world.result();
  REQUIRE(result.unknowns.size() == 1);
  CHECK(result.unknowns[0].reason == value::UnknownReason::NotCollected);
  CHECK(result.unknowns[0].address == "attested(\"c\")");
}

TEST_CASE("an unknown element leaves all open unless another fails") {
  const auto with = [](std::vector<Truth> elements) {
    World world;
    std::vector<Value> names;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const std::string name = "v" + std::to_string(i);
      names.push_back(value::text(name));
      world.facts.set(
          test::registry_address("HKLM\\X", name),
          elements[i] == U ? test::unknown() : Fact::present(test::dword(elements[i] == T ? 1 : 0)));
    }
    const ir::NodeId collection = world.constant(test::set_of(names), value::set_of(TypeKind::Name));
    const ir::NodeId key = world.constant(value::text("HKLM\\X"), test::kText);
    const ir::NodeId none = world.constant(Value(), test::kInt);
    const ir::NodeId value = world.read(value::ResourceKind::Registry, 0, test::kRegistry,
                                        {key, world.variable(0, test::kText), none, none});
    const ir::NodeId body = world.compare(Comparison::Equal, value, world.integer(1));
    return std::pair(world.truth(world.truth_node(ir::Op::All, {collection, body}, 0)),
                     world.truth(world.truth_node(ir::Op::Any, {collection, body}, 0)));
  };
  CHECK(with({T, U}) == std::pair(U, T));
  CHECK(with({F, U}) == std::pair(F, U));
  CHECK(with({U, F}) == std::pair(F, U));
  CHECK(with({T, T}) == std::pair(T, T));
}

TEST_CASE("ranges") {
  CHECK(over_range(1, 3, Comparison::LessEqual, 3) == T);
  CHECK(over_range(1, 4, Comparison::LessEqual, 3) == F);
  CHECK(over_range(3, 3, Comparison::Equal, 3) == T);
  CHECK(over_range(5, 4, Comparison::Equal, 0) == T);
}

TEST_CASE("a range above the limit on collections is unknown") {
  const auto size = static_cast<std::int64_t>(limits::kCollection);
  CHECK(over_range(1, size, Comparison::GreaterEqual, 1) == T);
  CHECK(over_range(1, size + 1, Comparison::GreaterEqual, 1) == U);
}

TEST_CASE("a range of ports keeps its protocol") {
  World world;
  const auto port = [&](std::uint16_t number) {
    return world.constant(Value(value::Port{number, value::Protocol::Udp}), test::kPort);
  };
  const ir::NodeId range = world.node(ir::Op::Range, value::set_of(TypeKind::Port), {port(70), port(74)});
  const ir::NodeId body = world.compare(Comparison::LessEqual, world.variable(0, test::kPort), port(74));
  CHECK(world.truth(world.truth_node(ir::Op::All, {range, body}, 0)) == T);
}

TEST_CASE("membership in a range") {
  struct Row {
    const char* what;
    Fact fact;
    Comparison comparison;
    Truth expected;
  };
  const auto number = [](std::int64_t low, std::int64_t high) {
    return Fact::present(Value(value::Number{value::Integer::of(low), value::Integer::of(high), false}));
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"inside", number(8, 8), Comparison::In, T},
      {"upper end", number(128, 128), Comparison::In, T},
      {"below", number(7, 7), Comparison::In, F},
      {"above", number(129, 129), Comparison::In, F},
      {"interval inside", number(9, 10), Comparison::In, T},
      {"interval across", number(7, 10), Comparison::In, U},
      {"interval outside", number(1, 7), Comparison::In, F},
      {"not in, outside", number(1, 7), Comparison::NotIn, T},
      {"not in, inside", number(8, 8), Comparison::NotIn, F},
      {"not in, across", number(7, 10), Comparison::NotIn, U},
      {"absent", test::absent(), Comparison::In, F},
      {"absent, not in", test::absent(), Comparison::NotIn, F},
      {"unknown", test::unknown(), Comparison::In, U},
      {"mistyped", Fact::mistyped(value::text("x")), Comparison::NotIn, F},
  }));
  CAPTURE(row.what);
  World world;
  const ir::NodeId range = world.node(ir::Op::Range, kInts, {world.integer(8), world.integer(128)});
  const ir::NodeId fact = world.any_fact("n", test::kInt, row.fact);
  CHECK(world.truth(world.compare(row.comparison, fact, range)) == row.expected);
}

TEST_CASE("membership in a range does not build it") {
  World world;
  const ir::NodeId range = world.node(ir::Op::Range, kInts, {world.integer(0), world.integer(4294967295)});
  const ir::NodeId fact = world.registry("X", Fact::present(test::dword(7)));
  CHECK(world.truth(world.compare(Comparison::In, fact, range)) == T);
  const ir::NodeId missing = world.registry("Y", test::absent());
  CHECK(world.truth(world.compare(Comparison::In, missing, range, ir::AbsenceRule::Passes)) == T);
}

TEST_CASE("nested quantifiers see both variables") {
  World world;
  const ir::NodeId rows = world.constant(ints({1, 2}), kInts);
  const ir::NodeId columns = world.constant(ints({3, 4}), kInts);
  const ir::NodeId sum =
      world.node(ir::Op::Add, test::kInt, {world.variable(0, test::kInt), world.variable(1, test::kInt)});
  const ir::NodeId body = world.compare(Comparison::LessEqual, sum, world.integer(6));
  const ir::NodeId inner = world.truth_node(ir::Op::All, {columns, body}, 1);
  CHECK(world.truth(world.truth_node(ir::Op::All, {rows, inner}, 0)) == T);
}

TEST_CASE("the budget ends what would take too long, and says so") {
  World world;
  const ir::NodeId range = world.node(ir::Op::Range, kInts, {world.integer(1), world.integer(10)});
  const ir::NodeId body =
      world.compare(Comparison::GreaterEqual, world.variable(0, test::kInt), world.integer(1));
  const ir::NodeId all = world.truth_node(ir::Op::All, {range, body}, 0);
  world.facts.bind(world.program());
  constexpr std::uint64_t kNeeded =
      1 + 2 + 10 * 3;  // the quantifier, the ends, ten comparisons of two operands
  evaluate::Evaluator enough(world.program(), world.facts, kNeeded);
  CHECK(enough.judge(all).truth == T);
  evaluate::Evaluator one_short(world.program(), world.facts, kNeeded - 1);
  CHECK(one_short.judge(all).truth == U);
  REQUIRE(one_short.unknowns().size() >= 1);
  CHECK(one_short.unknowns()[0].reason == value::UnknownReason::Budget);
}

TEST_CASE("fields of records") {
  value::RecordData row;
  row.fields.push_back({"verb", Fact::present(value::text("OPTIONS"))});
  row.fields.push_back({"allowed", test::unknown()});
  value::ListValue list{{Value(value::Record(std::make_shared<const value::RecordData>(row)))}, true};
  const auto records = [](const char* name) {
    const auto& all = value::records();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& r) { return r.name == name; });
    return value::list_of(TypeKind::Record, static_cast<std::uint16_t>(found - all.begin()));
  };
  const auto any_with = [&](const char* field, const char* record) {
    World world;
    const value::Type type = records(record);
    const ir::NodeId collection = world.any_fact("verbs", type, Fact::present(Value(list)));
    const ir::NodeId v = world.variable(0, value::element_type(type));
    const ir::NodeId value = world.node(ir::Op::Field, test::kText, {v}, world.text(field));
    const ir::NodeId wanted = world.constant(value::text("OPTIONS"), test::kText);
    const ir::NodeId body = world.compare(Comparison::Equal, value, wanted, ir::AbsenceRule::Passes);
    return world.truth(world.truth_node(ir::Op::Any, {collection, body}, 0));
  };
  CHECK(any_with("verb", "iis_element") == T);
  CHECK(any_with("allowed", "iis_element") == U);
  // An open record lists what the element has; of a closed one nothing may be missing.
  CHECK(any_with("other", "iis_element") == T);
  CHECK(any_with("other", "share") == U);
}
