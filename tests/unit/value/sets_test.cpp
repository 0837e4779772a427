#include "tests/unit/catch.hpp"
#include "tests/unit/value/support.hpp"

using namespace polc::value;
using namespace polc::value::testing;

namespace {

const Type kPeople = set_of(TypeKind::Principal);
const Type kAddresses = simple(TypeKind::AddressSet);

}  // namespace

TEST_CASE("inclusion and equality of sets with bounds") {
  struct Row {
    Value a;
    Value b;
    const char* within;  // a within b
    const char* equal;   // a == b
  };
  const Row rows[] = {
      {people({}), people({}), "true", "true"},
      {people({"SYSTEM"}), people({}), "false", "false"},
      {people({}), people({"SYSTEM"}), "true", "false"},
      {people({"SYSTEM"}), people({"S-1-5-18", "Users"}), "true", "false"},
      {people({"SYSTEM"}), people({"Users"}), "false", "false"},
      // Names that could not be resolved.
      {people({"?alice"}), people({}), "false", "false"},
      {people({}), people({"?alice"}), "true", "false"},
      {people({"?alice"}), people({"SYSTEM"}), "unresolved", "unresolved"},
      {people({"SYSTEM", "?alice"}), people({"SYSTEM"}), "unresolved", "unresolved"},
      {people({"SYSTEM"}), people({"SYSTEM", "?alice"}), "true", "unresolved"},
      {people({"SYSTEM", "?alice"}), people({"Users"}), "false", "false"},
      {people({"?alice"}), people({"?alice"}), "unresolved", "unresolved"},
      {people({"nobody"}), people({"nobody"}), "false", "false"},
      {people({"Guests"}), people({"Guests", "nobody"}), "true", "false"},
      // Open bounds.
      {partly({}), people({}), "unknown", "unknown"},
      {partly({"SYSTEM"}), people({}), "false", "false"},
      {partly({"SYSTEM"}), people({"SYSTEM"}), "unknown", "unknown"},
      {people({"SYSTEM"}), partly({"SYSTEM"}), "true", "unknown"},
      {people({"SYSTEM"}), partly({}), "unknown", "unknown"},
      {people({}), partly({}), "true", "unknown"},
      {between({"SYSTEM"}, {"SYSTEM", "Users"}), people({"SYSTEM", "Users"}), "true", "unknown"},
      {between({"SYSTEM"}, {"SYSTEM", "Users"}), people({"SYSTEM"}), "unknown", "unknown"},
      {between({"SYSTEM"}, {"SYSTEM", "Users"}), people({"Users"}), "false", "false"},
      {people({"Guests"}), between({"SYSTEM"}, {"SYSTEM", "Users"}), "false", "false"},
      {people({"Users"}), between({"SYSTEM"}, {"SYSTEM", "Users"}), "unknown", "false"},
  };
  for (const Row& row : rows) {
    CAPTURE(to_text(row.a), to_text(row.b));
    CHECK(shown(is_within(row.a, row.b, kPeople)) == row.within);
    CHECK(shown(contains(row.b, row.a, kPeople)) == row.within);
    CHECK(shown(compare(Relation::Equal, row.a, row.b, kPeople)) == row.equal);
    CHECK(shown(compare(Relation::Equal, row.b, row.a, kPeople)) == row.equal);
    CHECK(compare(Relation::NotEqual, row.a, row.b, kPeople) ==
          opposite(compare(Relation::Equal, row.a, row.b, kPeople)));
  }
}

TEST_CASE("membership with bounds") {
  struct Row {
    Value element;
    Value set;
    const char* answer;
  };
  const Row rows[] = {
      {who("SYSTEM"), people({"SYSTEM", "Users"}), "true"},
      {who("SYSTEM"), people({"Users"}), "false"},
      {who("SYSTEM"), people({}), "false"},
      {who("SYSTEM"), people({"?alice"}), "unresolved"},
      {who("SYSTEM"), people({"?alice", "SYSTEM"}), "true"},
      {who("?alice"), people({"SYSTEM"}), "unresolved"},
      {who("?alice"), people({}), "false"},
      {who("nobody"), people({"SYSTEM"}), "false"},
      {who("SYSTEM"), partly({"SYSTEM"}), "true"},
      {who("SYSTEM"), partly({}), "unknown"},
      {who("SYSTEM"), between({}, {"SYSTEM"}), "unknown"},
      {who("SYSTEM"), between({}, {"Users"}), "false"},
      {who("SYSTEM"), number(1), "mistyped"},
  };
  for (const Row& row : rows) {
    CAPTURE(to_text(row.element), to_text(row.set));
    CHECK(shown(is_in(row.element, row.set, simple(TypeKind::Principal))) == row.answer);
    CHECK(shown(contains(row.set, row.element, kPeople)) == row.answer);
  }
}

