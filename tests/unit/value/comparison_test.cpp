#include "tests/unit/catch.hpp"
#include "tests/unit/value/support.hpp"

using namespace polc::value;
using namespace polc::value::testing;

namespace {

const Type kInt = simple(TypeKind::Int);
const Type kRegistry = simple(TypeKind::Registry);

Relation relation_of(std::string_view op) {
  if (op == "==") return Relation::Equal;
  if (op == "!=") return Relation::NotEqual;
  if (op == "<") return Relation::Less;
  if (op == "<=") return Relation::LessEqual;
  if (op == ">") return Relation::Greater;
  REQUIRE(op == ">=");
  return Relation::GreaterEqual;
}

struct Row {
  Value left;
  const char* op;
  Value right;
  const char* answer;
};

template <std::size_t N>
void check(const Row (&rows)[N], Type type) {
  for (const Row& row : rows) {
    CAPTURE(to_text(row.left), row.op, to_text(row.right));
    CHECK(shown(compare(relation_of(row.op), row.left, row.right, type)) == row.answer);
  }
}

Value policy(PolicyState::State state, std::optional<std::string> option = {}) {
  return Value(PolicyState{state, std::move(option)});
}

}  // namespace

TEST_CASE("numbers compare as intervals") {
  const Row rows[] = {
      {number(4), "==", number(4), "true"},
      {number(4), "!=", number(4), "false"},
      {number(4), "<", number(4), "false"},
      {number(4), "<=", number(4), "true"},
      {interval(2, 5), "<", number(6), "true"},
      {interval(2, 5), "<", number(5), "unknown"},
      {interval(2, 5), "<", number(2), "false"},
      {interval(2, 5), "<=", number(5), "true"},
      {interval(2, 5), "<=", number(1), "false"},
      {interval(2, 5), "<=", number(2), "unknown"},
      {interval(2, 5), ">", number(1), "true"},
      {interval(2, 5), ">", number(5), "false"},
      {interval(2, 5), ">=", number(2), "true"},
      {interval(2, 5), ">=", number(3), "unknown"},
      {interval(2, 5), "==", number(9), "false"},
      {interval(2, 5), "!=", number(9), "true"},
      {interval(2, 5), "==", number(3), "unknown"},
      {interval(2, 5), "!=", interval(5, 6), "unknown"},
      {interval(2, 4), "==", interval(5, 6), "false"},
      {at_least(12), ">=", number(12), "true"},
      {at_least(12), ">=", number(14), "unknown"},
      {at_least(12), "<", number(12), "false"},
      {at_least(12), "==", number(12), "unknown"},
      {at_least(12), "<=", never(), "true"},
      {at_least(12), "==", never(), "unknown"},
      {never(), "<=", number(60), "false"},
      {never(), ">=", number(60), "true"},
      {never(), "==", never(), "true"},
      {number(1), "==", text("1"), "mistyped"},
      {number(1), "==", Value(true), "mistyped"},
  };
  check(rows, kInt);
  const auto seconds = [](Value v) { return Value(Duration{*v.get<Number>()}); };
  CHECK(compare(Relation::LessEqual, seconds(never()), seconds(number(60)), simple(TypeKind::Duration))
            .is_false());
  CHECK(compare(Relation::LessEqual, seconds(number(60)), number(60), simple(TypeKind::Duration)).kind ==
        Answer::Kind::Mistyped);
}

TEST_CASE("text compares as its type says") {
  struct TextRow {
    TypeKind kind;
    const char* left;
    const char* op;
    const char* right;
    const char* answer;
  };
  const TextRow rows[] = {
      {TypeKind::Text, "a", "==", "a", "true"},
      {TypeKind::Text, "a", "==", "A", "false"},
      {TypeKind::Text, "a", "<", "b", "true"},
      {TypeKind::Name, "LabTech", "==", "LABTECH", "true"},
      {TypeKind::Name, "LabTech", "==", "LabTech ", "false"},
      {TypeKind::Path, "C:\\LTShare", "==", "c:/ltshare/", "true"},
      {TypeKind::Path, "C:\\", "==", "C:", "true"},
      {TypeKind::Path, "C:\\LTShare", "==", "C:\\LT Share", "false"},
      {TypeKind::Version, "10.0", "==", "10.0.0", "true"},
      {TypeKind::Version, "10.0.17763", "<", "10.0.20348", "true"},
      {TypeKind::Version, "9.9", "<", "10.0", "true"},
      {TypeKind::Version, "10.010", "==", "10.10", "true"},
      {TypeKind::Version, "1.2", ">=", "1.2.1", "false"},
      {TypeKind::Version, "99999999999999999999999", ">", "1", "true"},
      {TypeKind::Version, "1.2-beta", ">", "1", "mistyped"},
      {TypeKind::Version, "", "==", "", "mistyped"},
      {TypeKind::Version, "1.", "==", "1", "mistyped"},
      {TypeKind::Version, "1..2", "==", "1", "mistyped"},
  };
  for (const TextRow& row : rows) {
    CAPTURE(row.left, row.op, row.right);
    CHECK(shown(compare(relation_of(row.op), text(row.left), text(row.right), simple(row.kind))) ==
          row.answer);
  }
}

