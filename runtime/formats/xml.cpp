#include "runtime/formats/xml.hpp"

#include <algorithm>
#include <pugixml.hpp>

#include "runtime/base/limits.hpp"
#include "runtime/formats/xml_well_formed.hpp"

namespace polc::formats {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class TreeBuilder {
 public:
  explicit TreeBuilder(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') line_ends_.push_back(i);
    }
  }

  Parsed<XmlElement> build(const pugi::xml_document& document) {
    pugi::xml_node root;
    for (const pugi::xml_node node : document.children()) {
      if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
        return parse_error(offset(node), "text outside of the root element");
      }
      if (node.type() == pugi::node_doctype && !is_bare(node.value()))
        return parse_error(0, "document types are not allowed");
      if (node.type() != pugi::node_element) continue;
      if (root) return parse_error(offset(node), "a second root element");
      root = node;
    }
    if (!root) return parse_error(0, "no root element");
    XmlElement element;
    if (!convert(root, element, 1)) return tl::unexpected<ParseError>(error_);
    return element;
  }

 private:
  /// "<!DOCTYPE nmaprun>": a name, and nothing that declares or fetches.
  static bool is_bare(std::string_view doctype) {
    constexpr std::string_view kName = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
    return doctype.find_first_not_of(kName) == std::string_view::npos;
  }

  static std::size_t offset(const pugi::xml_node& node) {
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
  }

  std::uint32_t line(std::size_t offset) const {
    const auto found = std::lower_bound(line_ends_.begin(), line_ends_.end(), offset);
    return static_cast<std::uint32_t>(found - line_ends_.begin()) + 1;
  }

  bool fail(const pugi::xml_node& node, std::string what) {
    error_ = {offset(node), std::move(what)};
    return false;
  }

  bool convert(const pugi::xml_node& node, XmlElement& out, std::size_t depth) {
    if (depth > limits::kXmlDepth) {
      return fail(node, "elements are nested more than " + std::to_string(limits::kXmlDepth) + " deep");
    }
    out.name = node.name();
    out.line = line(offset(node));
    if (!convert_attributes(node, out)) return false;
    for (const pugi::xml_node child : node.children()) {
      if (++nodes_ > limits::kXmlNodes) return fail(child, "too many elements");
      switch (child.type()) {
        case pugi::node_element:
          if (!convert(child, out.children.emplace_back(), depth + 1)) return false;
          break;
        case pugi::node_pcdata:
        case pugi::node_cdata:
          out.text += child.value();
          break;
        default:
          break;
      }
    }
    return true;
  }

  bool convert_attributes(const pugi::xml_node& node, XmlElement& out) {
    for (const pugi::xml_attribute attribute : node.attributes()) {
      if (++nodes_ > limits::kXmlNodes) return fail(node, "too many attributes");
      if (out.attributes.size() >= limits::kXmlAttributes) {
        return fail(node,
                    "an element has more than " + std::to_string(limits::kXmlAttributes) + " attributes");
      }
      if (out.attribute(attribute.name()) != nullptr) {
        return fail(node, "attribute \"" + std::string(attribute.name()) + "\" is given twice");
      }
      out.attributes.emplace_back(attribute.name(), attribute.value());
    }
    return true;
  }

  std::vector<std::size_t> line_ends_;
  std::size_t nodes_ = 0;
  ParseError error_;
};

}  // namespace

const std::string* XmlElement::attribute(std::string_view attribute_name) const {
  for (const auto& [key, value] : attributes) {
    if (key == attribute_name) return &value;
  }
  return nullptr;
}

Parsed<XmlElement> parse_xml(std::string_view text) {
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  if (text.size() > limits::kXmlBytes) return parse_error(0, "XML text is too long");
  if (const auto nul = text.find('\0'); nul != std::string_view::npos)
    return parse_error(nul, "a NUL character");
  pugi::xml_document document;
  constexpr unsigned int kOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_wconv_attribute |
                                    pugi::parse_eol | pugi::parse_doctype | pugi::parse_fragment;
  const auto result = document.load_buffer(text.data(), text.size(), kOptions, pugi::encoding_utf8);
  if (!result) {
    return parse_error(static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)),
                       result.description());
  }
  auto root = TreeBuilder(text).build(document);
  if (!root) return root;
  if (auto error = not_well_formed(text)) return tl::unexpected<ParseError>(std::move(*error));
  return root;
}

}  // namespace polc::formats
