#include "runtime/base/casefold.hpp"

#include <utf8proc.h>

#include <set>
#include <string>

#include "runtime/base/text.hpp"
#include "tests/unit/catch.hpp"

using namespace polc::base;

TEST_CASE("folding follows the upper-case table of Windows, not full Unicode") {
  struct Row {
    const char* a;
    const char* b;
    bool equal;
  };
  const Row rows[] = {
      {"", "", true},
      {"System", "SYSTEM", true},
      {"System", "Systems", false},
      {"Ä", "ä", true},
      {"ÿ", "Ÿ", true},
      {"straße", "STRASSE", false},  // no expansion
      {"ß", "ẞ", false},
      {"ı", "I", false},  // dotless i has no partner
      {"i", "İ", false},
      {"µ", "Μ", false},  // micro sign is not mu
      {"ſ", "S", false},  // long s
      {"ς", "Σ", true},   // both sigmas are one letter
      {"σ", "Σ", true},
      {"é", "e\xCC\x81", false},  // nothing is normalised
      {"ǆ", "Ǆ", true},
      {"ǅ", "Ǆ", false},  // title case has no partner
      {"ж", "Ж", true},
      {"ა", "Ა", false},       // Georgian was paired after the table was made
      {"𐐨", "𐐀", false},         // outside the basic plane
      {"a\xFF", "A\xFF", true},  // a byte that is no UTF-8 equals itself
      {"a\xFF", "A\xFE", false},
      {"\xED\xA0\x80", "\xED\xA0\x80", true},  // surrogate in UTF-8 form
      {"\xC3", "\xC3\xA4", false},             // truncated
  };
  for (const Row& row : rows) {
    CAPTURE(row.a, row.b);
    CHECK(equal_folded(row.a, row.b) == row.equal);
    CHECK((fold_case(row.a) == fold_case(row.b)) == row.equal);
    CHECK((compare_folded(row.a, row.b) == 0) == row.equal);
    CHECK((folded_characters(row.a) == folded_characters(row.b)) == row.equal);
  }
}

TEST_CASE("every ASCII character folds alike wherever it stands, beside ASCII and beside others") {
  for (const std::string filler : {"x", "\xC3\xA4"}) {
    for (std::size_t before = 0; before < 10; ++before) {
      for (int c = 0; c < 0x80; ++c) {
        const bool lower = c >= 'a' && c <= 'z';
        std::string text(before, '.');
        std::string expected = text;
        text += static_cast<char>(c);
        expected += static_cast<char>(lower ? c - 'a' + 'A' : c);
        INFO(before << " " << c);
        REQUIRE(fold_case(text + filler + text) == expected + fold_case(filler) + expected);
        REQUIRE(find_invalid_utf8(text + filler + text + '\x80') == 2 * text.size() + filler.size());
      }
    }
  }
}

TEST_CASE("folding differs from simple Unicode mappings only where the header says so") {
  // Mappings of Unicode 5.0 that Windows leaves out; later additions begin at other code points.
  const std::set<char16_t> left_out{0x00B5, 0x0131, 0x017F, 0x01C5, 0x01C8, 0x01CB, 0x01F2, 0x0345, 0x03D0,
                                    0x03D1, 0x03D5, 0x03D6, 0x03F0, 0x03F1, 0x03F5, 0x1E9B, 0x1FBE};
  for (const char16_t unit : left_out) CHECK(upcase(unit) == unit);
  int folded = 0;
  for (std::uint32_t c = 0; c < 0x10000; ++c) {
    const auto unit = static_cast<char16_t>(c);
    if (upcase(unit) == unit) continue;
    ++folded;
    // U+023A and U+023E are mapped to their small letters, as the table of Windows has it.
    if (c == 0x023A || c == 0x023E || c == 0x1FCC || c == 0x1FFC) continue;
    CAPTURE(c);
    CHECK(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)) == static_cast<utf8proc_int32_t>(upcase(unit)));
  }
  CHECK(folded == 874);
}

TEST_CASE("folding is idempotent and lower case is its inverse") {
  for (std::uint32_t c = 0; c < 0x10000; ++c) {
    const auto unit = static_cast<char16_t>(c);
    CAPTURE(c);
    CHECK(upcase(upcase(unit)) == upcase(unit));
    CHECK(upcase(downcase(unit)) == upcase(unit));
  }
  CHECK(downcase(u'A') == u'a');
  CHECK(downcase(u'\u03A3') == u'\u03C3');
  CHECK(lower_case("LabTech WebCC ÄΣ\xFF") == "labtech webcc äσ\xFF");
}

TEST_CASE("folded order is by folded character") {
  CHECK((compare_folded("a", "B") < 0));
  CHECK((compare_folded("b", "A") > 0));
  CHECK((compare_folded("a", "AB") < 0));
  CHECK((compare_folded("z", "ä") < 0));
  CHECK((compare_folded("\xFF", "\xF0\x9F\x92\xA9") > 0));
}