TEST_CASE("membership of scalars follows their comparison") {
  const Value numbers = Value(SetValue::exactly({number(1), number(3)}));
  const Type registry = simple(TypeKind::Registry);
  CHECK(shown(is_in(dword(3), numbers, registry)) == "true");
  CHECK(shown(is_in(dword(2), numbers, registry)) == "false");
  CHECK(shown(is_in(sz("3"), numbers, registry)) == "mistyped");
  CHECK(shown(is_in(interval(1, 2), numbers, simple(TypeKind::Int))) == "unknown");
  CHECK(shown(is_in(interval(5, 9), numbers, simple(TypeKind::Int))) == "false");
  CHECK(shown(is_in(text("a"), texts({"A"}), simple(TypeKind::Name))) == "true");
  CHECK(shown(is_in(text("a"), texts({"A"}), simple(TypeKind::Text))) == "false");
  CHECK(shown(is_in(text("a"), list({"b"}, false), simple(TypeKind::Text))) == "unknown");
  CHECK(shown(is_in(text("a"), multi_sz({"a"}), simple(TypeKind::Text))) == "true");
  CHECK(shown(contains(multi_sz({"a", "b"}), text("b"), registry)) == "true");
  CHECK(shown(contains(multi_sz({"a", "b"}), texts({"a", "b"}), registry)) == "true");
  CHECK(shown(is_within(multi_sz({"a", "c"}), texts({"a", "b"}), registry)) == "false");
  CHECK(shown(contains(sz("ab"), text("a"), registry)) == "mistyped");
}

TEST_CASE("address sets with bounds") {
  struct Row {
    Value a;
    Value b;
    const char* within;
    const char* equal;
  };
  const Row rows[] = {
      {addresses("none"), addresses("none"), "true", "true"},
      {addresses("loopback"), addresses("any"), "true", "false"},
      {addresses("any"), addresses("loopback"), "false", "false"},
      {addresses("none", "any"), addresses("none"), "unknown", "unknown"},
      {addresses("10.0.0.1", "any"), addresses("none"), "false", "false"},
      {addresses("none", "any"), addresses("any"), "true", "unknown"},
      {addresses("10.0.0.1", "10.0.0.0/24"), addresses("10.0.0.0/8"), "true", "false"},
      {addresses("10.0.0.1", "10.0.0.0/24"), addresses("10.0.0.2"), "false", "false"},
      {addresses("10.0.0.1"), addresses("10.0.0.1", "any"), "true", "unknown"},
  };
  for (const Row& row : rows) {
    CAPTURE(to_text(row.a), to_text(row.b));
    CHECK(shown(is_within(row.a, row.b, kAddresses)) == row.within);
    CHECK(shown(contains(row.b, row.a, kAddresses)) == row.within);
    CHECK(shown(is_in(row.a, row.b, kAddresses)) == row.within);
    CHECK(shown(compare(Relation::Equal, row.a, row.b, kAddresses)) == row.equal);
  }
}

