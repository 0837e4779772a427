#include "runtime/base/render.hpp"

#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/diagnostics/syntax.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;

namespace {

/// The unused diagnostics of the registry stand in for kinds of the compiler.
base::Diagnostic problem(base::Span span) {
  return diag::BadOptionValue{.option = "severity", .value = "hihg", .expected = "high"}.at(span);
}

base::Span span_of(const base::SourceManager& sources, std::string_view text, base::FileId file = 1) {
  const auto begin = static_cast<std::uint32_t>(sources.find(file)->text().find(text));
  return {file, begin, begin + static_cast<std::uint32_t>(text.size())};
}

std::string render(const base::Diagnostic& diagnostic, const base::SourceManager& sources,
                   std::size_t width = 100) {
  return base::render_diagnostic(diagnostic, sources, {false, width});
}

}  // namespace

TEST_CASE("a diagnostic shows its place with a caret span and its hint", "[render]") {
  base::SourceManager sources;
  sources.add("a.pol", "policy \"x\"\n\ncontrol \"A\" \"B\" {\n  severity hihg\n}\n");
  CHECK(render(problem(span_of(sources, "hihg")), sources) ==
        "error[POL5001]: 'hihg' is not a value for severity\n"
        " --> a.pol:4:12\n"
        "  |\n"
        "4 |   severity hihg\n"
        "  |            ^^^^\n"
        "  = hint: write high\n");
}

TEST_CASE("a diagnostic without a place is a message and a hint", "[render]") {
  const base::SourceManager sources;
  CHECK(render(problem({}), sources) ==
        "error[POL5001]: 'hihg' is not a value for severity\n"
        "  = hint: write high\n");
}

TEST_CASE("labels show second places, near, far and in other files", "[render]") {
  base::SourceManager sources;
  sources.add("a.pol", "one\ntwo\nthree\nfour\n");
  sources.add("b.pol", "\nother\n");
  base::Diagnostic diagnostic = problem(span_of(sources, "four"));
  diagnostic.labels = {{span_of(sources, "one"), "first declared here"},
                       {span_of(sources, "three"), "and here"},
                       {span_of(sources, "other", 2), "or here"}};
  CHECK(render(diagnostic, sources) ==
        "error[POL5001]: 'hihg' is not a value for severity\n"
        " --> a.pol:4:1\n"
        "  |\n"
        "1 | one\n"
        "  | --- first declared here\n"
        "...\n"
        "3 | three\n"
        "  | ----- and here\n"
        "4 | four\n"
        "  | ^^^^\n"
        " ::: b.pol:2:1\n"
        "  |\n"
        "2 | other\n"
        "  | ----- or here\n"
        "  = hint: write high\n");
}

