#include "runtime/value/type.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "runtime/value/resource.hpp"

namespace polc::value {
namespace {

constexpr std::array kDeclarable{
    std::pair{std::string_view("bool"), TypeKind::Bool},
    std::pair{std::string_view("int"), TypeKind::Int},
    std::pair{std::string_view("text"), TypeKind::Text},
    std::pair{std::string_view("name"), TypeKind::Name},
    std::pair{std::string_view("path"), TypeKind::Path},
    std::pair{std::string_view("version"), TypeKind::Version},
    std::pair{std::string_view("duration"), TypeKind::Duration},
    std::pair{std::string_view("date"), TypeKind::Date},
    std::pair{std::string_view("port"), TypeKind::Port},
    std::pair{std::string_view("principal"), TypeKind::Principal},
    std::pair{std::string_view("rights"), TypeKind::Rights},
    std::pair{std::string_view("address_set"), TypeKind::AddressSet},
};

constexpr std::string_view kSetOf = "set of ";
constexpr std::string_view kListOf = "list of ";

std::string simple_name(TypeKind kind, std::uint16_t detail) {
  const auto* const found = std::find_if(kDeclarable.begin(), kDeclarable.end(),
                                         [&](const auto& row) { return row.second == kind; });
  if (found != kDeclarable.end()) return std::string(found->first);
  switch (kind) {
    case TypeKind::Enum:
      return std::string(detail < enumerations().size() ? enumerations()[detail].name : "enumeration");
    case TypeKind::Record:
      return std::string(detail < records().size() ? records()[detail].name : "record");
    case TypeKind::Registry:
      return "registry data";
    case TypeKind::PolicyState:
      return "policy state";
    case TypeKind::Set:
      return "set";
    case TypeKind::List:
      return "list";
    case TypeKind::Map:
      return "map";
    case TypeKind::EmptySet:
      return "empty set";
    case TypeKind::EmptyList:
      return "empty list";
    default:
      return "nothing";
  }
}

TypeKind declarable_kind(std::string_view name) {
  const auto* const found = std::find_if(kDeclarable.begin(), kDeclarable.end(),
                                         [&](const auto& row) { return row.first == name; });
  return found == kDeclarable.end() ? TypeKind::None : found->second;
}

}  // namespace

std::string type_name(Type type) {
  switch (type.kind) {
    case TypeKind::Set:
      return std::string(kSetOf) + simple_name(type.element, type.detail);
    case TypeKind::List:
      return std::string(kListOf) + simple_name(type.element, type.detail);
    case TypeKind::Map:
      return "map of " + simple_name(type.key, type.detail) + " to " + simple_name(type.element, type.detail);
    default:
      return simple_name(type.kind, type.detail);
  }
}

Type type_from_name(std::string_view name) {
  const bool is_set = name.substr(0, kSetOf.size()) == kSetOf;
  const bool is_list = name.substr(0, kListOf.size()) == kListOf;
  if (!is_set && !is_list) return simple(declarable_kind(name));
  const TypeKind element = declarable_kind(name.substr(is_set ? kSetOf.size() : kListOf.size()));
  // An address set is a set already: sets of them flatten.
  if (element == TypeKind::None || element == TypeKind::AddressSet) return {};
  return is_set ? set_of(element) : list_of(element);
}

}  // namespace polc::value
