#include "runtime/formats/json.hpp"

#include <string>

#include "runtime/base/limits.hpp"
#include "runtime/formats/document_builder.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/formats/reading.hpp"

using namespace polc;
using namespace polc::formats;
using namespace std::string_literals;

namespace {

std::string read(const std::string& text, const MemberFilter& filter = {}) {
  base::DiagnosticSink sink;
  const auto document = read_json(text, 1, sink, filter);
  return sink.empty() && document ? shown(document->root()) : shown(sink, text);
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

/// Keeps only members whose keys all begin with 'k'.
bool keep_k(std::span<const std::string_view> path) {
  return path.back().starts_with('k');
}

}  // namespace

TEST_CASE("JSON values") {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"a": 1, "b": -0, "c": 18446744073709551616})", "{a:i1,b:i-0,c:i18446744073709551616}"},
      {R"({"a": 1.0, "b": 1e3, "c": -0.5E-2})", "{a:f1.0,b:f1e3,c:f-0.5E-2}"},
      {R"({"a": "1", "b": "\u00e4\n\\", "": true})", "{a:t1,b:t\xc3\xa4\n\\,:btrue}"},
      {R"({"a": [], "b": {}, "c": null, "d": [false, [1]]})", "{a:[],b:{},c:~,d:[bfalse,[i1]]}"},
      {R"({"a": "\ud83d\udd12"})", "{a:t\xf0\x9f\x94\x92}"},
      {"[1]", "[i1]"},
      {"\xef\xbb\xbf{\"a\": 1}", "{a:i1}"},
      {" \r\n\t{ }\n", "{}"},
  };
  for (const auto& [text, expected] : rows) {
    CAPTURE(text);
    CHECK(read(text) == expected);
  }
}

TEST_CASE("JSON that is refused, with its place") {
  const std::pair<std::string, const char*> rows[] = {
      {"", "1:1 POL3513 the file holds nothing"},
      {" \n ", "1:1 POL3513 the file holds nothing"},
      {"5", "1:1 POL3504 this is not JSON: the outermost value must be an object or a list"},
      {"{\"a\": 1,\n \"a\": 2}", "2:2 POL3508 'a' is given twice"},
      {"{\"a\": 1,\n \"\\u0061\": 2}", "2:2 POL3508 'a' is given twice"},
      {"{\"a\": 01}", "1:7 POL3504 this is not JSON: '01' is neither a number nor true, false or null"},
      {"{\"a\": +1}", "1:7 POL3504 this is not JSON: a value is missing here"},
      {"{\"a\": .5}", "1:7 POL3504 this is not JSON: a value is missing here"},
      {"{\"a\": 1.}", "1:7 POL3504 this is not JSON: '1.' is neither a number nor true, false or null"},
      {"{\"a\": NaN}", "1:7 POL3504 this is not JSON: a value is missing here"},
      {"{\"a\": truth}", "1:7 POL3504 this is not JSON: 'truth' is neither a number nor true, false or null"},
      {"{\"a\": nul}", "1:7 POL3504 this is not JSON: 'nul' is neither a number nor true, false or null"},
      {"{\"a\": \"x\\q\"}", "1:7 POL3504 this is not JSON: an escape in this string is not valid"},
      {"{\"a\": \"\\ud800\"}", "1:7 POL3504 this is not JSON: an escape in this string is not valid"},
      {"{\"a\\q\": 1}", "1:2 POL3504 this is not JSON: an escape in this string is not valid"},
      {"{\"a\": \"x\ny\"}", "1:9 POL3504 this is not JSON: a control character or line end inside a string"},
      {"{\"a\": 1, \"b}", "1:10 POL3504 this is not JSON: a string that is not closed"},
      {"{\"a\": \"\xff\"}", "1:8 POL3501 byte 0xff is not UTF-8"},
      {"{\0\"\0a\0"s, "1:1 POL3502 the file is UTF-16"},
  };
  for (const auto& [text, expected] : rows) {
    CAPTURE(text);
    CHECK(read(text) == expected);
  }
}