TEST_CASE("carets stand below what is shown: tabs, wide, combining and hidden characters", "[render]") {
  struct Row {
    std::string_view line, marked, shown, carets;
  };
  const Row rows[]{
      {"\tab X", "X", "1 |     ab X\n", "  |        ^\n"},
      {"\xE6\x97\xA5\xE6\x9C\xAC X", "X", "1 | \xE6\x97\xA5\xE6\x9C\xAC X\n", "  |      ^\n"},
      {"\xE6\x97\xA5 X", "\xE6\x97\xA5", "1 | \xE6\x97\xA5 X\n", "  | ^^\n"},
      {"e\xCC\x81 X", "X", "1 | e\xCC\x81 X\n", "  |   ^\n"},
      {"a\x1b X", "X", "1 | a\\u{1b} X\n", "  |         ^\n"},
      {"a\xE2\x80\xAE X", "\xE2\x80\xAE", "1 | a\\u{202e} X\n", "  |  ^^^^^^^^\n"},
      {"a\xff X", "X", "1 | a\\x{ff} X\n", "  |         ^\n"},
  };
  for (const Row& row : rows) {
    base::SourceManager sources;
    sources.add("a.pol", std::string(row.line) + "\n");
    const std::string text = render(problem(span_of(sources, row.marked)), sources);
    CHECK(text.find(std::string(row.shown) + std::string(row.carets)) != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
  }
}

TEST_CASE("spans at the end of a line, of the file, and over several lines", "[render]") {
  base::SourceManager sources;
  sources.add("a.pol", "ab\r\ncd\nef");
  const auto carets = [&](base::Span span) {
    const std::string text = render(problem(span), sources);
    const std::size_t begin = text.find(" |\n") + 3;
    return text.substr(begin, text.find("  = hint") - begin);
  };
  CHECK(carets({1, 2, 2}) == "1 | ab\n  |   ^\n");
  CHECK(carets({1, 2, 4}) == "1 | ab\n  |   ^\n");
  CHECK(carets({1, 9, 9}) == "3 | ef\n  |   ^\n");
  CHECK(carets({1, 900, 900}) == "3 | ef\n  |   ^\n");
  CHECK(carets({1, 1, 8}) == "1 | ab\n  |  ^ (up to line 3)\n");
}

TEST_CASE("long lines are cut around the mark", "[render]") {
  base::SourceManager sources;
  sources.add("a.pol", std::string(500, 'a') + "MARK" + std::string(500, 'b') + "\n");
  const std::string text = render(problem(span_of(sources, "MARK")), sources, 40);
  std::size_t begin = 0;
  std::size_t line_number = 0;
  std::string source_line;
  std::string caret_line;
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos;
       begin = end + 1, ++line_number) {
    const std::string line = text.substr(begin, end - begin);
    if (line_number > 2) CHECK(line.size() <= 40);
    if (line_number == 3) source_line = line;
    if (line_number == 4) caret_line = line;
  }
  CHECK(source_line.find("...") != std::string::npos);
  CHECK(source_line.substr(caret_line.find('^'), 4) == "MARK");
  CHECK(caret_line.ends_with("^^^^"));
}

TEST_CASE("fixes are shown as the line would read", "[render]") {
  base::SourceManager sources;
  sources.add("a.pol", "severity hihg\nx\n");
  base::Diagnostic replacement = problem(span_of(sources, "hihg"));
  replacement.fixes = {{span_of(sources, "hihg"), "high"}};
  CHECK(render(replacement, sources)
            .find("  = fix: replace 'hihg' by 'high'\n1 | severity high\n  |          ~~~~\n") !=
        std::string::npos);

  base::Diagnostic insertion = problem(span_of(sources, "hihg"));
  insertion.fixes = {{{1, 9, 9}, "very "}};
  CHECK(render(insertion, sources)
            .find("  = fix: insert 'very '\n1 | severity very hihg\n  |          +++++\n") !=
        std::string::npos);

  base::Diagnostic removal = problem(span_of(sources, "hihg"));
  removal.fixes = {{span_of(sources, "hihg"), ""}};
  CHECK(render(removal, sources).find("  = fix: remove 'hihg'\n") != std::string::npos);
}

TEST_CASE("colour changes nothing but escape sequences", "[render]") {
  base::SourceManager sources;
  sources.add("a.pol", "severity hihg\n");
  const base::Diagnostic diagnostic = problem(span_of(sources, "hihg"));
  std::string colored = base::render_diagnostic(diagnostic, sources, {true, 100});
  CHECK(colored.find("\x1b[1;31m") != std::string::npos);
  for (std::size_t at = 0; (at = colored.find('\x1b')) != std::string::npos;)
    colored.erase(at, colored.find('m', at) - at + 1);
  CHECK(colored == render(diagnostic, sources));
}

TEST_CASE("several diagnostics are separated and counted", "[render]") {
  const base::SourceManager sources;
  const base::Diagnostic error = problem({});
  const base::Diagnostic note = diag::TooManyDiagnostics{.count = "3"}.at();
  CHECK(base::render_diagnostics({}, sources, {}).empty());
  const std::string text = base::render_diagnostics({error, error, note}, sources, {});
  CHECK(text.ends_with("\n\n2 errors\n"));
  CHECK(base::count_text({note}).empty());
  CHECK(base::count_text({error}) == "1 error");
}
