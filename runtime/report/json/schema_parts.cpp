#include "runtime/report/json/schema_parts.hpp"

#include <nlohmann/json.hpp>

namespace polc::report::schema {

Json described(Json schema, std::string_view description) {
  schema["description"] = description;
  return schema;
}

Json text(std::string_view description) {
  return Json{{"type", "string"}, {"description", description}};
}
Json number(std::string_view description) {
  return Json{{"type", "integer"}, {"minimum", 0}, {"description", description}};
}
Json flag(std::string_view description) {
  return Json{{"type", "boolean"}, {"description", description}};
}
Json one_of(std::initializer_list<std::string_view> words, std::string_view description) {
  return Json{{"enum", Json(words)}, {"description", description}};
}
Json or_null(std::string_view type, std::string_view description) {
  return Json{{"type", Json::array({type, "null"})}, {"description", description}};
}
Json list_of(Json items, std::string_view description) {
  return Json{{"type", "array"}, {"items", std::move(items)}, {"description", description}};
}
Json texts(std::string_view description) {
  return list_of(Json{{"type", "string"}}, description);
}
Json reference(std::string_view name) {
  return Json{{"$ref", "#/$defs/" + std::string(name)}};
}
Json reference_or_null(std::string_view name, std::string_view description) {
  return Json{{"anyOf", Json::array({reference(name), Json{{"type", "null"}}})},
              {"description", description}};
}

Json object(std::initializer_list<Member> members) {
  Json required = Json::array();
  Json properties = Json::object();
  for (const Member& member : members) {
    required.push_back(member.name);
    properties[std::string(member.name)] = member.schema;
  }
  return Json{{"type", "object"},
              {"properties", std::move(properties)},
              {"required", std::move(required)},
              {"additionalProperties", false}};
}

}  // namespace polc::report::schema