TEST_CASE("registry data compares by type") {
  const Value no_texts = Value(ListValue{});
  const Value no_set = Value(SetValue::exactly({}));
  const Row rows[] = {
      {dword(1), "==", number(1), "true"},
      {dword(1), "==", number(0), "false"},
      {dword(1), "!=", number(0), "true"},
      {dword(5), "<=", number(10), "true"},
      {dword(0xFFFFFFFF), "==", number(0xFFFFFFFF), "true"},
      {dword(0xFFFFFFFF), "==", number(-1), "false"},  // unsigned
      {number(1), "==", dword(1), "true"},
      {number(1), "<", dword(5), "true"},
      {sz("1"), "==", number(1), "mistyped"},
      {sz("1"), "!=", number(1), "mistyped"},
      {qword(1), "==", number(1), "mistyped"},
      {qword(1), "==", qword(1), "true"},
      {qword(1), "<", qword(2), "true"},
      {dword(1), "==", dword(1), "true"},
      {dword(1), "==", qword(1), "mistyped"},
      {dword(1), "==", text("1"), "mistyped"},
      {sz("x"), "==", text("x"), "true"},
      {sz("x"), "==", text("X"), "false"},  // ordinal
      {expand_sz("%windir%"), "==", text("%windir%"), "true"},
      {expand_sz("%windir%"), "==", sz("%windir%"), "mistyped"},
      {sz("x"), "==", sz("x"), "true"},
      {sz("x"), "==", expand_sz("x"), "mistyped"},
      {multi_sz({"x"}), "==", text("x"), "mistyped"},
      {multi_sz({"a", "b"}), "==", list({"a", "b"}), "true"},
      {multi_sz({"a", "b"}), "==", list({"b", "a"}), "false"},
      {multi_sz({"a", "b"}), "==", texts({"b", "a"}), "true"},
      {multi_sz({"a", "a"}), "==", texts({"a"}), "true"},
      {multi_sz({"a"}), "==", texts({"A"}), "false"},
      {multi_sz({}), "==", no_texts, "true"},
      {multi_sz({}), "==", list({""}), "false"},
      {multi_sz({""}), "==", no_texts, "false"},
      {multi_sz({}), "==", no_set, "true"},
      {sz("a"), "==", list({"a"}), "mistyped"},
      {binary({0, 255}), "==", binary({0, 255}), "true"},
      {binary({0, 255}), "==", binary({0}), "false"},
      {binary({0}), "<", binary({1}), "mistyped"},
      {binary({1}), "==", number(1), "mistyped"},
      {Value(RegistryData{RegistryType::None, 0, {}}), "==", number(0), "mistyped"},
      {Value(RegistryData{RegistryType::Other, 11, {}}),
       "==", Value(RegistryData{RegistryType::Other, 12, {}}), "mistyped"},
      {Value(RegistryData{RegistryType::Dword, 0, {}}), "==", number(0), "mistyped"},  // no data to speak of
      {dword(1), "==", Value(true), "mistyped"},
  };
  check(rows, kRegistry);
}

TEST_CASE("principals compare by SID, unknown without one") {
  const Row rows[] = {
      {who("SYSTEM"), "==", who("S-1-5-18"), "true"},     {who("SYSTEM"), "!=", who("Everyone"), "true"},
      {who("?alice"), "==", who("SYSTEM"), "unresolved"}, {who("?alice"), "!=", who("SYSTEM"), "unresolved"},
      {who("?alice"), "==", who("?alice"), "unresolved"}, {who("nobody"), "==", who("SYSTEM"), "false"},
      {who("nobody"), "==", who("nobody"), "false"},      {who("SYSTEM"), "<", who("SYSTEM"), "mistyped"},
  };
  check(rows, simple(TypeKind::Principal));
}

TEST_CASE("policy states compare by state unless an option is written") {
  using State = PolicyState::State;
  const Row rows[] = {
      {policy(State::Enabled, "All drives"), "==", policy(State::Enabled), "true"},
      {policy(State::Enabled, "All drives"), "==", policy(State::Enabled, "all drives"), "true"},
      {policy(State::Enabled, "CD-ROM"), "==", policy(State::Enabled, "All drives"), "false"},
      {policy(State::Enabled), "==", policy(State::Enabled, "All drives"), "false"},
      {policy(State::Enabled, "x"), "==", policy(State::Disabled), "false"},
      {policy(State::Disabled), "==", policy(State::Disabled), "true"},
      {policy(State::Disabled), "!=", policy(State::NotConfigured), "true"},
  };
  check(rows, simple(TypeKind::PolicyState));
}

