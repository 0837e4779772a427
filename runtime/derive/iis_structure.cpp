#include "runtime/derive/iis_structure.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/casefold.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using formats::XmlElement;

constexpr std::string_view kLocation = "location";
constexpr std::string_view kDeclarations = "configSections";
/// Groups that only IIS reads: all elements below are its own.
constexpr std::array<std::string_view, 2> kOwnGroups{"system.webServer", "system.applicationHost"};

/// Paths of all groups, sections and elements, by their folded form.
const std::map<std::string, std::string>& spellings() {
  static const auto known = [] {
    std::map<std::string, std::string> paths;
    for (const std::string_view name : {kLocation, kDeclarations}) paths.emplace(value::folded(name), name);
    for (const value::IisElement& element : value::iis_schema()) {
      for (std::size_t end = 0; end < element.path.size();) {
        end = std::min(element.path.find('/', end + 1), element.path.size());
        const std::string path = element.path.substr(0, end);
        paths.emplace(value::folded(path), path);
      }
    }
    return paths;
  }();
  return known;
}

bool has_text(const XmlElement& element) {
  return element.text.find_first_not_of(" \t\r\n") != std::string::npos;
}

std::optional<IisStranger> in_declarations(const XmlElement& group) {
  if (has_text(group)) return IisStranger{&group, "has text between its elements"};
  for (const XmlElement& child : group.children) {
    const bool is_group = child.name == "sectionGroup";
    if (!is_group && child.name != "section" && child.name != "remove" && child.name != "clear")
      return IisStranger{&child, "has an unknown element <" + child.name + '>'};
    if (auto found = attribute_beyond(
            child, {"name", "type", "overrideModeDefault", "allowDefinition", "allowExeDefinition",
                    "allowLocation", "requirePermission", "restartOnExternalChanges"}))
      return found;
    if (auto found = other_word(child, "overrideModeDefault", {"Allow", "Deny"})) return found;
    if (auto found = in_declarations(child)) return found;
  }
  return std::nullopt;
}

/// `path` leads to the element, without the root; "" where nothing of the schema lies.
std::optional<IisStranger> in_sections(const XmlElement& element, const std::string& path, bool is_own) {
  const auto known = spellings().find(value::folded(path));
  if (known != spellings().end() && known->second != path)
    return IisStranger{&element, "has <" + element.name + ">, which is spelt in another letter case"};
  if (known == spellings().end() && !is_own) return std::nullopt;
  if (element.attribute("configProtectionProvider") != nullptr) return std::nullopt;
  if (has_text(element)) return IisStranger{&element, "has text between its elements"};
  if (auto found = other_word(element, "lockItem", {"true", "false"})) return found;
  for (const XmlElement& child : element.children) {
    if (auto found = in_sections(child, path + '/' + child.name, is_own)) return found;
  }
  return std::nullopt;
}

std::optional<IisStranger> in_container(const XmlElement& container);

std::optional<IisStranger> in_location(const XmlElement& location, const XmlElement& container) {
  if (container.name == kLocation) return IisStranger{&location, "has a location in a location"};
  if (auto found =
          attribute_beyond(location, {"path", "overrideMode", "allowOverride", "inheritInChildApplications"}))
    return found;
  if (auto found = other_word(location, "overrideMode", {"Allow", "Deny", "Inherit"})) return found;
  for (const char* attribute : {"allowOverride", "inheritInChildApplications"}) {
    if (auto found = other_word(location, attribute, {"true", "false"})) return found;
  }
  return in_container(location);
}

std::optional<IisStranger> in_container(const XmlElement& container) {
  if (has_text(container)) return IisStranger{&container, "has text between its elements"};
  for (const XmlElement& child : container.children) {
    const bool is_own = std::find(kOwnGroups.begin(), kOwnGroups.end(), child.name) != kOwnGroups.end();
    auto found = child.name == kLocation       ? in_location(child, container)
                 : child.name == kDeclarations ? in_declarations(child)
                                               : in_sections(child, child.name, is_own);
    if (found) return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<IisStranger> structural_offence(const XmlElement& configuration) {
  return in_container(configuration);
}

std::optional<IisStranger> structural_offence_in_section(const XmlElement& section) {
  return in_sections(section, section.name, true);
}

std::optional<IisStranger> other_word(const XmlElement& element, std::string_view attribute,
                                      const std::vector<std::string_view>& words) {
  const std::string* written = element.attribute(attribute);
  const bool is_known =
      written == nullptr || std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return base::equal_folded(*written, word);
      });
  if (is_known) return std::nullopt;
  return IisStranger{&element, "has an unknown value of " + std::string(attribute)};
}

std::optional<IisStranger> attribute_beyond(const XmlElement& element,
                                            const std::vector<std::string_view>& known) {
  for (const auto& [name, text] : element.attributes) {
    if (name.starts_with("xmlns")) continue;
    if (std::find(known.begin(), known.end(), name) == known.end())
      return IisStranger{&element, "has an unknown attribute " + name};
  }
  return std::nullopt;
}

}  // namespace polc::derive
