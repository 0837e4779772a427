#include "compiler/types/type_rules.hpp"

#include <algorithm>
#include <array>

namespace polc::compiler {

using grammar::NodeKind;
using grammar::Op;
using value::Type;
using value::TypeKind;

namespace {

bool empty_fits(TypeKind empty, TypeKind other) {
  if (empty == TypeKind::EmptyList) return other == TypeKind::List;
  return empty == TypeKind::EmptySet &&
         (other == TypeKind::Set || other == TypeKind::AddressSet || other == TypeKind::Map);
}

bool same_type(Type a, Type b) {
  if (a == b || empty_fits(a.kind, b.kind) || empty_fits(b.kind, a.kind)) return true;
  if (a.kind != b.kind) return same_text_family(a.kind, b.kind);
  if (a.kind == TypeKind::Set || a.kind == TypeKind::List)
    return same_text_family(a.element, b.element) || (a.element == b.element && a.detail == b.detail);
  if (a.kind == TypeKind::Map)
    return (a.key == b.key || same_text_family(a.key, b.key)) &&
           (a.element == b.element || same_text_family(a.element, b.element));
  return false;
}

Comparability ordered(Type a, Type b) {
  if (!same_type(a, b)) return Comparability::Differ;
  return is_ordered(a.kind) ? Comparability::Fits : Comparability::NoOrder;
}

Comparability element_of(Type element, Type collection) {
  if (collection.kind == TypeKind::AddressSet)
    return element.kind == TypeKind::AddressSet ? Comparability::Fits : Comparability::Differ;
  if (collection.kind == TypeKind::EmptySet || collection.kind == TypeKind::EmptyList)
    return Comparability::Fits;
  if (!is_collection(collection.kind)) return Comparability::NotACollection;
  return same_type(element, value::element_type(collection)) ? Comparability::Fits : Comparability::Differ;
}

Comparability part_of(Type part, Type whole) {
  const auto is_set = [](TypeKind kind) {
    return kind == TypeKind::Set || kind == TypeKind::AddressSet || kind == TypeKind::EmptySet ||
           kind == TypeKind::Map || kind == TypeKind::Rights;
  };
  if (!is_set(part.kind)) return Comparability::NotACollection;
  return same_type(part, whole) ? Comparability::Fits : Comparability::Differ;
}

Comparability contains(Type collection, Type b) {
  if (collection.kind == TypeKind::AddressSet)
    return b.kind == TypeKind::AddressSet || b.kind == TypeKind::EmptySet ? Comparability::Fits
                                                                          : Comparability::Differ;
  if (collection.kind == TypeKind::Set && (b.kind == TypeKind::Set || b.kind == TypeKind::EmptySet))
    return part_of(b, collection);
  return element_of(b, collection);
}

}  // namespace

bool is_textual(TypeKind kind) {
  return kind == TypeKind::Text || kind == TypeKind::Name || kind == TypeKind::Path ||
         kind == TypeKind::Version;
}

bool same_text_family(TypeKind a, TypeKind b) {
  return a == b || (is_textual(a) && is_textual(b) && a != TypeKind::Version && b != TypeKind::Version);
}

bool is_collection(TypeKind kind) {
  return kind == TypeKind::Set || kind == TypeKind::List || kind == TypeKind::EmptySet ||
         kind == TypeKind::EmptyList;
}

bool is_set(TypeKind kind) {
  return kind == TypeKind::Set || kind == TypeKind::EmptySet;
}

bool is_ordered(TypeKind kind) {
  return kind == TypeKind::Int || kind == TypeKind::Duration || kind == TypeKind::Date ||
         kind == TypeKind::Version;
}

Comparability compare_types(Op op, Type a, Type b) {
  switch (op) {
    case Op::Less:
    case Op::LessEqual:
    case Op::Greater:
    case Op::GreaterEqual:
      return ordered(a, b);
    case Op::In:
    case Op::NotIn:
      return element_of(a, b);
    case Op::Contains:
      return contains(a, b);
    case Op::Within:
      return part_of(a, b);
    case Op::Like:
      return is_textual(a.kind) && is_textual(b.kind) ? Comparability::Fits : Comparability::NotText;
    default:
      return same_type(a, b) ? Comparability::Fits : Comparability::Differ;
  }
}

bool registry_compares(Op op, bool data_left, Type other) {
  const bool is_scalar =
      other.kind == TypeKind::Int || other.kind == TypeKind::Text || other.kind == TypeKind::Registry;
  const bool is_strings = (is_collection(other.kind) && other.element == TypeKind::Text) ||
                          other.kind == TypeKind::EmptySet || other.kind == TypeKind::EmptyList;
  switch (op) {
    case Op::Equal:
    case Op::NotEqual:
      return is_scalar || is_strings;
    case Op::Less:
    case Op::LessEqual:
    case Op::Greater:
    case Op::GreaterEqual:
      return other.kind == TypeKind::Int || other.kind == TypeKind::Registry;
    case Op::In:
    case Op::NotIn:
      if (!data_left) return other.kind == TypeKind::Text;
      return is_collection(other.kind) &&
             (other.element == TypeKind::Int || other.element == TypeKind::Text ||
              other.element == TypeKind::Registry);
    case Op::Contains:
      return data_left && (other.kind == TypeKind::Text || is_strings);
    case Op::Within:
      return is_strings;
    case Op::Like:
      return data_left && other.kind == TypeKind::Text;
    default:
      return false;
  }
}

bool assignable(Type actual, Type expected) {
  return expected.kind == TypeKind::None || same_type(actual, expected);
}

Type common_text_type(Type a, Type b) {
  const auto stronger = [](TypeKind x, TypeKind y) {
    if (x == y || !is_textual(x) || !is_textual(y)) return x;
    if (x == TypeKind::Path || y == TypeKind::Path) return TypeKind::Path;
    return TypeKind::Name;
  };
  if (a.kind != b.kind && is_textual(a.kind) && is_textual(b.kind))
    return value::simple(stronger(a.kind, b.kind));
  if (a.kind == b.kind && is_collection(a.kind)) {
    Type common = a;
    common.element = stronger(a.element, b.element);
    return common;
  }
  return a;
}

std::string_view type_advice(Type a, Type b) {
  const auto has = [&](TypeKind kind) { return a.kind == kind || b.kind == kind; };
  if (has(TypeKind::Duration) && has(TypeKind::Int))
    return "write a duration with its unit: 60d, 24h, 15min, 30s";
  if (has(TypeKind::Port) && has(TypeKind::Int)) return "write a port with its protocol: 443/tcp";
  if (has(TypeKind::Set) && has(TypeKind::List)) return "a set is written in braces, a list in brackets";
  if (has(TypeKind::Set) || has(TypeKind::List))
    return "ask with `contains` or `in`, or quantify with `all` or `any`";
  if (has(TypeKind::Text) && has(TypeKind::Int)) return "`int(text)` makes a number of a text";
  if (has(TypeKind::Text) && has(TypeKind::Principal)) return "declare the text as `principal`";
  return {};
}

std::string_view collection_advice(Op op, Type type) {
  if (op == Op::Contains && is_textual(type.kind))
    return "part of a text is asked for with `like \"*part*\"`";
  if (op == Op::Within) return "one value is asked for with `in`";
  return {};
}

bool flexible_syntax(const grammar::SyntaxTree& tree, grammar::NodeId node) {
  node = tree.unparen(node);
  switch (tree.kind(node)) {
    case NodeKind::RawString:
    case NodeKind::String:
    case NodeKind::TextBlock:
    case NodeKind::Int:
    case NodeKind::HexInt:
    case NodeKind::Braces:
    case NodeKind::List:
    case NodeKind::RightsOn:
    case NodeKind::Name:
    case NodeKind::Union:
    case NodeKind::Intersection:
    case NodeKind::ByBlock:
      return true;
    case NodeKind::Negation:
      return flexible_syntax(tree, tree.child(node, 0));
    case NodeKind::Call:
      return tree.text(tree.child(node, 0)) == "Enabled";
    default:
      return false;
  }
}

}  // namespace polc::compiler
