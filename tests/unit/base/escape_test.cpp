#include "runtime/base/escape.hpp"

#include "tests/unit/catch.hpp"

using namespace polc::base;

TEST_CASE("visible text cannot act on a terminal or hide anything", "[escape]") {
  struct Row {
    std::string_view text, shown;
  };
  const Row rows[]{
      {"plain Text 123", "plain Text 123"},
      {"Pr\xC3\xBC"
       "fung \xE6\x97\xA5",
       "Pr\xC3\xBC"
       "fung \xE6\x97\xA5"},
      {"a\tb\r\nc", "a\\tb\\r\\nc"},
      {"\x1b[2J", "\\u{1b}[2J"},
      {std::string_view("\0x", 2), "\\u{0}x"},
      {"\x7f", "\\u{7f}"},
      {"\xC2\x9B", "\\u{9b}"},  // C1 control sequence introducer
      {"a\xE2\x80\xAE"
       "b",
       "a\\u{202e}b"},  // right-to-left override
      {"a\xE2\x81\xA6"
       "b",
       "a\\u{2066}b"},  // isolate
      {"a\xE2\x80\x8B"
       "b",
       "a\\u{200b}b"},  // zero width space
      {"a\xC2\xA0"
       "b",
       "a\\u{a0}b"},                              // no-break space
      {"\xEF\xBB\xBF", "\\u{feff}"},              // byte order mark
      {"\xE2\x80\xA8", "\\u{2028}"},              // line separator
      {"\xF3\xA0\x80\xA1", "\\u{e0021}"},         // tag
      {"\xff\xC3", "\\x{ff}\\x{c3}"},             // not UTF-8, truncated
      {"\xED\xA0\x80", "\\x{ed}\\x{a0}\\x{80}"},  // surrogate
      {"\\u{1b}", "\\u{1b}"},
  };
  for (const Row& row : rows) CHECK(visible(row.text) == row.shown);
}

TEST_CASE("visible blocks keep their lines", "[escape]") {
  CHECK(visible_block("a\r\nb\n\tc\rd\x1b") == "a\nb\n    c\\rd\\u{1b}");
}

TEST_CASE("Markdown text shows itself", "[escape]") {
  struct Row {
    std::string_view text, markdown;
  };
  const Row rows[]{
      {"plain", "plain"},
      {"*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"},
      {"<script>alert(1)</script>", "&lt;script\\>alert(1)&lt;/script\\>"},
      {"[x](javascript:y)", "\\[x\\](javascript:y)"},
      {"![i](u)", "\\!\\[i\\](u)"},
      {"a & b", "a &amp; b"},
      {"a | b", "a \\| b"},
      {"@team", "@<!-- -->team"},
      {"https://x www.y a.b c: d", "https\\://x www\\.y a.b c: d"},
      {"- item", "\\- item"},
      {"1. item", "1\\. item"},
      {"1.0", "1\\.0"},
      {"# h", "\\# h"},
      {"a\nb", "a b"},
      {"\xE2\x80\xAE", "\\\\u{202e}"},
  };
  for (const Row& row : rows) CHECK(markdown_text(row.text) == row.markdown);
}

TEST_CASE("code spans and fences hold any number of backticks", "[escape]") {
  CHECK(markdown_code("a") == "`a`");
  CHECK(markdown_code("") == "");
  CHECK(markdown_code("a`b``c") == "```a`b``c```");
  CHECK(markdown_code("`a") == "`` `a ``");
  CHECK(markdown_fence("x", "pol") == "```pol\nx\n```\n");
  CHECK(markdown_fence("a\n````\n") == "`````\na\n````\n`````\n");
}