TEST_CASE("other kinds compare by value") {
  const auto day = [](const char* iso) { return Value(Date::parse(iso).value()); };
  const auto port = [](std::uint16_t n, Protocol p) { return Value(Port{n, p}); };
  const Row rows[] = {
      {Value(true), "==", Value(true), "true"},
      {Value(true), "<", Value(true), "mistyped"},
      {symbol("dc"), "==", symbol("dc"), "true"},
      {symbol("dc"), "!=", symbol("member"), "true"},
      {day("2027-01-31"), "<", day("2027-02-01"), "true"},
      {port(443, Protocol::Tcp), "==", port(443, Protocol::Udp), "false"},
      {port(443, Protocol::Tcp), "<", port(444, Protocol::Tcp), "true"},
      {rights(0x301BF), "==", rights(0x301BF), "true"},
      {rights(0x301BF), "==", Value(Rights{0x301BF, 0x301BF, 0}), "false"},
      {Value(), "==", Value(), "mistyped"},
  };
  check(rows, Type{});
}

TEST_CASE("lists compare item by item") {
  const Row rows[] = {
      {list({"a", "b"}), "==", list({"a", "b"}), "true"},
      {list({"a"}), "==", list({"a", "b"}), "false"},
      {list({}), "==", list({}), "true"},
      {list({"a"}, false), "==", list({"a"}), "unknown"},
      {list({"a", "b"}, false), "==", list({"a"}), "false"},
      {list({"a"}, false), "==", list({"x", "y"}), "unknown"},
  };
  check(rows, list_of(TypeKind::Text));
}

TEST_CASE("patterns apply to text and text in the registry") {
  CHECK(shown(is_like(text("lt-lab01"), text("LT-LAB*"))) == "true");
  CHECK(shown(is_like(sz("x"), text("?"))) == "true");
  CHECK(shown(is_like(expand_sz("%x%"), text("%*%"))) == "true");
  CHECK(shown(is_like(multi_sz({"x"}), text("?"))) == "mistyped");
  CHECK(shown(is_like(dword(1), text("1"))) == "mistyped");
  CHECK(shown(is_like(text("x"), number(1))) == "mistyped");
  CHECK(shown(is_like(text("x"), text(std::string(1024, '*')))) == "true");
  CHECK(shown(is_like(text("x"), text(std::string(1025, '*')))) == "budget");
}

TEST_CASE("bits of a mask") {
  CHECK(shown(has_bits(number(0x20080000), number(0x20000000))) == "true");
  CHECK(shown(has_bits(number(0x20080000), number(0x20080001))) == "false");
  CHECK(shown(has_bits(number(5), number(0))) == "true");
  CHECK(shown(has_bits(dword(0x20080000), number(0x80000))) == "true");
  CHECK(shown(has_bits(qword(3), number(1))) == "mistyped");
  CHECK(shown(has_bits(qword(3), qword(1))) == "true");
  CHECK(shown(has_bits(sz("3"), number(1))) == "mistyped");
  CHECK(shown(has_bits(number(-1), number(1))) == "mistyped");
  CHECK(shown(has_bits(never(), number(1))) == "mistyped");
  CHECK(shown(has_bits(at_least(1), number(1))) == "unknown");
}

TEST_CASE("registry data by the type that is asked for") {
  CHECK(registry_content(*dword(7).get<RegistryData>(), RegistryType::Dword) == number(7));
  CHECK(registry_content(*dword(7).get<RegistryData>(), RegistryType::Qword) == std::nullopt);
  CHECK(registry_content(*sz("x").get<RegistryData>(), RegistryType::Sz) == text("x"));
  CHECK(registry_content(*expand_sz("x").get<RegistryData>(), RegistryType::Sz) == std::nullopt);
  CHECK(registry_content(*multi_sz({"x"}).get<RegistryData>(), RegistryType::MultiSz) == list({"x"}));
  CHECK(registry_content(*binary({1}).get<RegistryData>(), RegistryType::Binary) == std::nullopt);
}

TEST_CASE("between two values, both included") {
  const struct {
    Value element, first, last;
    TypeKind kind;
    const char* answer;
  } rows[] = {
      {number(8), number(8), number(128), TypeKind::Int, "true"},
      {number(128), number(8), number(128), TypeKind::Int, "true"},
      {number(129), number(8), number(128), TypeKind::Int, "false"},
      {interval(7, 10), number(8), number(128), TypeKind::Int, "unknown"},
      {interval(7, 10), number(9), number(8), TypeKind::Int, "false"},
      {text("10.0.22000"), text("10.0"), text("11"), TypeKind::Version, "true"},
      {text("9.9"), text("10.0"), text("11"), TypeKind::Version, "false"},
      {Value(Port{443, Protocol::Tcp}), Value(Port{1, Protocol::Tcp}), Value(Port{1024, Protocol::Tcp}),
       TypeKind::Port, "true"},
      {Value(Port{443, Protocol::Udp}), Value(Port{1, Protocol::Tcp}), Value(Port{1024, Protocol::Tcp}),
       TypeKind::Port, "false"},
      {text("8"), number(8), number(128), TypeKind::Int, "mistyped"},
  };
  for (const auto& row : rows) {
    CAPTURE(to_text(row.element), to_text(row.first), to_text(row.last));
    CHECK(shown(is_between(row.element, row.first, row.last, simple(row.kind))) == row.answer);
  }
}
