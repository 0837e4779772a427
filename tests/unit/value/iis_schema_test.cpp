#include "runtime/value/iis_schema.hpp"

#include <set>

#include "runtime/base/casefold.hpp"
#include "runtime/base/text.hpp"
#include "tests/unit/catch.hpp"

using namespace polc::value;

namespace {

const IisAttribute& attribute(const char* element, const char* name) {
  const IisElement* found = find_iis_element(element);
  REQUIRE(found != nullptr);
  const IisAttribute* a = find_iis_attribute(found->attributes, name);
  REQUIRE(a != nullptr);
  return *a;
}

void check_attributes(const std::vector<IisAttribute>& attributes) {
  std::set<std::string> names;
  for (const IisAttribute& a : attributes) {
    CAPTURE(a.name);
    CHECK(names.insert(polc::base::fold_case(a.name)).second);
    CHECK(iis_type(a).kind != TypeKind::None);
    CHECK(iis_default(a).has_value() == a.fallback.has_value());
    const bool closed = a.kind == IisKind::Enumeration || a.kind == IisKind::Flags;
    CHECK(closed == !a.members.empty());
  }
}

}  // namespace

TEST_CASE("the IIS schema is sound: names are distinct, defaults are values") {
  std::set<std::string> paths;
  for (const IisElement& element : iis_schema()) {
    CAPTURE(element.path);
    CHECK(paths.insert(polc::base::fold_case(element.path)).second);
    CHECK(element.path.rfind(element.section, 0) == 0);
    CHECK(find_iis_element(element.section) != nullptr);
    check_attributes(element.attributes);
    if (!element.collection) continue;
    CHECK_FALSE(element.collection->add.empty());
    check_attributes(element.collection->attributes);
  }
}

TEST_CASE("what the hardening guide asks of IIS is in the schema") {
  const IisAttribute& server_header =
      attribute("system.webServer/security/requestFiltering", "removeServerHeader");
  CHECK(iis_default(server_header) == Value(false));
  CHECK(server_header.since_build == 16299);
  const IisElement* verbs = find_iis_element("System.WebServer/security/requestFiltering/Verbs");
  REQUIRE(verbs != nullptr);
  CHECK(verbs->section == "system.webServer/security/requestFiltering");
  CHECK(iis_default(attribute(verbs->path.c_str(), "allowUnlisted")) == Value(true));
  REQUIRE(verbs->collection.has_value());
  const IisAttribute* verb = find_iis_attribute(verbs->collection->attributes, "verb");
  REQUIRE(verb != nullptr);
  CHECK(verb->key);
  CHECK(iis_type(*verb) == simple(TypeKind::Text));  // methods are case-sensitive
  CHECK(iis_type(*find_iis_attribute(verbs->collection->attributes, "allowed")) == simple(TypeKind::Bool));
}

TEST_CASE("collections inherit as the schema says") {
  const auto& handlers = *find_iis_element("system.webServer/handlers")->collection;
  CHECK(handlers.prepends);
  CHECK_FALSE(handlers.duplicates);
  const auto& authorization = *find_iis_element("system.web/authorization")->collection;
  CHECK(authorization.add == std::vector<std::string_view>{"allow", "deny"});
  CHECK(authorization.clear.empty());
  CHECK(find_iis_attribute(authorization.attributes, "element") != nullptr);
  CHECK(find_iis_element("system.applicationHost/sites")->collection->defaults == "siteDefaults");
}

TEST_CASE("attributes of configuration files are typed") {
  const IisAttribute boolean{"b", IisKind::Bool, {}, {}, 0, false, false};
  const IisAttribute integer{"i", IisKind::Integer, {}, {}, 0, false, false};
  const IisAttribute span{"t", IisKind::TimeSpan, {}, {}, 0, false, false};
  const IisAttribute minutes{"m", IisKind::Minutes, {}, {}, 0, false, false};
  const IisAttribute choice{"e", IisKind::Enumeration, {"Allow", "Deny"}, {}, 0, false, false};
  const IisAttribute flags{"f", IisKind::Flags, {"None", "Ssl", "Ssl128"}, {}, 0, false, false};
  struct Row {
    const IisAttribute& attribute;
    const char* written;
    const char* value;  // "": refused
  };
  const Row rows[] = {
      {boolean, "true", "true"},
      {boolean, "False", "false"},
      {boolean, "1", ""},
      {boolean, "", ""},
      {integer, "4096", "4096"},
      {integer, "-1", "-1"},
      {integer, "0xFF", "255"},
      {integer, "4294967295", "4294967295"},
      {integer, "Infinite", "never"},
      {integer, "12MB", ""},
      {span, "00:02:00", "2min"},
      {span, "1.05:00:00", "29h"},
      {span, "00:00:00", "0s"},
      {span, "Infinite", "never"},
      {span, "26:00:00", "26h"},
      {span, "00:60:00", ""},
      {span, "00:02", ""},
      {span, "120", ""},
      {span, "1.2.00:00:00", ""},
      {span, ".00:00:00", ""},
      {span, "00:00:00:00", ""},
      {span, "", ""},
      {minutes, "20", "20min"},
      {minutes, "Infinite", "never"},
      {minutes, "-1", ""},
      {minutes, "18446744073709551615", ""},
      {choice, "deny", "\"Deny\""},
      {choice, "Denied", ""},
      {flags, "Ssl, ssl128", R"({"Ssl", "Ssl128"})"},
      {flags, "None", "{}"},
      {flags, "", "{}"},
      {flags, "Ssl,Tls", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.attribute.name, row.written);
    const auto value = iis_value(row.attribute, row.written);
    CHECK((value ? to_text(*value) : "") == row.value);
  }
}

TEST_CASE("misspelt sections and attributes have a suggestion") {
  CHECK(nearest_iis_element("system.webServer/security/requestFilterin/verbs") ==
        "system.webServer/security/requestFiltering/verbs");
  const auto& attributes = find_iis_element("system.webServer/security/requestFiltering")->attributes;
  CHECK(nearest_iis_attribute(attributes, "removeServerHeaders") == "removeServerHeader");
}
