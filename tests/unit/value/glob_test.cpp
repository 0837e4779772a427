#include "runtime/value/glob.hpp"

#include <string>

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

using polc::value::Glob;

TEST_CASE("globs") {
  struct Row {
    const char* pattern;
    const char* text;
    bool matches;
  };
  const Row rows[] = {
      {"", "", true},
      {"", "a", false},
      {"*", "", true},
      {"*", "anything", true},
      {"**", "", true},
      {"?", "", false},
      {"?", "a", true},
      {"?", "ab", false},
      {"?", "ä", true},  // one character, two bytes
      {"?", "\xFF", true},
      {"lt-lab*", "LT-LAB01", true},
      {"lt-lab*", "xlt-lab", false},
      {"*telnet*", "Microsoft Telnet Server", true},
      {"a*b*c", "aXXbYYc", true},
      {"a*b*c", "acb", false},
      {"*ab", "aab", true},
      {"*aab", "aaab", true},
      {"a?c*", "abc", true},
      {"a`*c", "a*c", true},
      {"a`*c", "abc", false},
      {"a`?c", "abc", false},
      {"a``c", "a`c", true},
      {"a`", "a`", true},  // nothing to escape
      {"Ä*", "ärger", true},
      {"[ab]", "[AB]", true},  // no classes
      {"[ab]", "a", false},
      {"C:\\*", "c:\\windows", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pattern, row.text);
    CHECK(Glob::parse(row.pattern)->matches(row.text) == row.matches);
  }
}

TEST_CASE("globs across word boundaries of the state set") {
  for (const std::size_t length : {62U, 63U, 64U, 65U, 127U, 128U, 1024U}) {
    CAPTURE(length);
    const std::string text(length, 'x');
    CHECK(Glob::parse(text)->matches(text));
    CHECK(Glob::parse(std::string(length, '?'))->matches(text));
    CHECK_FALSE(Glob::parse(text)->matches(text + "x"));
    CHECK_FALSE(Glob::parse(text)->matches(text.substr(1)));
  }
}

TEST_CASE("the length of a pattern is limited") {
  using polc::limits::kPatternCharacters;
  CHECK(Glob::parse(std::string(kPatternCharacters, 'a')).has_value());
  CHECK_FALSE(Glob::parse(std::string(kPatternCharacters + 1, 'a')).has_value());
}

TEST_CASE("matching takes linear time on a pattern made to backtrack") {
  std::string pattern;
  for (int i = 0; i < 250; ++i) pattern += "*a?";
  pattern += "b";
  const std::string text(1U << 18U, 'a');
  CHECK_FALSE(Glob::parse(pattern)->matches(text));  // trying every way would not end
}