TEST_CASE("JSON structure errors are found wherever they stand") {
  const char* const rows[] = {
      "{\"a\": 1} x",
      "{\"a\": 1}{}",
      "[1],",
      "{\"a\" 1}",
      "{\"a\": }",
      "{\"a\": 1,}",
      "{,}",
      "[1 2]",
      "[1,]",
      "[,1]",
      "{\"a\": 1]",
      "[1}",
      "{1: 2}",
      "{\"a\": 1 \"b\": 2}",
      "[1,,2]",
      "{'a': 1}",
      "{",
      "[",
      "[[]",
      "{\"a\":",
      "}",
      "]",
      "{\"a\":1 /*x*/}",
      "[\"a\" \"b\"]",
      "{\"a\"}",
      "[:]",
      "{\"a\"::1}",
  };
  for (const std::string text : rows) {
    CAPTURE(text);
    CHECK(read(text).find("POL3504") != std::string::npos);
    CHECK(read("{\"k\": 1, \"skipped\": " + text + "}", keep_k).find("POL3504") != std::string::npos);
  }
}

TEST_CASE("JSON bounds at N and N + 1") {
  CHECK(read(nested(limits::kDocumentDepth)).front() == '[');
  CHECK(read(nested(limits::kDocumentDepth + 1)) == "1:33 POL3509 more than 32 levels of nesting");
  CHECK(read(std::string(100'000, '[')) == "1:33 POL3509 more than 32 levels of nesting");
  CHECK(read("{\"a\": " + std::string(100'000, '[') + "}", keep_k) ==
        "1:38 POL3509 more than 32 levels of nesting");
  const std::string longest(limits::kScalarBytes, 'x');
  CHECK(read("[\"" + longest + "\"]").size() == longest.size() + 3);
  CHECK(read("[\"" + longest + "x\"]") == "1:2 POL3511 a single value of more than 16777216 bytes");
  CHECK(read(std::string(limits::kSnapshotBytes + 1, ' ')) ==
        "1:1 POL3500 the file has 134217729 bytes; at most 134217728 are read");
}

TEST_CASE("the number of values is bounded at N and N + 1") {
  for (const std::size_t items : {2U, 3U}) {
    base::DiagnosticSink sink;
    DocumentBuilder builder(1, sink, 3);
    bool good = builder.begin(NodeKind::Sequence, 0);
    for (std::size_t i = 0; i < items; ++i) good = good && builder.scalar(NodeKind::Null, {}, 1, 2);
    CHECK(good == (items == 2));
    CHECK(shown(sink, "[]") == (good ? "" : "1:2 POL3510 more than 3 values in one file"));
  }
}

TEST_CASE("a filter leaves members of the outermost objects out") {
  const char* text = R"({"k1": {"k2": {"x": 1}, "y": [1, {"z": 2}]}, "n": {"k": 1}, "k3": [{"x": 1}]})";
  CHECK(read(text, keep_k) == "{k1:{k2:{x:i1}},k3:[{x:i1}]}");
  // Duplicates are looked for in what is kept only.
  CHECK(read(R"({"n": {"a": 1, "a": 2}, "k": 1})", keep_k) == "{k:i1}");
  CHECK(read(R"({"k": {"k": 1, "k": 2}})", keep_k) == "1:16 POL3508 'k' is given twice");
}

TEST_CASE("places in JSON are bytes of the file, after a byte order mark too") {
  for (const std::string mark : {"", "\xef\xbb\xbf"}) {
    const std::string text = mark + "{\"first\": 1,\n \"second\" : [ \"third\" ]}";
    base::DiagnosticSink sink;
    const auto document = read_json(text, 7, sink);
    REQUIRE(document);
    const Member second = *++document->root().members().begin();
    const base::Span key = second.key.span();
    const base::Span item = (*second.value.items().begin()).span();
    CHECK(key.file == 7);
    CHECK(text.substr(key.begin, key.end - key.begin) == "\"second\"");
    CHECK(text[second.value.span().begin] == '[');
    CHECK(text.substr(item.begin, item.end - item.begin) == "\"third\"");
  }
}

TEST_CASE("no truncation of a JSON text is taken for the whole") {
  const std::string text = R"({"a": {"b": [1, "two", "\u00e4"], "c": true}, "d": -1.5e3, "n": null})";
  CHECK(read(text).find("POL") == std::string::npos);
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    CHECK(read(text.substr(0, size)).find("POL35") != std::string::npos);
  }
}
