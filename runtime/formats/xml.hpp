// A small XML reader for configuration files: elements, attributes, text and line numbers, nothing else.
// There are no entities beyond the five of XML and no document types but bare names (<!DOCTYPE nmaprun>), so nothing
// expands and nothing is fetched.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/formats/parse_error.hpp"

namespace polc::formats {

struct XmlElement {
  std::string name;
  std::uint32_t line = 0;                                       ///< 1-based line of its start tag
  std::vector<std::pair<std::string, std::string>> attributes;  ///< in file order, names unique
  std::vector<XmlElement> children;                             ///< elements in file order
  std::string text;                                             ///< character data between the children

  /// nullptr if there is no such attribute. Names are case-sensitive, as in XML.
  const std::string* attribute(std::string_view attribute_name) const;
};

/// The root element. UTF-8, with or without a byte order mark. An error for anything malformed, a document
/// type, a repeated attribute, and beyond limits::kXmlBytes, kXmlDepth and kXmlNodes.
Parsed<XmlElement> parse_xml(std::string_view text);

}  // namespace polc::formats
