#include "runtime/value/type.hpp"

#include "runtime/value/resource.hpp"
#include "tests/unit/catch.hpp"

using namespace polc::value;

TEST_CASE("declarable types read back") {
  for (const char* name :
       {"bool", "int", "text", "name", "path", "version", "duration", "date", "port", "principal", "rights",
        "address_set", "set of principal", "set of int", "list of text"}) {
    CAPTURE(name);
    const Type type = type_from_name(name);
    CHECK(type.kind != TypeKind::None);
    CHECK(type_name(type) == name);
  }
  for (const char* name : {"", "string", "set", "set of", "set of set of int", "set of address_set",
                           "list of nothing", "Int", "registry data", "host_role"}) {
    CAPTURE(name);
    CHECK(type_from_name(name) == Type{});
  }
}

TEST_CASE("types of the catalogue have names") {
  CHECK(type_name(enumeration_type(enumeration_index("tls_state"))) == "tls_state");
  CHECK(type_name(map_of(TypeKind::Principal, TypeKind::Rights)) == "map of principal to rights");
  CHECK(type_name(list_of(TypeKind::Record, 0)) == "list of " + std::string(records()[0].name));
  CHECK(type_name(simple(TypeKind::EmptySet)) == "empty set");
  CHECK(element_type(set_of(TypeKind::Enum, 3)) == enumeration_type(3));
  CHECK(element_type(simple(TypeKind::Int)) == Type{});
}
