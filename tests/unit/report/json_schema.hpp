// Documents against JSON Schemas.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace polc::test {

using Json = nlohmann::ordered_json;

/// As much of JSON Schema as the schemas of reports use; returns the paths of what does not fit.
class Validator {
 public:
  explicit Validator(const Json& schema) : schema_(schema) {}

  std::vector<std::string> check(const Json& document) {
    errors_.clear();
    visit(schema_, document, "");
    return errors_;
  }

 private:
  static bool has_type(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    return type == "null" && value.is_null();
  }

  bool fits(const Json& schema, const Json& value) {
    Validator other(schema_);
    other.visit(schema, value, "");
    return other.errors_.empty();
  }

  void visit(const Json& schema, const Json& value, const std::string& path) {
    const auto fail = [&](const std::string& why) { errors_.push_back(path + ": " + why); };
    if (schema.contains("$ref"))
      visit(schema_.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1))), value, path);
    if (schema.contains("const") && schema["const"] != value) fail("not the constant");
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
      fail("not in the enumeration: " + value.dump());
    if (schema.contains("anyOf")) {
      const auto& options = schema["anyOf"];
      if (std::none_of(options.begin(), options.end(),
                       [&](const Json& option) { return fits(option, value); }))
        fail("fits no alternative");
    }
    if (schema.contains("type")) {
      const Json types = schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]});
      if (std::none_of(types.begin(), types.end(), [&](const Json& type) { return has_type(value, type); }))
        fail("wrong type: " + value.dump());
    }
    if (schema.contains("minimum") && value.is_number() && value < schema["minimum"]) fail("too small");
    if (schema.contains("required")) {
      for (const Json& name : schema["required"]) {
        if (!value.contains(name.get<std::string>())) fail("lacks " + name.dump());
      }
    }
    if (schema.contains("properties") && value.is_object()) {
      for (const auto& [name, member] : value.items()) {
        if (schema["properties"].contains(name)) {
          visit(schema["properties"][name], member, path + "/" + name);
        } else {
          fail("has unknown member " + name);
        }
      }
    }
    if (schema.contains("items") && value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i)
        visit(schema["items"], value[i], path + "/" + std::to_string(i));
    }
  }

  const Json& schema_;
  std::vector<std::string> errors_;
};

}  // namespace polc::test
