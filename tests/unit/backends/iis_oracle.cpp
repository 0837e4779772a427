#include "tests/unit/backends/iis_oracle.hpp"

#include <algorithm>
#include <sstream>

#include "runtime/base/casefold.hpp"

namespace polc::test {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

std::string joined(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() ? a + b : a + '/' + b;
}

pugi::xml_node below(pugi::xml_node node, const std::string& path) {
  for (const std::string& name : split(path, '/')) node = node.child(name.c_str());
  return node;
}

/// Values of the attributes that identify an element of the collection.
std::string key_of(pugi::xml_node item, pugi::xml_node collection) {
  std::string key;
  for (const pugi::xml_node attribute : collection.children("attribute")) {
    if (!attribute.attribute("isUniqueKey").as_bool() && !attribute.attribute("isCombinedKey").as_bool())
      continue;
    const char* fallback = attribute.attribute("defaultValue").value();
    const char* written = item.attribute(attribute.attribute("name").value()).as_string(fallback);
    key += (key.empty() ? "" : ",") + base::fold_case(written);
  }
  return key;
}

}  // namespace

bool IisOracle::add_file(const std::string& level, const std::string& xml) {
  auto& file = files_.emplace_back(std::make_unique<File>());
  file->level = level;
  return static_cast<bool>(file->document.load_string(xml.c_str()));
}

bool IisOracle::add_schema(const std::string& path_of_file) {
  auto& schema = schemas_.emplace_back(std::make_unique<pugi::xml_document>());
  return static_cast<bool>(schema->load_file(path_of_file.c_str()));
}

/// The element in every place that counts for a path, outermost first: each file's own part, then its <location> parts.
std::vector<pugi::xml_node> IisOracle::places(const std::string& element, const std::string& at) const {
  std::vector<std::string> levels{""};
  for (const std::string& part : split(at, '/')) levels.push_back(joined(levels.back(), part));
  std::vector<pugi::xml_node> found;
  const auto add = [&](pugi::xml_node container) {
    if (const pugi::xml_node node = below(container, element)) found.push_back(node);
  };
  for (const auto& file : files_) {
    if (std::find(levels.begin(), levels.end(), file->level) == levels.end()) continue;
    const pugi::xml_node root = file->document.document_element();
    add(root);
    for (const std::string& level : levels) {
      for (const pugi::xml_node location : root.children("location")) {
        if (joined(file->level, location.attribute("path").value()) == level) add(location);
      }
    }
  }
  return found;
}

/// <sectionSchema> or an <element> inside one.
pugi::xml_node IisOracle::schema_of(const std::string& element) const {
  for (const auto& schema : schemas_) {
    for (const pugi::xml_node section : schema->document_element().children("sectionSchema")) {
      const std::string name = section.attribute("name").value();
      if (element != name && !element.starts_with(name + '/')) continue;
      pugi::xml_node node = section;
      for (const std::string& part : split(element.substr(std::min(element.size(), name.size() + 1)), '/'))
        node = node.find_child_by_attribute("element", "name", part.c_str());
      if (node) return node;
    }
  }
  return {};
}

std::optional<std::string> IisOracle::attribute(const std::string& element, const std::string& name,
                                                const std::string& at) const {
  const pugi::xml_node declared =
      schema_of(element).find_child_by_attribute("attribute", "name", name.c_str());
  std::optional<std::string> text;
  if (const auto fallback = declared.attribute("defaultValue")) text = fallback.value();
  for (const pugi::xml_node place : places(element, at)) {
    if (const auto written = place.attribute(name.c_str())) text = written.value();
  }
  return text;
}

std::vector<std::string> IisOracle::items(const std::string& element, const std::string& at) const {
  const pugi::xml_node collection = schema_of(element).child("collection");
  const bool prepends = std::string(collection.attribute("mergeAppend").value()) == "false";
  const auto adds = split(collection.attribute("addElement").value(), ',');
  std::vector<std::string> all;
  for (const pugi::xml_node place : places(element, at)) {
    std::size_t own = 0;  // elements of this place that stand in front
    for (const pugi::xml_node item : place.children()) {
      const std::string name = item.name();
      if (name == collection.attribute("clearElement").value()) {
        all.clear();
        own = 0;
      } else if (name == collection.attribute("removeElement").value()) {
        std::erase(all, key_of(item, collection));
      } else if (std::find(adds.begin(), adds.end(), name) != adds.end()) {
        const auto where = prepends ? all.begin() + static_cast<std::ptrdiff_t>(own++) : all.end();
        all.insert(where, key_of(item, collection));
      }
    }
  }
  return all;
}

}  // namespace polc::test
