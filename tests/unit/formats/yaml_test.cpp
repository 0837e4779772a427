#include "runtime/formats/yaml.hpp"

#include <string>

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/formats/reading.hpp"

using namespace polc;
using namespace polc::formats;
using namespace std::string_literals;

namespace {

std::string read(const std::string& text) {
  base::DiagnosticSink sink;
  const auto document = read_yaml(text, 1, sink);
  return sink.empty() && document ? shown(document->root()) : shown(sink, text);
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

TEST_CASE("YAML scalars: quoting decides, and few words are special") {
  const std::pair<const char*, const char*> rows[] = {
      {"a: 1", "{a:i1}"},
      {"a: -7", "{a:i-7}"},
      {"a: 0xFF", "{a:i0xFF}"},
      {"a: 99999999999999999999999", "{a:i99999999999999999999999}"},
      {"a: \"1\"", "{a:t1}"},
      {"a: '1'", "{a:t1}"},
      {"a: true", "{a:btrue}"},
      {"a: False", "{a:bFalse}"},
      {"a: yes", "{a:wyes}"},
      {"a: on", "{a:won}"},
      {"a: No", "{a:wNo}"},
      {"a: 1.5", "{a:w1.5}"},
      {"a: 1e3", "{a:w1e3}"},
      {"a: 0o17", "{a:w0o17}"},
      {"a: 0xZZ", "{a:w0xZZ}"},
      {"a: 2026-11-20", "{a:w2026-11-20}"},
      {"a: 10:30", "{a:w10:30}"},
      {"a: .inf", "{a:w.inf}"},
      {"a: null", "{a:~}"},
      {"a: ~", "{a:~}"},
      {"a:", "{a:~}"},
      {"a: ''", "{a:t}"},
      {"a: C:\\Windows", "{a:wC:\\Windows}"},
      {"a: 'C:\\a''b'", "{a:tC:\\a'b}"},
      {"a: |\n  x\n  y\n", "{a:tx\ny\n}"},
      {"a: [1, b, {c: d}]", "{a:[i1,wb,{c:wd}]}"},
      {"'': 1", "{:i1}"},
      {"443: x", "{443:wx}"},
      {"- 1\n- 2", "[i1,i2]"},
      {"{\"a\": [\"b\", true, null, 1]}", "{a:[tb,btrue,~,i1]}"},
      {"\xef\xbb\xbf"
       "a: 1",
       "{a:i1}"},
      {"a: 1\r\nb: 2\r\n", "{a:i1,b:i2}"},
      {"---\na: 1\n...\n", "{a:i1}"},
      {"%YAML 1.2\n---\na: 1\n", "{a:i1}"},
      {"a: \xc3\xa4\xf0\x9f\x94\x92", "{a:w\xc3\xa4\xf0\x9f\x94\x92}"},
  };
  for (const auto& [text, expected] : rows) {
    CAPTURE(text);
    CHECK(read(text) == expected);
  }
}

TEST_CASE("YAML that is refused, with its place") {
  const std::pair<std::string, const char*> rows[] = {
      {"a: 1\nb: 2\na: 3\n", "3:1 POL3508 'a' is given twice"},
      {"a: 1\n'a': 3\nb: {c: 1, c: 2}\n", "2:1 POL3508 'a' is given twice\n3:11 POL3508 'c' is given twice"},
      {"x: &a [1]\ny: *a\n", "1:4 POL3505 YAML anchors and aliases are not accepted"},
      {"a: &x 1\n", "1:4 POL3505 YAML anchors and aliases are not accepted"},
      {"a: !!int '3'\n", "1:4 POL3506 YAML tags such as tag:yaml.org,2002:int are not accepted"},
      {"a: !foo {b: 1}\n", "1:4 POL3506 YAML tags such as !foo are not accepted"},
      {"a: 1\n---\nb: 2\n", "2:1 POL3507 a second YAML document begins here"},
      {"a: 1\n...\n---\n...\n", "3:1 POL3507 a second YAML document begins here"},
      {"a: 007\nb: -01\n", "1:4 POL3514 '007' begins with a zero\n2:4 POL3514 '-01' begins with a zero"},
      {"? [a]\n: 1\n", "1:3 POL3515 a key must be a word or a quoted text"},
      {"~: 1\n", "1:1 POL3515 a key must be a word or a quoted text"},
      {"", "1:1 POL3513 the file holds nothing"},
      {"# only a comment\n", "1:1 POL3513 the file holds nothing"},
      {"a: b: c\n", "1:5 POL3503 this is not YAML: illegal map value"},
      {"a: \"C:\\Windows\"\n", "1:9 POL3503 this is not YAML: unknown escape character: W"},
      {"a: 'b\n", "1:4 POL3503 this is not YAML: a quoted text that is not closed"},
      {"a: 'b''", "1:8 POL3503 this is not YAML: illegal EOF in scalar"},
      {"a: 'x'\nb: \"c\\\"\n", "2:4 POL3503 this is not YAML: a quoted text that is not closed"},
      {"a: [1, 2\n", "2:1 POL3503 this is not YAML: end of sequence flow not found"},
      {"a: b\xff\n", "1:5 POL3501 byte 0xff is not UTF-8"},
      {"a: \xc0\xaf\n", "1:4 POL3501 byte 0xc0 is not UTF-8"},
      {"a: \xed\xa0\x80\n", "1:4 POL3501 byte 0xed is not UTF-8"},
      {"\xff\xfe"
       "a\0:\0"s,
       "1:1 POL3502 the file is UTF-16"},
      {"\xfe\xff\0a\0:"s, "1:1 POL3502 the file is UTF-16"},
      {"a\0:\0 \0"s, "1:1 POL3502 the file is UTF-16"},
      {"a: 1\nb: \x04\nc: 3\n", "2:4 POL3512 control character U+0004 in a data file"},
      {"a: \0"s, "1:4 POL3512 control character U+0000 in a data file"},
  };
  for (const auto& [text, expected] : rows) {
    CAPTURE(text);
    CHECK(read(text) == expected);
  }
}

TEST_CASE("YAML alias bombs stop at the first anchor") {
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 60; ++i) {
    const auto n = std::to_string(i);
    const auto before = std::to_string(i - 1);
    bomb += "a" + n + ": &a" + n + " [*a" + before + ", *a" + before + "]\n";
  }
  CHECK(read(bomb) == "1:5 POL3505 YAML anchors and aliases are not accepted");
}

TEST_CASE("YAML bounds at N and N + 1") {
  CHECK(read(nested(limits::kDocumentDepth)).front() == '[');
  CHECK(read(nested(limits::kDocumentDepth + 1)) == "1:33 POL3509 more than 32 levels of nesting");
  CHECK(read(nested(300)) == "1:33 POL3509 more than 32 levels of nesting");
  CHECK(read(std::string(100'000, '[')).find("POL35") != std::string::npos);
  CHECK(read(std::string(limits::kYamlBytes + 1, ' ')) ==
        "1:1 POL3500 the file has 16777217 bytes; at most 16777216 are read");
}

TEST_CASE("a file of nothing but duplicates is read in linear time") {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += "a: 1\n";
  const std::string shown = read(text);
  CHECK(shown.find("2:1 POL3508") == 0);
  CHECK(shown.find("POL1000") != std::string::npos);
}

TEST_CASE("places in YAML are bytes of the file, after a mark and CRLF too") {
  for (const std::string mark : {"", "\xef\xbb\xbf"}) {
    for (const std::string end : {"\n", "\r\n"}) {
      const std::string text = mark + "first: 1" + end + "second:" + end + "  - 'third'" + end;
      base::DiagnosticSink sink;
      const auto document = read_yaml(text, 7, sink);
      REQUIRE(document);
      const Member second = *++document->root().members().begin();
      const base::Span key = second.key.span();
      const base::Span item = (*second.value.items().begin()).span();
      CHECK(key.file == 7);
      CHECK(text.substr(key.begin, key.end - key.begin) == "second");
      CHECK(text.substr(item.begin, item.end - item.begin) == "'third'");
    }
  }
}

TEST_CASE("a text that ends behind a backslash is reported inside of it") {
  base::SourceManager sources;
  base::DiagnosticSink sink;
  const std::string text = "a: \"b\\";
  CHECK_FALSE(read_yaml(text, sources.add("t.yaml", text), sink));
  REQUIRE(sink.sorted().size() == 1);
  CHECK(sink.sorted()[0].span.end <= text.size());
}

TEST_CASE("every truncation of a YAML text is read or refused") {
  const std::string text = "a: {b: [1, 'two', \"th\\u00e9\"], c: |\n  x\n}\nd:\n  - e: !x f\n  - \xc3\xa4\n";
  for (std::size_t size = 0; size <= text.size(); ++size) read(text.substr(0, size));
}