TEST_CASE("set algebra acts on both bounds") {
  struct Row {
    Value a;
    Value b;
    const char* unite;
    const char* intersect;
    const char* subtract;
  };
  const Row rows[] = {
      {people({"SYSTEM", "Users"}), people({"Users", "Guests"}), "{Guests, SYSTEM, Users}", "{Users}",
       "{SYSTEM}"},
      {people({"SYSTEM"}), people({}), "{SYSTEM}", "{}", "{SYSTEM}"},
      {partly({"SYSTEM"}), people({"SYSTEM"}), "{SYSTEM, ...}", "{SYSTEM}", "{...}"},
      {people({"SYSTEM", "Users"}), partly({"SYSTEM"}), "{SYSTEM, Users, ...}", "{SYSTEM, perhaps Users}",
       "{perhaps Users}"},
      {partly({}), partly({"SYSTEM"}), "{SYSTEM, ...}", "{...}", "{...}"},
      {people({"?alice"}), people({"SYSTEM"}), "{'CORP\\alice', SYSTEM}",
       "{perhaps 'CORP\\alice', perhaps SYSTEM}", "{perhaps 'CORP\\alice'}"},
      {between({}, {"SYSTEM"}), people({"Users"}), "{Users, perhaps SYSTEM}", "{}", "{perhaps SYSTEM}"},
  };
  for (const Row& row : rows) {
    CAPTURE(to_text(row.a), to_text(row.b));
    CHECK(to_text(set_union(row.a, row.b, kPeople).value()) == row.unite);
    CHECK(to_text(set_intersection(row.a, row.b, kPeople).value()) == row.intersect);
    CHECK(to_text(set_difference(row.a, row.b, kPeople).value()) == row.subtract);
  }
  CHECK(set_union(number(1), people({}), kPeople) == std::nullopt);
  CHECK(set_union(addresses("any"), people({}), kPeople) == std::nullopt);
}

TEST_CASE("set algebra follows the equality of the element type") {
  const Value a = texts({"Telnet", "x"});
  const Value b = texts({"TELNET"});
  CHECK(to_text(*set_difference(a, b, set_of(TypeKind::Name))) == R"({"x"})");
  CHECK(to_text(*set_difference(a, b, set_of(TypeKind::Text))) == R"({"Telnet", "x"})");
  CHECK(to_text(*set_union(a, b, set_of(TypeKind::Name))) == R"({"Telnet", "x"})");
}

TEST_CASE("address set algebra acts on both bounds") {
  const Value wide = addresses("10.0.0.1", "10.0.0.0/24");
  const Value exact = addresses("10.0.0.0/25");
  CHECK(*set_union(wide, exact, kAddresses) == addresses("10.0.0.0/25", "10.0.0.0/24"));
  CHECK(*set_intersection(wide, exact, kAddresses) == addresses("10.0.0.1", "10.0.0.0/25"));
  CHECK(*set_difference(wide, exact, kAddresses) == addresses("none", "10.0.0.128/25"));
  CHECK(*set_difference(exact, wide, kAddresses) ==
        Value(AddressSet{{}, subtract(*parse_addresses("10.0.0.0/25"), *parse_addresses("10.0.0.1"))}));
}

TEST_CASE("count is an interval") {
  struct Row {
    Value collection;
    const char* count;
  };
  const Row rows[] = {
      {people({}), "0"},
      {people({"SYSTEM", "Users"}), "2"},
      {people({"?alice"}), "1"},
      {people({"?alice", "SYSTEM"}), "1..2"},
      {people({"?alice", "?bob"}), "1..2"},
      {partly({"SYSTEM"}), "at least 1"},
      {between({"SYSTEM"}, {"SYSTEM", "Users"}), "1..2"},
      {list({"a", "a"}), "2"},
      {list({"a"}, false), "at least 1"},
      {multi_sz({"a", "b"}), "2"},
      {map({{who("SYSTEM"), rights(1)}}), "1"},
  };
  for (const Row& row : rows) {
    CAPTURE(to_text(row.collection));
    CHECK(to_text(Value(count(row.collection, kPeople).value())) == row.count);
  }
  CHECK(to_text(Value(*count(texts({"A", "a"}), set_of(TypeKind::Name)))) == "1");
  CHECK(count(number(1), Type{}) == std::nullopt);
  CHECK(count(sz("x"), Type{}) == std::nullopt);
}

TEST_CASE("rights are included scope by scope") {
  const Value modify = rights(0x301BF);
  const Value read = rights(0x20089);
  const Value modify_self = Value(Rights{0x301BF, 0, 0});
  const Type type = simple(TypeKind::Rights);
  CHECK(shown(contains(modify, read, type)) == "true");
  CHECK(shown(contains(read, modify, type)) == "false");
  CHECK(shown(is_within(read, modify, type)) == "true");
  CHECK(shown(contains(modify_self, read, type)) == "false");
  CHECK(shown(is_within(modify_self, modify, type)) == "true");
  CHECK(shown(is_within(modify, number(1), type)) == "mistyped");
}
