#include "runtime/derive/iis_recognition.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace polc::derive {
namespace {

using formats::XmlElement;
using value::IisAttribute;
using value::IisCollection;
using value::IisElement;

constexpr std::string_view kGroup = "system.webServer";

bool is_one_of(std::string_view name, const std::vector<std::string_view>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<IisStranger> unknown_attribute(const XmlElement& element,
                                             const std::vector<IisAttribute>& known) {
  for (const auto& [name, text] : element.attributes) {
    const bool is_known =
        is_control(name) || name.starts_with("xmlns") ||
        std::any_of(known.begin(), known.end(), [&, n = name](const IisAttribute& a) { return a.name == n; });
    if (!is_known) return IisStranger{&element, "has an unknown attribute " + name};
  }
  return std::nullopt;
}

bool is_item(const XmlElement& child, const IisCollection& collection) {
  return is_one_of(child.name, collection.add);
}

bool is_order(const XmlElement& child, const IisCollection& collection) {
  return (!collection.remove.empty() && child.name == collection.remove) ||
         (!collection.clear.empty() && child.name == collection.clear) ||
         (!collection.defaults.empty() && child.name == collection.defaults);
}

/// The elements below which declarations of this group stand: in the file itself and in the server's.
std::vector<const XmlElement*> declarations(const IisFile& file, const IisFile& server) {
  std::vector<const XmlElement*> found;
  for (const IisFile* declaring : {&server, &file}) {
    for (const XmlElement* all : find_elements(declaring->root, "configSections")) found.push_back(all);
  }
  return found;
}

/// Those of the given kind and name below several declarations.
std::vector<const XmlElement*> named(const std::vector<const XmlElement*>& declared, std::string_view kind,
                                     std::string_view name) {
  std::vector<const XmlElement*> found;
  for (const XmlElement* group : declared) {
    for (const XmlElement& child : group->children) {
      const std::string* written = child.attribute("name");
      if (child.name == kind && written != nullptr && *written == name) found.push_back(&child);
    }
  }
  return found;
}

std::optional<IisStranger> undeclared_below(const XmlElement& group,
                                            const std::vector<const XmlElement*>& declared) {
  for (const XmlElement& child : group.children) {
    if (!named(declared, "section", child.name).empty()) continue;
    const auto groups = named(declared, "sectionGroup", child.name);
    if (groups.empty()) return IisStranger{&child, "has an undeclared section <" + child.name + '>'};
    if (auto found = undeclared_below(child, groups)) return found;
  }
  return std::nullopt;
}

}  // namespace

bool is_control(const std::string& name) {
  static constexpr std::array<std::string_view, 8> kControl{
      "lockAttributes", "lockAllAttributesExcept",  "lockElements", "lockAllElementsExcept", "lockItem",
      "configSource",   "configProtectionProvider", "overrideMode"};
  return std::find(kControl.begin(), kControl.end(), name) != kControl.end();
}

std::optional<IisStranger> stranger_in(const XmlElement& element, const IisElement& schema) {
  if (auto found = unknown_attribute(element, schema.attributes)) return found;
  for (const XmlElement& child : element.children) {
    const bool item = schema.collection && is_item(child, *schema.collection);
    if (item && !schema.collection->open) {
      if (auto found = unknown_attribute(child, schema.collection->attributes)) return found;
    }
    // What sites and application pools have as children is not all in the schema.
    const bool known = item || (schema.collection && is_order(child, *schema.collection)) ||
                       value::find_iis_element(schema.path + '/' + child.name) != nullptr ||
                       !schema.section.starts_with(kGroup);
    if (!known) return IisStranger{&child, "has an unknown element <" + child.name + '>'};
  }
  return std::nullopt;
}

std::optional<IisStranger> undeclared_section(const XmlElement& container, const IisFile& file,
                                              const IisFile& server) {
  const auto groups = named(declarations(file, server), "sectionGroup", kGroup);
  if (groups.empty()) return std::nullopt;
  for (const XmlElement* group : find_elements(container, kGroup)) {
    if (auto found = undeclared_below(*group, groups)) return found;
  }
  return std::nullopt;
}

}  // namespace polc::derive