TEST_CASE("authored Markdown keeps its markup and loses HTML and foreign links", "[escape]") {
  struct Row {
    std::string_view text, markdown;
  };
  const Row rows[]{
      {"**bold** and [site](https://example.org)", "**bold** and [site](https://example.org)"},
      {"<img src=x onerror=y>", "\\<img src=x onerror=y>"},
      {"a < b", "a < b"},
      {"<https://example.org>", "<https://example.org>"},
      {"<!-- hidden -->", "\\<!-- hidden -->"},
      {"[x](javascript:alert(1))", "[x]\\(javascript:alert(1))"},
      {"[x](file:///c:/)", "[x]\\(file:///c:/)"},
      {"[x]: javascript:alert(1)", "[x]\\: javascript:alert(1)"},
      {"use `Get-Item <name>` here", "use `Get-Item <name>` here"},
      {"``a ` <b>`` <b>", "``a ` <b>`` \\<b>"},
      {"```powershell\n<b>\n```\n<b>\n", "```powershell\n<b>\n```\n\\<b>\n"},
      {"~~~\n```\n<b>\n~~~\n<b>", "~~~\n```\n<b>\n~~~\n\\<b>"},
      {"unclosed ` <b>", "unclosed ` \\<b>"},
      {"~~~~\n```", "~~~~\n```\n~~~~\n"},
  };
  for (const Row& row : rows) CHECK(markdown_block(row.text) == row.markdown);
}

TEST_CASE("XML text has no character that XML forbids", "[escape]") {
  CHECK(xml_characters("a\x01<&\t\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD\xED\xA0\x80") ==
        "a\\u{1}<&    \\u{fffe}\\u{ffff}\xEF\xBF\xBD\\x{ed}\\x{a0}\\x{80}");
}

TEST_CASE("HTML text shows itself, also between quotes", "[escape]") {
  CHECK(html_text("<a href='x' title=\"y\">&amp;\n\x1b") ==
        "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;amp;\n\\u{1b}");
}

TEST_CASE("paths become relative URIs", "[escape]") {
  struct Row {
    std::string_view path, uri;
  };
  const Row rows[]{
      {"policies/automate.pol", "policies/automate.pol"},
      {"a b#c%d?.pol", "a%20b%23c%25d%3F.pol"},
      {"dir\\file.pol", "dir/file.pol"},
      {"pr\xC3\xBC"
       "f/\xE6\x97\xA5.pol",
       "pr%C3%BCf/%E6%97%A5.pol"},
      {"./a//b/./c", "a/b/c"},
      {"c:x/y:z", "c%3Ax/y:z"},
      {"a[1]", "a%5B1%5D"},
      {"", ""},
  };
  for (const Row& row : rows) CHECK(uri_path(row.path) == row.uri);
  CHECK(uri_segment("a/b c") == "a%2Fb%20c");
}

TEST_CASE("web URIs are absolute, http or https, and made of URI characters", "[escape]") {
  CHECK(is_web_uri("https://example.org/a?b=c#d"));
  CHECK(is_web_uri("http://localhost"));
  for (const char* bad :
       {"", "https://", "https:///x", "example.org", "ftp://example.org", "javascript:alert(1)",
        "https://example.org/a b", "https://example.org/\"><script>", "https://ex\xC3\xA4mple.org"})
    CHECK_FALSE(is_web_uri(bad));
}

TEST_CASE("width counts columns of a terminal", "[escape]") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("\xE6\x97\xA5\xE6\x9C\xAC") == 4);  // wide
  CHECK(display_width("e\xCC\x81") == 1);                 // combining
  CHECK(display_width("\xff") == 1);
}

TEST_CASE("shortening cuts between characters", "[escape]") {
  CHECK(shorten("abcdef", 6) == "abcdef");
  CHECK(shorten("abcdefg", 6) == "abc...");
  CHECK(shorten("abcdef", 2) == "..");
  CHECK(shorten("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 5) == "\xE6\x97\xA5...");
  CHECK(shorten_bytes("abcdef", 6) == "abcdef");
  CHECK(shorten_bytes("abcdefg", 6) == "abc...");
  CHECK(shorten_bytes("ab\xE6\x97\xA5xyz", 7) == "ab...");
}

TEST_CASE("wrapping breaks at spaces and keeps line feeds", "[escape]") {
  CHECK(wrap("one two three", 9) == "one two\nthree");
  CHECK(wrap("one two three", 11, "  ") == "  one two\n  three");
  CHECK(wrap("a\nb", 80, "> ") == "> a\n> b");
  CHECK(wrap("unbreakable", 4) == "unbreakable");
  CHECK(wrap("", 80, "  ") == "");
}
