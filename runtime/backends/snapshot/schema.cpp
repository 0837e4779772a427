// JSON Schema of snapshots, made from the same descriptions that decode them and from the value tables.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <string>

#include "runtime/backends/snapshot/form.hpp"
#include "runtime/backends/snapshot/snapshot.hpp"
#include "runtime/backends/snapshot/tables.hpp"
#include "runtime/value/reasons.hpp"
#include "runtime/value/resource.hpp"

namespace polc::backends {
namespace {

using Json = nlohmann::ordered_json;
using value::EvidenceSection;
using namespace snapshot;

Json reference(std::string_view name) {
  return {{"$ref", fmt::format("#/$defs/{}", name)}};
}

template <class Shape>
Json schema_of(const Shape& shape) {
  return Json::parse(shape.schema());
}

Json any_of(std::vector<Json> alternatives) {
  return {{"anyOf", std::move(alternatives)}};
}

Json or_unreadable(Json schema) {
  return any_of({std::move(schema), reference("unreadable")});
}

Json fact_of(Json schema) {
  return any_of({std::move(schema), reference("absent"), reference("unreadable"), reference("mistyped")});
}

Json described(Json schema, std::string_view text) {
  schema["description"] = text;
  return schema;
}

Json closed_object(Json properties) {
  return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

Json list_of(Json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

/// Answers the calls of form.hpp with properties.
class SchemaWriter {
 public:
  template <class T, class Shape>
  void fact(std::string_view name, T&, const Shape& shape) {
    add(name, fact_of(schema_of(shape)));
  }
  template <class T, class Shape>
  void certain_fact(std::string_view name, T&, const Shape& shape) {
    add(name, any_of({schema_of(shape), reference("unreadable"), reference("mistyped")}));
  }
  template <class T, class Shape>
  void policy_fact(std::string_view name, T& out, const Shape& shape) {
    fact(name, out, shape);
  }
  template <class T, class Shape>
  void optional(std::string_view name, T&, const Shape& shape) {
    add(name, schema_of(shape));
  }
  template <class T, class Shape>
  void required(std::string_view name, T&, const Shape& shape) {
    add(name, schema_of(shape));
    require(name);
  }

  void add(std::string_view name, Json schema) { properties_[std::string(name)] = std::move(schema); }
  void require(std::string_view name) { required_.push_back(name); }

  Json object() const {
    Json out = closed_object(properties_);
    if (!required_.empty()) out["required"] = required_;
    return out;
  }

 private:
  Json properties_ = Json::object();
  Json required_ = Json::array();
};

template <class Row>
SchemaWriter written() {
  Row row;
  SchemaWriter writer;
  describe(writer, row);
  return writer;
}

template <class Row>
Json row_of() {
  return written<Row>().object();
}

/// {complete: ..., name: row, ...}. `names` are those with a meaning of their own; others follow `other_rows`.
Json table(Json names, Json other_rows, bool may_be_missing = false) {
  Json properties{{"complete", {{"type", "boolean"}}}, {"unreadable", reference("reason")}};
  properties.update(names);
  Json object{
      {"type", "object"}, {"properties", properties}, {"additionalProperties", std::move(other_rows)}};
  std::vector<Json> forms{std::move(object), reference("unreadable")};
  if (may_be_missing) forms.push_back(reference("absent"));
  return any_of(std::move(forms));
}

Json named_rows(Json row, bool may_be_missing = false) {
  return table(Json::object(), std::move(row), may_be_missing);
}

Json listed_rows(Json row, bool may_be_missing = false) {
  return table({{"items", list_of(std::move(row))}}, false, may_be_missing);
}

/// Without a claim of completeness: a list, or what could not be read beside it.
Json open_list(Json row) {
  const Json items = list_of(std::move(row));
  return any_of({items, closed_object({{"unreadable", reference("reason")}, {"items", items}})});
}

/// What was seen or said several times is a list.
Json one_or_more(const Json& row) {
  return any_of({row, list_of(row)});
}

Json open_rows(const Json& row) {
  return {{"type", "object"},
          {"properties", {{"unreadable", any_of({reference("reason"), row})}}},
          {"additionalProperties", row}};
}

Json registry_value() {
  const Json hexadecimal{{"type", "string"}, {"pattern", "^([0-9A-Fa-f]{2}[ ,]*)*$"}};
  const auto one = [](const char* key, const Json& schema) {
    Json object = closed_object({{key, schema}});
    object["required"] = {key};
    return object;
  };
  const Json dword{{"type", "integer"}, {"minimum", 0}, {"maximum", UINT32_MAX}};
  const Json qword{{"type", "integer"}, {"minimum", 0}, {"maximum", UINT64_MAX}};
  const Json text{{"type", "string"}};
  Json other = closed_object({{"type", dword}, {"data", hexadecimal}});
  other["required"] = {"type", "data"};
  return fact_of(any_of({dword, text, list_of(text), one("dword", dword), one("qword", qword),
                         one("sz", text), one("expand_sz", text), one("multi_sz", list_of(text)),
                         one("binary", hexadecimal), one("none", hexadecimal), std::move(other)}));
}

Json registry() {
  const Json flag{{"type", "boolean"}};
  const Json key =
      closed_object({{"complete", flag},
                     {"values", {{"type", "object"}, {"additionalProperties", reference("registry_value")}}},
                     {"unreadable", reference("reason")},
                     {"subkeys_complete", flag},
                     {"subkeys", list_of({{"type", "string"}, {"minLength", 1}})}});
  return {{"type", "object"}, {"additionalProperties", fact_of(key)}};
}

Json host() {
  SchemaWriter writer = written<value::HostEvidence>();
  writer.add("variables", {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}});
  return writer.object();
}

Json users() {
  SchemaWriter writer;
  writer.add("name", schema_of(kText));
  writer.add("hive", or_unreadable({{"const", "readable"}}));
  return named_rows(writer.object());
}

Json user_rights() {
  const Json holders = fact_of(schema_of(kPrincipals));
  Json names = Json::object();
  for (const value::PrivilegeInfo& right : value::privileges()) {
    names[std::string(right.name)] = described(holders, right.policy_name);
  }
  return table(std::move(names), false);
}

Json audit_policy() {
  const Json outcomes = fact_of(schema_of(ListShape<WordShape>{.inner = {"audit_outcome"}}));
  Json names = Json::object();
  for (const value::AuditSubcategory& each : value::audit_subcategories())
    names[std::string(each.name)] = outcomes;
  return table(std::move(names), outcomes);
}

Json listeners() {
  const Json sockets = listed_rows(row_of<value::ListenerRow>());
  return or_unreadable(closed_object({{"tcp", sockets}, {"udp", sockets}}));
}

Json firewall() {
  const Json profile = fact_of(row_of<value::FirewallProfileRow>());
  Json by_profile = Json::object();
  for (const std::string_view name : WordShape{"firewall_profile"}.members())
    by_profile[std::string(name)] = profile;
  const Json store = closed_object(std::move(by_profile));
  const Json rule = any_of({row_of<value::FirewallRuleRow>(), row_of<RawRuleRow>(), {{"type", "string"}}});
  return or_unreadable(closed_object({{"active", or_unreadable(schema_of(kProfiles))},
                                      {"profiles", table({{"local", store}, {"policy", store}}, false)},
                                      {"policy_rules", listed_rows(rule)},
                                      {"local_rules", listed_rows(rule)}}));
}

Json entries(value::ObjectClass object_class) {
  std::vector<std::string_view> names;
  for (const value::RightInfo& right : value::named_rights(object_class)) names.push_back(right.name);
  const Json right = any_of({Json::parse(enumeration_schema(names)), schema_of(NumberShape{})});
  const Json rights = any_of({right, list_of(right)});
  SchemaWriter writer;
  writer.add("rights", rights);
  writer.require("rights");
  if (object_class != value::ObjectClass::Share) {
    writer.add("applies_to", schema_of(ListShape<WordShape>{.inner = {"ace_scope"}}));
    writer.add("inherited", schema_of(kFlag));
  }
  return {{"type", "object"}, {"additionalProperties", any_of({rights, writer.object()})}};
}

void add_descriptor(SchemaWriter& writer, value::ObjectClass object_class) {
  writer.add("sddl", fact_of(schema_of(kText)));
  writer.add("owner", schema_of(kText));
  writer.add("group", schema_of(kText));
  writer.add("protected", schema_of(kFlag));
  writer.add("allow", entries(object_class));
  writer.add("deny", entries(object_class));
}

Json object_security(value::ObjectClass object_class) {
  SchemaWriter writer;
  add_descriptor(writer, object_class);
  writer.add("names", {{"type", "object"}, {"additionalProperties", schema_of(kText)}});
  return named_rows(fact_of(any_of({writer.object(), schema_of(kText)})));
}

Json shares() {
  SchemaWriter writer;
  writer.add("path", fact_of(schema_of(kText)));
  add_descriptor(writer, value::ObjectClass::Share);
  return named_rows(or_unreadable(writer.object()), true);
}

Json iis() {
  const Json files{{"type", "object"}, {"additionalProperties", fact_of({{"type", "string"}})}};
  return table({{"version", fact_of(schema_of(kText))}, {"files", files}}, false, true);
}

Json http() {
  const Json value = schema_of(
      ListShape<TextShape>{.inner = {.may_be_empty = true, .numbers_too = true}, .or_single = true});
  SchemaWriter writer = written<value::HttpRow>();
  writer.add("host", {{"type", "string"}});
  writer.add("headers", {{"type", "object"},
                         {"properties", {{"complete", {{"type", "boolean"}}}}},
                         {"additionalProperties", value}});
  return open_list(writer.object());
}

Json exposure() {
  const Json port{{"type", "string"}, {"pattern", "^[0-9]+(-[0-9]+)?/(tcp|udp)$"}};
  SchemaWriter writer;
  writer.add("at", schema_of(kInstant));
  writer.require("at");
  for (const std::string_view state : WordShape{"exposure_state"}.members()) writer.add(state, list_of(port));
  return open_rows(one_or_more(writer.object()));
}

Json section_schema(EvidenceSection section) {
  switch (section) {
    case EvidenceSection::Host:
      return host();
    case EvidenceSection::Registry:
      return registry();
    case EvidenceSection::Users:
      return users();
    case EvidenceSection::AccountPolicy:
      return or_unreadable(row_of<value::AccountPolicyEvidence>());
    case EvidenceSection::UserRights:
      return user_rights();
    case EvidenceSection::AuditPolicy:
      return audit_policy();
    case EvidenceSection::Services:
      return named_rows(fact_of(row_of<value::ServiceRow>()));
    case EvidenceSection::LocalGroups:
      return named_rows(fact_of(any_of({row_of<value::LocalGroupRow>(), schema_of(kPrincipals)})));
    case EvidenceSection::Accounts:
      return named_rows(row_of<value::AccountRow>());
    case EvidenceSection::Names:
      return named_rows(schema_of(kSid));
    case EvidenceSection::Listeners:
      return listeners();
    case EvidenceSection::Firewall:
      return firewall();
    case EvidenceSection::FileSecurity:
      return object_security(value::ObjectClass::File);
    case EvidenceSection::KeySecurity:
      return object_security(value::ObjectClass::RegistryKey);
    case EvidenceSection::Shares:
      return shares();
    case EvidenceSection::Iis:
      return iis();
    case EvidenceSection::Http:
      return http();
    case EvidenceSection::Exposure:
      return exposure();
    case EvidenceSection::Attestations:
      return open_list(row_of<value::AttestationRow>());
    case EvidenceSection::Passwords:
      return open_rows(one_or_more(row_of<PasswordFacts>()));
    case EvidenceSection::WindowsFeatures:
      return named_rows(fact_of(schema_of(kEnabledOrDisabled)));
    case EvidenceSection::Certificates:
      return {{"type", "object"},
              {"additionalProperties", listed_rows(row_of<value::CertificateRow>(), true)}};
    case EvidenceSection::Volumes:
      return named_rows(row_of<value::VolumeRow>());
  }
  return {};
}

/// "what registry, registry_key and tls are answered from": the resources that the catalogue derives from a section.
std::string purpose_of(EvidenceSection section) {
  std::vector<std::string_view> readers;
  for (const value::ResourceInfo& resource : value::resource_catalogue()) {
    const auto& needed = resource.evidence;
    if (std::find(needed.begin(), needed.end(), section) != needed.end()) readers.push_back(resource.name);
  }
  return fmt::format("read for: {}", fmt::join(readers, ", "));
}

Json definitions() {
  const std::string reason = fmt::format("^({})(:.*)?$", fmt::join(value::reason_words(), "|"));
  Json absent = closed_object({{"absent", {{"const", true}}}});
  absent["required"] = {"absent"};
  Json unreadable = closed_object({{"unreadable", reference("reason")}});
  unreadable["required"] = {"unreadable"};
  Json mistyped = closed_object({{"mistyped", {{"type", "string"}}}});
  mistyped["required"] = {"mistyped"};
  Json principal = row_of<value::PrincipalEvidence>();
  principal["minProperties"] = 1;
  return {
      {"reason", described({{"type", "string"}, {"pattern", reason}},
                           "why it could not be read; details behind a colon")},
      {"absent", described(any_of({{{"const", "absent"}}, std::move(absent)}), "looked for, and not there")},
      {"unreadable", described(std::move(unreadable), "looked for, and could not be read")},
      {"mistyped", described(std::move(mistyped), "there, but not of the type that Windows reads")},
      {"principal", described(any_of({schema_of(kText), std::move(principal)}), "a name, a SID, or both")},
      {"registry_value",
       described(registry_value(), "an integer is a DWORD, a text REG_SZ, a list REG_MULTI_SZ")},
  };
}

}  // namespace

std::string snapshot_schema() {
  Json properties{{"polc_snapshot", described({{"const", 1}}, "version of the form")},
                  {"collected", row_of<CollectedRow>()},
                  {"layer", Json::parse(enumeration_schema({"effective", "policy"}))}};
  for (int i = 0; i <= static_cast<int>(EvidenceSection::Volumes); ++i) {
    const auto section = static_cast<EvidenceSection>(i);
    properties[std::string(value::section_name(section))] =
        described(section_schema(section), purpose_of(section));
  }
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "polc snapshot"}};
  schema.update(closed_object(std::move(properties)));
  schema["required"] = {"polc_snapshot"};
  schema["$defs"] = definitions();
  return schema.dump(2) + "\n";
}

}  // namespace polc::backends
