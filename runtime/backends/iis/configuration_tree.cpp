#include "runtime/backends/iis/configuration_tree.hpp"

#include <algorithm>
#include <utility>

#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace {

/// Depth is bounded by limits::kXmlDepth.
template <class Visit>
void each_element(const formats::XmlElement& element, const Visit& visit) {
  visit(element);
  for (const formats::XmlElement& child : element.children) each_element(child, visit);
}

std::vector<std::string> sorted_unique(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

}  // namespace

std::vector<std::string> section_files(const formats::XmlElement& root) {
  std::vector<std::string> files;
  each_element(root, [&](const formats::XmlElement& element) {
    const std::string* source = element.attribute("configSource");
    if (source == nullptr) return;
    if (auto path = value::canonical_relative_path(*source)) files.push_back(std::move(*path));
  });
  return sorted_unique(std::move(files));
}

std::vector<std::string> physical_paths(const formats::XmlElement& root) {
  std::vector<std::string> paths;
  each_element(root, [&](const formats::XmlElement& element) {
    const std::string* path = element.attribute("physicalPath");
    const bool is_folder = element.name == "virtualDirectory" || element.name == "virtualDirectoryDefaults";
    if (is_folder && path != nullptr) paths.push_back(*path);
  });
  return sorted_unique(std::move(paths));
}

}  // namespace polc::backends
