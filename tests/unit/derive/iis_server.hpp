// A web server in evidence, with one site, an application and a directory without web.config files below it.
#pragma once

#include <string>
#include <string_view>

#include "tests/unit/derive/support.hpp"

namespace polc::derive::test {

inline constexpr const char* kFilter = "system.webServer/security/requestFiltering";
inline constexpr const char* kVerbs = "system.webServer/security/requestFiltering/verbs";
inline constexpr const char* kSite = "Default Web Site";

inline std::string filtering(std::string_view inside, std::string_view attributes = "") {
  return "<system.webServer><security><requestFiltering" + std::string(attributes) + ">" +
         std::string(inside) + "</requestFiltering></security></system.webServer>";
}

inline std::string location(std::string_view attributes, std::string_view inside) {
  return "<location " + std::string(attributes) + ">" + std::string(inside) + "</location>";
}

inline std::string configuration(std::string_view inside) {
  return "<configuration>" + std::string(inside) + "</configuration>";
}

inline constexpr const char* kSites =
    "<system.applicationHost><sites>"
    "<site name='Default Web Site' id='1'>"
    "<application path='/'><virtualDirectory path='/' physicalPath='%SystemDrive%\\inetpub\\wwwroot'/>"
    "<virtualDirectory path='/images' physicalPath='D:\\images' allowSubDirConfig='false'/></application>"
    "<application path='/LabTech'><virtualDirectory path='/' physicalPath='C:\\LTApp'/></application>"
    "</site></sites></system.applicationHost>";

struct Server {
  Evidence evidence;

  explicit Server(std::string_view server_sections, std::string_view declarations = "") {
    evidence.host.variables = {{"SYSTEMROOT", "C:\\Windows"}};
    evidence.host.build = Reading<std::uint32_t>::of(20348);
    evidence.origins.push_back({"snapshot", "host.yaml", 40, 1, ""});
    evidence.iis.files.collected = evidence.iis.files.complete = true;
    file("applicationHost.config",
         configuration(std::string(declarations) + kSites + std::string(server_sections)));
  }

  Server& file(std::string path, std::string xml) {
    evidence.iis.files.rows.push_back({std::move(path), Reading<std::string>::of(std::move(xml), 1), 1});
    return *this;
  }
  Server& absent_file(std::string path) {
    evidence.iis.files.rows.push_back({std::move(path), Reading<std::string>::absent(), 1});
    return *this;
  }
  Server& web_config(std::string_view inside) {
    return file("C:\\inetpub\\wwwroot\\web.config", configuration(inside));
  }

  Fact attribute(const char* section, const char* name, const char* at = nullptr) const {
    return fact(evidence, address(ResourceKind::Iis, "value",
                                  {value::text(section), value::text(name),
                                   at == nullptr ? Value() : value::text(at)}));
  }
  std::string remove_header(const char* at = nullptr) const {
    return line(attribute(kFilter, "removeServerHeader", at));
  }

  Fact list(const char* section, const char* at = nullptr) const {
    return fact(evidence, address(ResourceKind::IisList, "items",
                                  {value::text(section), at == nullptr ? Value() : value::text(at)}));
  }
  /// "OPTIONS-,GET+": verbs in effective order.
  std::string verbs(const char* at = nullptr) const {
    const Fact f = list(kVerbs, at);
    const auto* items = f.value.get<value::ListValue>();
    if (f.status != FactStatus::Present || items == nullptr) return line(f);
    std::string text;
    for (const Value& item : items->items) {
      const auto& record = **item.get<value::Record>();
      text += (text.empty() ? "" : ",") + *record.find("verb")->value.get<std::string>() +
              (*record.find("allowed")->value.get<bool>() ? "+" : "-");
    }
    return text;
  }
  std::string paths() const { return line(fact(evidence, address(ResourceKind::IisPaths, "paths"))); }
};

inline std::string header(bool on) {
  return filtering("", on ? " removeServerHeader='true'" : " removeServerHeader='false'");
}

inline constexpr const char* kDenied =
    "<configSections><sectionGroup name='system.webServer'><sectionGroup name='security'>"
    "<section name='requestFiltering' "
    "overrideModeDefault='Deny'/></sectionGroup></sectionGroup></configSections>";

}  // namespace polc::derive::test
