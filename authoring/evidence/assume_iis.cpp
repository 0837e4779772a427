// IIS: an applicationHost.config that says what is assumed, at the server and in a <location> for each path.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "authoring/evidence/parts.hpp"

namespace polc::evidence {
namespace {

using value::Evidence;
using value::FactStatus;
using value::ResourceKind;
using value::Value;

constexpr const char* kSites = "system.applicationHost/sites";

/// The element at a path below another one, made where it is missing.
pugi::xml_node descend(pugi::xml_node from, const std::string& path) {
  std::istringstream names(path);
  for (std::string name; std::getline(names, name, '/');) {
    pugi::xml_node next = from.child(name.c_str());
    from = next ? next : from.append_child(name.c_str());
  }
  return from;
}

std::string written(const Value& value) {
  if (const bool* b = value.get<bool>()) return *b ? "true" : "false";
  if (const auto* symbol = value.get<value::Symbol>()) return symbol->name;
  if (const auto* text = value.get<std::string>()) return *text;
  if (const auto* duration = value.get<value::Duration>()) {
    const std::uint64_t seconds = duration->seconds.low.as_unsigned().value_or(0);
    return fmt::format("{}{:02}:{:02}:{:02}", seconds >= 86'400 ? fmt::format("{}.", seconds / 86'400) : "",
                       seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
  }
  return integer_of(value).text();
}

class Configuration {
 public:
  Configuration() : root_(document_.append_child("configuration")) { site("Default Web Site"); }

  bool add(const Assumption& assumption) {
    const ResourceKind resource = assumption.location.resource;
    if (resource == ResourceKind::IisPaths) {
      for (const Value& path : elements_of(assumption.fact.value)) site(text_of(path));
      return true;
    }
    const std::string section = text_of(assumption.location, 0);
    if (section.empty()) return true;
    const std::string path = text_of(assumption.location, resource == ResourceKind::IisList ? 1 : 2);
    pugi::xml_node element = descend(place(path), section);
    if (assumption.fact.status != FactStatus::Present) return true;
    if (resource == ResourceKind::Iis) {
      element.append_attribute(text_of(assumption.location, 1).c_str()) =
          written(assumption.fact.value).c_str();
      return true;
    }
    if (!path.empty()) element.prepend_child("clear");
    for (const Value& record : elements_of(assumption.fact.value)) add_item(element, record);
    return true;
  }

  std::string text() const {
    std::ostringstream out;
    document_.save(out, "  ", pugi::format_indent | pugi::format_no_declaration);
    return out.str();
  }

 private:
  static void add_item(pugi::xml_node element, const Value& record) {
    const auto* data = record.get<value::Record>();
    if (data == nullptr) return;
    const Value* name = field(record, "element");
    pugi::xml_node item = element.append_child(name != nullptr ? text_of(*name).c_str() : "add");
    for (const value::RecordField& f : (*data)->fields) {
      if (f.name != "element" && f.fact.status == FactStatus::Present)
        item.append_attribute(f.name.c_str()) = written(f.fact.value).c_str();
    }
  }

  /// <configuration> itself, or the <location> of a path, whose site is made too.
  pugi::xml_node place(const std::string& path) {
    if (path.empty()) return root_;
    site(path);
    pugi::xml_node location = root_.find_child_by_attribute("location", "path", path.c_str());
    if (!location) {
      location = root_.append_child("location");
      location.append_attribute("path") = path.c_str();
    }
    return location;
  }

  /// 'Site' or 'Site/application'.
  void site(const std::string& path) {
    const auto slash = path.find('/');
    const std::string name = path.substr(0, slash);
    pugi::xml_node sites = descend(root_, kSites);
    pugi::xml_node node = sites.find_child_by_attribute("site", "name", name.c_str());
    if (!node) {
      node = sites.append_child("site");
      node.append_attribute("name") = name.c_str();
      node.append_attribute("id") = ++sites_;
      application(node, "/", "C:\\inetpub\\wwwroot");
    }
    if (slash == std::string::npos) return;
    const std::string below = path.substr(slash);
    if (!node.find_child_by_attribute("application", "path", below.c_str())) {
      std::string folder = below;
      std::replace(folder.begin(), folder.end(), '/', '\\');
      application(node, below, "C:\\inetpub\\wwwroot" + folder);
    }
  }

  static void application(pugi::xml_node site, const std::string& path, const std::string& folder) {
    pugi::xml_node application = site.append_child("application");
    application.append_attribute("path") = path.c_str();
    pugi::xml_node directory = application.append_child("virtualDirectory");
    directory.append_attribute("path") = "/";
    directory.append_attribute("physicalPath") = folder.c_str();
  }

  pugi::xml_document document_;
  pugi::xml_node root_;
  int sites_ = 0;
};

bool is_absence_of_the_server(const Assumption& assumption) {
  const bool whole =
      assumption.location.resource == ResourceKind::IisPaths ||
      (assumption.location.resource == ResourceKind::Iis && text_of(assumption.location, 0).empty());
  return whole && assumption.fact.status != FactStatus::Present;
}

}  // namespace

void add_iis(Evidence& evidence, const Assumptions& assumptions, std::vector<std::string>& left_out) {
  if (assumptions.empty()) return;
  close(evidence.iis.files);
  Configuration configuration;
  for (const Assumption* assumption : assumptions) {
    if (is_absence_of_the_server(*assumption)) {
      evidence.iis.files.object_missing = true;
      return;
    }
    if (!configuration.add(*assumption)) left_out.push_back(value::to_text(assumption->location));
  }
  evidence.iis.version = value::Reading<std::string>::of("10.0");
  evidence.iis.files.rows.push_back(
      {"applicationHost.config", value::Reading<std::string>::of(configuration.text()), 0});
}

}  // namespace polc::evidence
