#include "runtime/formats/xml.hpp"

#include <string>

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

XmlElement parse(std::string_view text) {
  auto parsed = parse_xml(text);
  REQUIRE(parsed);
  return *parsed;
}

std::string error(std::string_view text) {
  const auto parsed = parse_xml(text);
  INFO(text.substr(0, 80));
  REQUIRE_FALSE(parsed);
  return parsed.error().what;
}

std::string nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += "<a>";
  for (std::size_t i = 0; i < depth; ++i) text += "</a>";
  return text;
}

}  // namespace

TEST_CASE("elements have names, attributes, text and lines") {
  const auto root = parse(
      "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- note -->\n<configuration>\n  <a x=\"1\" y='&lt;2&#65;'/>\n"
      "  text<![CDATA[ & more]]>\n  <a\n   z=\"\"/>\n</configuration>\n");
  CHECK(root.name == "configuration");
  CHECK(root.line == 3);
  REQUIRE(root.children.size() == 2);
  CHECK(root.children[0].line == 4);
  CHECK(*root.children[0].attribute("x") == "1");
  CHECK(*root.children[0].attribute("y") == "<2A");
  CHECK(root.children[0].attribute("X") == nullptr);
  CHECK(root.children[1].line == 6);
  CHECK(root.children[1].attribute("z")->empty());
  CHECK(root.text.find("text") != std::string::npos);
  CHECK(root.text.find(" & more") != std::string::npos);
}

TEST_CASE("what is not one well-formed element is refused") {
  CHECK(error("") == "no root element");
  CHECK(error("<a>") == "Start-end tags mismatch");
  CHECK(error("<a></b>") == "Start-end tags mismatch");
  CHECK(error("<a/><b/>") == "a second root element");
  CHECK(error("<a x='1' x='2'/>") == "attribute \"x\" is given twice");
  CHECK(error("<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>") == "document types are not allowed");
  CHECK(error("<a x=1/>") == "Error parsing element attribute");
  CHECK(error("no markup") == "text outside of the root element");
  CHECK(error("<!-- nothing -->") == "no root element");
  CHECK(error("<a/>x") == "text outside of the root element");
  CHECK(error("<a/><![CDATA[x]]>") == "text outside of the root element");
  CHECK(error(std::string_view("<a/>\0<b/>", 9)) == "a NUL character");
  CHECK(parse_xml("<?xml version='1.0'?>\n<!-- c -->\n<a/>\n<!-- c -->\n"));
}

TEST_CASE("what XML forbids and lenient parsers let pass is refused with its place") {
  struct Case {
    std::string_view text;
    std::size_t offset;
    const char* what;
  };
  const Case cases[] = {
      {"<a x='&foo;'/>", 6, "'&' begins no entity that XML defines"},
      {"<a>&foo;</a>", 3, "'&' begins no entity that XML defines"},
      {"<a x='&amp' y=';'/>", 6, "'&' begins no entity that XML defines"},
      {"<a x='&#0;'/>", 6, "'&' begins no entity that XML defines"},
      {"<a x='&#xD800;'/>", 6, "'&' begins no entity that XML defines"},
      {"<a x='&#x110000;'/>", 6, "'&' begins no entity that XML defines"},
      {"<a x='&#;'/>", 6, "'&' begins no entity that XML defines"},
      {"<a x='b' y=\"<\"/>", 12, "'<' in an attribute"},
      {"<a><!-- \x01 --></a>", 8, "a character that XML does not have"},
      {"<a x='\xEF\xBF\xBF'/>", 6, "a character that XML does not have"},
      {"<a x='\xE9'/>", 6, "invalid UTF-8"},
      {"<a><!-- x -- y --></a>", 10, "\"--\" in a comment"},
      {"<a><!-- x ---></a>", 10, "\"--\" in a comment"},
      {"<a>]]></a>", 3, "\"]]>\" in text"},
      {"\n<?xml version='1.0'?><a/>", 1, "an XML declaration that is not at the beginning"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const auto parsed = parse_xml(c.text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().what == c.what);
    CHECK(parsed.error().offset == c.offset);
  }
  const auto root = parse(
      "<a x='&lt;&gt;&amp;&apos;&quot;&#x10FFFF;&#9;>' y='\"--]]>'><?xml-style x?><![CDATA[&<--]]>"
      "<!-- '<&x; - -->\xC3\xA9</a>");
  CHECK(root.attributes.at(0).second == "<>&'\"\xF4\x8F\xBF\xBF\t>");
  CHECK(root.attributes.at(1).second == "\"--]]>");
}

TEST_CASE("depth, size and counts of XML are bounded") {
  CHECK(parse_xml(nested(limits::kXmlDepth)));
  CHECK(error(nested(limits::kXmlDepth + 1)) == "elements are nested more than 64 deep");
  CHECK_FALSE(parse_xml(nested(1'000'000)));

  const std::string open = "<a>", close = "</a>";
  const auto sized = [&](std::size_t n) {
    return open + std::string(n - open.size() - close.size(), 'x') + close;
  };
  CHECK(parse_xml(sized(limits::kXmlBytes)));
  CHECK(error(sized(limits::kXmlBytes + 1)) == "XML text is too long");

  const auto with_attributes = [](std::size_t n) {
    std::string text = "<a";
    for (std::size_t i = 0; i < n; ++i) text += " a" + std::to_string(i) + "=''";
    return text + "/>";
  };
  CHECK(parse_xml(with_attributes(limits::kXmlAttributes)));
  CHECK(error(with_attributes(limits::kXmlAttributes + 1)) == "an element has more than 256 attributes");
}

}  // namespace polc::formats
