#include "runtime/value/spelling.hpp"

#include "tests/unit/catch.hpp"
#include "tests/unit/value/support.hpp"

using namespace polc::value;
using namespace polc::value::testing;

TEST_CASE("text is written so that it reads back and deceives nobody") {
  struct Row {
    std::string text;
    const char* quoted;
    const char* raw;
  };
  const Row rows[] = {
      {"", R"("")", "''"},
      {"All drives", R"("All drives")", "'All drives'"},
      {"say \"x\"", R"("say \"x\"")", R"('say "x"')"},
      {"it's", R"("it's")", "'it''s'"},
      {"C:\\LTShare", "'C:\\LTShare'", "'C:\\LTShare'"},
      {"C:\\o'x", "'C:\\o''x'", "'C:\\o''x'"},
      {"a\nb\\c", R"("a\nb\\c")", R"("a\nb\\c")"},
      {"tab\t", R"("tab\t")", R"("tab\t")"},
      {std::string("nul\0", 4), R"("nul\u{0}")", R"("nul\u{0}")"},
      {"\x1B[31m", R"("\u{1B}[31m")", R"("\u{1B}[31m")"},
      {"evil\xE2\x80\xAEtxt", R"("evil\u{202E}txt")", R"("evil\u{202E}txt")"},
      {"zero\xE2\x80\x8Bwidth", R"("zero\u{200B}width")", R"("zero\u{200B}width")"},
      {"bad\xFF", R"("bad\u{FFFD}")", R"("bad\u{FFFD}")"},
      {"grüße", R"("grüße")", "'grüße'"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(quoted(row.text) == row.quoted);
    CHECK(quoted_raw(row.text) == row.raw);
  }
}

TEST_CASE("bare words") {
  for (const char* word : {"SYSTEM", "IIS_IUSRS", "a1", "_x"}) CHECK(is_bare_word(word));
  for (const char* word : {"", "1a", "Power Users", "any", "absent", "true", "a-b", "ä"})
    CHECK_FALSE(is_bare_word(word));
}

TEST_CASE("values read in policy syntax") {
  const auto seconds = [](std::int64_t n) { return Value(Duration{Number::exactly(Integer::of(n))}); };
  using State = PolicyState::State;
  struct Row {
    Value value;
    const char* text;
  };
  RecordData row;
  row.fields.push_back({"verb", Fact::present(text("OPTIONS"))});
  row.fields.push_back({"allowed", Fact::absent(AbsentLevel::Value)});
  row.fields.push_back({"other", Fact::unknown(UnknownReason::AccessDenied)});
  const Row rows[] = {
      {Value(), "nothing"},
      {Value(true), "true"},
      {number(-4), "-4"},
      {never(), "never"},
      {interval(1, 2), "1..2"},
      {at_least(12), "at least 12"},
      {seconds(0), "0s"},
      {seconds(90), "90s"},
      {seconds(120), "2min"},
      {seconds(7200), "2h"},
      {seconds(86400 * 90), "90d"},
      {Value(Duration{Number::exactly(Integer::infinity())}), "never"},
      {Value(Duration{Number::at_least(Integer::of(60))}), "at least 1min"},
      {Value(Date::parse("2027-01-31").value()), "2027-01-31"},
      {Value(Port{443, Protocol::Tcp}), "443/tcp"},
      {Value(Port{75, Protocol::Udp}), "75/udp"},
      {symbol("disabled_by_default"), "disabled_by_default"},
      {dword(255), "dword(255)"},
      {qword(1), "qword(1)"},
      {sz("x"), R"(sz("x"))"},
      {expand_sz("%windir%\\x"), R"(expand_sz('%windir%\x'))"},
      {multi_sz({"a", ""}), R"(multi_sz(["a", ""]))"},
      {binary({0, 255}), R"(binary("00 ff"))"},
      {Value(RegistryData{RegistryType::Other, 8, std::vector<std::uint8_t>{1}}), R"(type 8("01"))"},
      {Value(PolicyState{State::Enabled, "All drives"}), R"(Enabled("All drives"))"},
      {Value(PolicyState{State::Enabled, "30"}), "Enabled(30)"},
      {Value(PolicyState{State::Enabled, {}}), "Enabled"},
      {Value(PolicyState{State::NotConfigured, {}}), "NotConfigured"},
      {addresses("loopback"), "loopback"},
      {addresses("none", "10.0.0.0/8"), "at most 10.0.0.0/8"},
      {addresses("10.0.0.1", "any"), "at least 10.0.0.1"},
      {addresses("10.0.0.1", "10.0.0.0/8"), "at least 10.0.0.1, at most 10.0.0.0/8"},
      {people({"Users", "Authenticated Users", "SYSTEM"}), "{'Authenticated Users', SYSTEM, Users}"},
      {Value(SetValue::exactly({number(10), number(9), number(9)})), "{9, 10}"},
      {list({"b", "a"}), R"(["b", "a"])"},
      {list({"b"}, false), R"(["b", ...])"},
      {map({{who("SYSTEM"), rights(0x301BF)}, {who("Everyone"), rights(0x20089)}}),
       "{Everyone: Read, SYSTEM: Modify}"},
      {map({}, false), "{...}"},
      {rights(0xF003F), "FullControl"},
      {rights(0x3), "0x3"},
      {Value(Rights{0x301BF, 0, 0}), "Modify on {self}"},
      {Value(Record(std::make_shared<const RecordData>(row))),
       R"({verb: "OPTIONS", allowed: absent, other: unknown})"},
  };
  for (const Row& r : rows) {
    CAPTURE(r.text);
    CHECK(to_text(r.value) == r.text);
  }
}

TEST_CASE("structural equality ignores the order of sets and maps only") {
  SetValue shuffled;
  shuffled.low = {number(2), number(1)};
  shuffled.high = {{number(1), number(2), number(2)}};
  CHECK(Value(shuffled) == Value(SetValue::exactly({number(1), number(2)})));
  CHECK(shuffled.exact());
  CHECK_FALSE(std::get<SetValue>(partly({"SYSTEM"}).data).exact());
  CHECK(list({"a", "b"}) != list({"b", "a"}));
  CHECK(map({{number(1), number(2)}, {number(3), number(4)}}) ==
        map({{number(3), number(4)}, {number(1), number(2)}}));
  CHECK(text("a") != text("A"));
  CHECK(number(1) != dword(1));
  CHECK(precedes(number(1), number(2)));
  CHECK_FALSE(precedes(number(2), number(2)));
}
