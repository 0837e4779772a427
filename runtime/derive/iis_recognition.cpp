#include "runtime/derive/iis_recognition.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "runtime/base/casefold.hpp"

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

IisStranger other_case(const XmlElement& element) {
  return {&element, "has <" + element.name + ">, which is spelt in another letter case"};
}

/// Elements inside collection elements, whose attributes the schema has by their path ("processModel.identityType").
std::optional<IisStranger> stranger_inside(const XmlElement& item, const std::string& prefix,
                                           const std::vector<IisAttribute>& known) {
  const auto any = [&](const auto& test) { return std::any_of(known.begin(), known.end(), test); };
  for (const XmlElement& child : item.children) {
    const std::string path = prefix + child.name + '.';
    const bool is_known = any([&](const IisAttribute& a) { return a.name.starts_with(path); });
    if (!is_known) {
      const bool is_near = any([&](const IisAttribute& a) {
        return base::equal_folded(a.name.substr(0, std::min(path.size(), a.name.size())), path);
      });
      if (is_near) return other_case(child);
      continue;
    }
    for (const auto& [name, text] : child.attributes) {
      const bool is_attribute =
          is_control(name) || any([&, n = path + name](const IisAttribute& a) { return a.name == n; });
      if (!is_attribute) return IisStranger{&child, "has an unknown attribute " + name};
    }
    if (auto found = stranger_inside(child, path, known)) return found;
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

/// A name of the collection but for its letter case.
bool is_near(const XmlElement& child, const IisCollection& collection) {
  std::vector<std::string_view> names = collection.add;
  for (const std::string_view name : {collection.remove, collection.clear, collection.defaults}) {
    if (!name.empty()) names.push_back(name);
  }
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return base::equal_folded(child.name, name); });
}

/// What stands in a child of a collection's element that adds an item or has the defaults of all items.
std::optional<IisStranger> stranger_in_item(const XmlElement& child, const IisCollection& collection) {
  if (!is_item(child, collection) && child.name != collection.defaults) return std::nullopt;
  if (!collection.open) {
    if (auto found = unknown_attribute(child, collection.attributes)) return found;
  }
  return stranger_inside(child, "", collection.attributes);
}

/// A lock of something that the element cannot have locks nothing, and is refused.
std::optional<IisStranger> stranger_in_locks(const XmlElement& element, const IisElement& schema) {
  const auto has_attribute = [&](const std::string& name) {
    return std::any_of(schema.attributes.begin(), schema.attributes.end(),
                       [&](const IisAttribute& a) { return a.name == name; });
  };
  const auto has_element = [&](const std::string& name) {
    const XmlElement child{name, 0, {}, {}, {}};
    if (schema.collection && (is_item(child, *schema.collection) || is_order(child, *schema.collection)))
      return true;
    const std::string path = schema.path + '/' + name;
    const IisElement* below = value::find_iis_element(path);
    return below != nullptr ? below->path == path : !schema.section.starts_with(kGroup);
  };
  for (const auto& [lock, list] : element.attributes) {
    const bool of_attributes = lock == "lockAttributes" || lock == "lockAllAttributesExcept";
    if (!of_attributes && lock != "lockElements" && lock != "lockAllElementsExcept") continue;
    for (const std::string& name : names_in_lock(list)) {
      const bool is_known = name == "*" || (of_attributes ? has_attribute(name) : has_element(name));
      if (!is_known) return IisStranger{&element, "has an unknown name " + name + " in " + lock};
    }
  }
  return std::nullopt;
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

std::set<std::string> names_in_lock(const std::string& list) {
  std::set<std::string> names;
  for (std::size_t begin = 0; begin <= list.size();) {
    const auto end = std::min(list.find(',', begin), list.size());
    const auto first = list.find_first_not_of(" \t\r\n", begin);
    const auto last = list.find_last_not_of(" \t\r\n", end == 0 ? 0 : end - 1);
    if (first < end && last != std::string::npos && first <= last)
      names.insert(list.substr(first, last - first + 1));
    begin = end + 1;
  }
  return names;
}

std::optional<IisStranger> stranger_in(const XmlElement& element, const IisElement& schema) {
  if (auto found = unknown_attribute(element, schema.attributes)) return found;
  if (auto found = stranger_in_locks(element, schema)) return found;
  for (const XmlElement& child : element.children) {
    bool in_collection = false;
    if (schema.collection) {
      if (auto found = stranger_in_item(child, *schema.collection)) return found;
      in_collection = is_item(child, *schema.collection) || is_order(child, *schema.collection);
      if (!in_collection && is_near(child, *schema.collection)) return other_case(child);
    }
    // What sites and application pools have as children is not all in the schema.
    const bool known = in_collection || value::find_iis_element(schema.path + '/' + child.name) != nullptr ||
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
