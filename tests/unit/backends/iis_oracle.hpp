// What IIS configuration files amount to, computed a second time and plainly: the last place that says something wins,
// collections add up. The schema files of IIS say what holds where nothing is written. Locks are not looked at.
#pragma once

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace polc::test {

class IisOracle {
 public:
  /// A file, and the configuration path of its level ("" for applicationHost.config). In the order of the levels.
  bool add_file(const std::string& level, const std::string& xml);
  bool add_schema(const std::string& path_of_file);

  /// The text of an attribute at a configuration path, or the schema's default; nullopt where there is neither.
  std::optional<std::string> attribute(const std::string& element, const std::string& name,
                                       const std::string& at) const;

  /// Keys of the elements of a collection, with ',' between several; "?" is added for an element that is there twice.
  std::vector<std::string> items(const std::string& element, const std::string& at) const;

 private:
  struct File {
    std::string level;
    pugi::xml_document document;
  };

  std::vector<pugi::xml_node> places(const std::string& element, const std::string& at) const;
  pugi::xml_node schema_of(const std::string& element) const;

  std::vector<std::unique_ptr<File>> files_;
  std::vector<std::unique_ptr<pugi::xml_document>> schemas_;
};

}  // namespace polc::test
