#include "runtime/formats/inf.hpp"

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

using Fields = std::vector<std::string>;

InfFile inf(std::string_view text) {
  auto parsed = parse_inf(text);
  REQUIRE(parsed);
  return *std::move(parsed);
}

/// The only line of a file with one section.
InfLine only_line(std::string_view text) {
  const InfFile file = inf("[S]\n" + std::string(text) + "\n");
  REQUIRE(file.sections.size() == 1);
  REQUIRE(file.sections[0].lines.size() == 1);
  return file.sections[0].lines[0];
}

std::string inf_error(std::string_view text) {
  const auto parsed = parse_inf(text);
  REQUIRE_FALSE(parsed);
  return std::to_string(parsed.error().offset) + ": " + parsed.error().what;
}

}  // namespace

TEST_CASE("a template has sections, keys and fields, each with its line") {
  const InfFile file =
      inf("; comment\r\n[Unicode]\r\nUnicode=yes\r\n\r\n[System Access] ; another\r\n  MinimumPasswordAge = "
          "1  \r\n"
          "\"W32Time\",2,\"D:(A;;GA;;;SY)\"\r\n[unicode]\r\nMore = 2\r\n");
  REQUIRE(file.sections.size() == 2);
  CHECK_FALSE(file.cut_off);
  CHECK(file.sections[0].name == "Unicode");
  CHECK(file.sections[0].line == 2);
  REQUIRE(file.sections[0].lines.size() == 2);
  CHECK(file.sections[0].lines[1].key == "More");
  CHECK(file.sections[0].lines[1].line == 9);
  const InfSection* access = file.find("SYSTEM access");
  REQUIRE(access != nullptr);
  REQUIRE(access->lines.size() == 2);
  CHECK(access->lines[0].key == "MinimumPasswordAge");
  CHECK(access->lines[0].line == 6);
  CHECK(access->lines[0].fields == Fields{"1"});
  CHECK_FALSE(access->lines[1].has_key);
  CHECK(access->lines[1].fields == Fields{"W32Time", "2", "D:(A;;GA;;;SY)"});
  CHECK(file.find("Version") == nullptr);
}

TEST_CASE("fields of a template line") {
  struct Case {
    const char* text;
    Fields fields;
  };
  const Case cases[] = {
      {"K =", {}},
      {"K = ; none", {}},
      {"K = \"\"", {""}},
      {"K = ,", {"", ""}},
      {"K = a", {"a"}},
      {"K = a b , c", {"a b", "c"}},
      {"K=7,a\",\"b,c", {"7", "a,b", "c"}},
      {"K=1,\"say \"\"no\"\"\"", {"1", "say \"no\""}},
      {"K=1,\"  kept  \"", {"1", "  kept  "}},
      {"K=1,\"O:BAG:BAD:(A;;RC;;;BA)\"", {"1", "O:BAG:BAD:(A;;RC;;;BA)"}},
      {"K=4,0 ; comment, more", {"4", "0"}},
      {"K=a=b", {"a=b"}},
      {"K=a,\\\r\n  b", {"a", "b"}},
      {"K=\"C:\\\"", {"C:\\"}},
      {"K=C:\\x", {"C:\\x"}},
      {"K=\t1\t", {"1"}},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const InfLine line = only_line(c.text);
    CHECK(line.key == "K");
    CHECK(line.fields == c.fields);
  }
  CHECK(only_line("\"a=b\" = 1").key == "a=b");
}

TEST_CASE("a continued line counts all its lines") {
  const InfFile file = inf("[S]\nA = 1,\\\n 2\nB = 3\n");
  REQUIRE(file.sections[0].lines.size() == 2);
  CHECK(file.sections[0].lines[0].line == 2);
  CHECK(file.sections[0].lines[1].line == 4);
}

TEST_CASE("repeated keys are all listed") {
  const InfFile file = inf("[S]\nA = 1\na = 2\n");
  REQUIRE(file.sections[0].lines.size() == 2);
}

TEST_CASE("what Windows could read in two ways is refused with its place") {
  CHECK(inf_error("A = 1\n") == "0: a line before the first section");
  CHECK(inf_error("[S\nA = 1\n") == "0: the section header is not closed with ']'");
  CHECK(inf_error("[S] x\n") == "4: text behind a section header");
  CHECK(inf_error("[S]\nA = \"x\nB = 1\n") == "8: a quote that is not closed in its line");
  CHECK(inf_error("[S]\nA = x\ry\n") == "9: a control character");
  CHECK(inf_error("[S]\nA = \"\x01\"\n") == "9: a control character");
}

TEST_CASE("a template that is cut off says so, and shows no line that was not there") {
  const std::string text =
      "[System Access]\r\nMinimumPasswordLength = 14\r\n[Privilege Rights]\r\nSeTcbPrivilege = *S-1-5-18\r\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    INFO(size);
    const auto parsed = parse_inf(std::string_view(text).substr(0, size));
    if (!parsed) {
      CHECK(parsed.error().offset <= size);
      continue;
    }
    const bool at_line_end = size == 0 || text[size - 1] == '\n';
    CHECK(parsed->cut_off != at_line_end);
    for (const InfSection& section : parsed->sections) {
      for (const InfLine& line : section.lines) {
        if (line.cut_off) continue;
        const bool whole = (line.key == "MinimumPasswordLength" && line.fields == Fields{"14"}) ||
                           (line.key == "SeTcbPrivilege" && line.fields == Fields{"*S-1-5-18"});
        CHECK(whole);
      }
    }
  }
}

TEST_CASE("templates are bounded") {
  std::string text = "[S]\n;";
  text.resize(limits::kInfBytes, 'x');
  CHECK(parse_inf(text));
  text.push_back('x');
  CHECK(inf_error(text) == "0: a template of more than 4194304 bytes");

  const auto with_fields = [](std::size_t count) {
    return "[S]\nA = 1" + std::string(count - 1, ',') + "\n";
  };
  CHECK(parse_inf(with_fields(limits::kInfFields)));
  CHECK(inf_error(with_fields(limits::kInfFields + 1)) == "16393: more than 16384 fields in one line");

  std::string sections;
  for (std::size_t i = 0; i < limits::kInfSections; ++i) sections += '[' + std::to_string(i) + "]\n";
  CHECK(parse_inf(sections + "[0]\n"));
  CHECK(parse_inf(sections + "[x]\n").error().what == "more than 256 sections");
}

}  // namespace polc::formats
