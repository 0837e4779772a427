#include <set>

#include "runtime/value/canonical.hpp"
#include "runtime/value/fact.hpp"
#include "runtime/value/resource.hpp"
#include "tests/unit/catch.hpp"

using namespace polc::value;

namespace {

bool is_identifier(std::string_view name) {
  return !name.empty() &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

const AttributeInfo& attribute(const char* resource, const char* name) {
  const ResourceInfo& info = *find_resource(resource);
  return info.attributes[find_attribute(info, name).value()];
}

}  // namespace

TEST_CASE("every resource is described completely") {
  const auto& catalogue = resource_catalogue();
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    const ResourceInfo& resource = catalogue[i];
    CAPTURE(resource.name);
    CHECK(resource.kind == static_cast<ResourceKind>(i));
    CHECK(&resource_info(resource.kind) == &resource);
    CHECK(is_identifier(resource.name));
    CHECK(names.insert(resource.name).second);
    CHECK_FALSE(resource.doc.empty());
    CHECK_FALSE(resource.attributes.empty());
    CHECK_FALSE(resource.evidence.empty());
    CHECK(resource.example.find(resource.name) != std::string_view::npos);
    if (resource.primary) CHECK(*resource.primary < resource.attributes.size());
    std::set<std::string_view> parameters;
    bool optional_seen = false;
    for (const ParameterInfo& parameter : resource.parameters) {
      CAPTURE(parameter.name);
      CHECK(is_identifier(parameter.name));
      CHECK(parameters.insert(parameter.name).second);
      CHECK_FALSE(parameter.doc.empty());
      CHECK(parameter.type.kind != TypeKind::None);
      CHECK_FALSE((parameter.required && optional_seen));  // required ones can be given by position
      optional_seen = optional_seen || !parameter.required;
    }
    std::set<std::string_view> attributes;
    for (const AttributeInfo& a : resource.attributes) {
      CAPTURE(a.name);
      CHECK(is_identifier(a.name));
      CHECK(attributes.insert(a.name).second);
      CHECK_FALSE(a.doc.empty());
      // Typed by the setting or by the IIS schema.
      const bool open = resource.kind == ResourceKind::Gpo || resource.kind == ResourceKind::Iis;
      CHECK((open || a.type.kind != TypeKind::None));
    }
  }
}

TEST_CASE("enumerations and records of the catalogue are the ones meant") {
  struct Row {
    const char* resource;
    const char* attribute;
    const char* type;
  };
  const Row rows[] = {
      {"gpo", "state", "policy_state"},
      {"password", "classes", "set of character_class"},
      {"port", "listeners", "list of listener"},
      {"exposure", "state", "exposure_state"},
      {"acl", "entries", "list of access_control_entry"},
      {"iis_list", "items", "list of iis_element"},
      {"host", "installation_type", "installation_type"},
      {"host", "role", "host_role"},
      {"tls", "state", "tls_state"},
      {"service", "state", "service_state"},
      {"service", "start", "service_start"},
      {"accounts", "items", "list of account"},
      {"audit", "outcomes", "set of audit_outcome"},
      {"firewall", "default_inbound", "firewall_action"},
      {"firewall_rules", "items", "list of firewall_rule"},
      {"listeners", "items", "list of listener"},
      {"shares", "items", "list of share"},
      {"certificates", "items", "list of certificate"},
      {"volumes", "items", "list of volume"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.resource, row.attribute);
    CHECK(type_name(attribute(row.resource, row.attribute).type) == row.type);
  }
  CHECK(type_name(find_resource("tls")->parameters[1].type) == "tls_side");
  CHECK(type_name(find_resource("firewall")->parameters[0].type) == "firewall_profile");
  const auto field = [](const char* record, const char* name) {
    for (const RecordInfo& info : records()) {
      for (const FieldInfo& f : info.fields) {
        if (info.name == record && f.name == name) return type_name(f.type);
      }
    }
    return std::string("missing");
  };
  CHECK(field("firewall_rule", "direction") == "direction");
  CHECK(field("firewall_rule", "action") == "firewall_action");
  CHECK(field("access_control_entry", "type") == "ace_type");
}

TEST_CASE("every enumeration has members, every member once") {
  std::set<std::string_view> names;
  for (const EnumInfo& info : enumerations()) {
    CAPTURE(info.name);
    CHECK(is_identifier(info.name));
    CHECK(names.insert(info.name).second);
    CHECK(enumerations()[enumeration_index(info.name)].name == info.name);
    CHECK_FALSE(info.doc.empty());
    const std::set<std::string_view> members(info.members.begin(), info.members.end());
    CHECK(members.size() == info.members.size());
    CHECK(info.members.size() >= 2);
  }
}

TEST_CASE("section names are distinct") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(EvidenceSection::Volumes); ++i) {
    const std::string_view name = section_name(static_cast<EvidenceSection>(i));
    CHECK(is_identifier(name));
    CHECK(names.insert(name).second);
  }
}

TEST_CASE("privileges") {
  CHECK(find_privilege("setcbprivilege")->luid == 7);
  CHECK(find_privilege("SeTcbPrivilege")->policy_name == "Act as part of the operating system");
  CHECK(find_privilege("SeRemoteInteractiveLogonRight")->luid == 0);
  CHECK(find_privilege("SeTcb") == nullptr);
  std::set<std::string_view> names;
  std::set<std::string_view> titles;
  std::set<std::uint32_t> luids;
  for (const PrivilegeInfo& p : privileges()) {
    CAPTURE(p.name);
    CHECK(names.insert(p.name).second);
    CHECK(titles.insert(p.policy_name).second);
    const bool logon_right = p.name.substr(p.name.size() - 5) == "Right";
    CHECK(logon_right == (p.luid == 0));
    if (!logon_right) CHECK(luids.insert(p.luid).second);
  }
  CHECK(luids.size() == 35);  // 2 to 36
}

TEST_CASE("audit subcategories by name and GUID") {
  CHECK(find_audit_subcategory("logon")->guid == "0cce9215-69ae-11d9-bed3-505054503030");
  CHECK(find_audit_subcategory("{0CCE9215-69AE-11D9-BED3-505054503030}")->name == "Logon");
  CHECK(find_audit_subcategory("Logins") == nullptr);
  std::set<std::string_view> names;
  std::set<std::string_view> guids;
  for (const AuditSubcategory& s : audit_subcategories()) {
    CHECK(names.insert(s.name).second);
    guids.insert(s.guid);
    CHECK(canonical_guid(s.guid) == std::string(s.guid));
  }
  CHECK(guids.size() == 59);  // 0cce9210 to 0cce924a
}

TEST_CASE("reasons have words") {
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(UnknownReason::DefaultUnknown); ++i) {
    const std::string_view text = reason_text(static_cast<UnknownReason>(i));
    CHECK_FALSE(text.empty());
    CHECK(words.insert(text).second);
  }
}
