// The parts that JSON Schemas of reports are made of. For their writers alone.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>

namespace polc::report::schema {

using Json = nlohmann::ordered_json;

struct Member {
  std::string_view name;
  Json schema;
};

Json described(Json schema, std::string_view description);
Json text(std::string_view description);
Json number(std::string_view description);  ///< 0 or more
Json flag(std::string_view description);
Json one_of(std::initializer_list<std::string_view> words, std::string_view description);
Json or_null(std::string_view type, std::string_view description);
Json list_of(Json items, std::string_view description);
Json texts(std::string_view description);

/// One of the schema's "$defs".
Json reference(std::string_view name);
Json reference_or_null(std::string_view name, std::string_view description);

/// Every member is required and no other is allowed: readers can rely on both.
Json object(std::initializer_list<Member> members);

}  // namespace polc::report::schema
