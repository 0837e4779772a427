// Static types of the policy language. A type is a small value: no nesting beyond "collection of simple
// things" is needed by any resource, so none is possible.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace polc::value {

enum class TypeKind : std::uint8_t {
  None,  // not a value (error recovery, absent element type)
  Bool,
  Int,          // -2^63 .. 2^64-1, or +infinity where a setting knows "never"
  Text,         // ordinal equality
  Name,         // text that compares as Windows names do (case folded)
  Path,         // file system path: case folded, `\` and `/` alike, no trailing separator
  Version,      // dotted numbers, compared part by part
  Duration,     // whole seconds, or +infinity ("never", "until_unlocked")
  Date,         // UTC day
  Port,         // number with protocol
  Principal,    // security identifier
  Rights,       // access mask for self, subfolders and files
  AddressSet,   // IP addresses
  Enum,         // one of the members of `detail` (index into enumerations())
  Registry,     // typed registry data
  PolicyState,  // Enabled, Enabled("option"), Disabled, NotConfigured
  Set,          // unordered, no repetitions
  List,         // ordered
  Map,
  Record,     // fields by name; `detail` is an index into records()
  EmptySet,   // the literal {} before its type is known
  EmptyList,  // the literal []
};

struct Type {
  TypeKind kind = TypeKind::None;
  TypeKind element = TypeKind::None;  // of Set and List; the value type of Map
  TypeKind key = TypeKind::None;      // of Map
  std::uint8_t reserved = 0;
  std::uint16_t detail = 0;  // Enum or Record index, of the type itself or of its element

  friend bool operator==(const Type&, const Type&) = default;
};

constexpr Type simple(TypeKind kind) {
  return Type{kind};
}
constexpr Type enumeration_type(std::uint16_t index) {
  return Type{TypeKind::Enum, {}, {}, 0, index};
}
constexpr Type set_of(TypeKind element, std::uint16_t detail = 0) {
  return Type{TypeKind::Set, element, {}, 0, detail};
}
constexpr Type list_of(TypeKind element, std::uint16_t detail = 0) {
  return Type{TypeKind::List, element, {}, 0, detail};
}
constexpr Type map_of(TypeKind key, TypeKind value) {
  return Type{TypeKind::Map, value, key};
}
constexpr Type record_type(std::uint16_t index) {
  return Type{TypeKind::Record, {}, {}, 0, index};
}

/// The type of the things a Set or List holds; None for other kinds.
constexpr Type element_type(Type t) {
  if (t.kind != TypeKind::Set && t.kind != TypeKind::List) return {};
  return Type{t.element, {}, {}, 0, t.detail};
}

/// How the type is spelled in messages and in `param` declarations: "set of principal", "duration",
/// "tls_state".
std::string type_name(Type type);

/// Inverse of type_name for the simple types that a `param` or `def` may be declared with; None if unknown.
Type type_from_name(std::string_view name);

}  // namespace polc::value
