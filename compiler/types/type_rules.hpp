// Which types go together: pure rules, without syntax or diagnostics.
#pragma once

#include <string_view>

#include "grammar/syntax_tree.hpp"
#include "runtime/value/type.hpp"

namespace polc::compiler {

inline constexpr value::Type kBool = value::simple(value::TypeKind::Bool);

/// Text, Name, Path and Version: kinds that are written as strings and can be ...
bool is_textual(value::TypeKind kind);

/// ... compared with each other; Version only with itself.
bool same_text_family(value::TypeKind a, value::TypeKind b);

bool is_collection(value::TypeKind kind);  ///< Set, List, EmptySet, EmptyList
bool is_set(value::TypeKind kind);         ///< Set, EmptySet
bool is_ordered(value::TypeKind kind);     ///< has `<`

enum class Comparability { Fits, Differ, NoOrder, NotACollection, NotText };

/// Whether `a op b` has a meaning; registry data has rules of its own.
Comparability compare_types(grammar::Op op, value::Type a, value::Type b);

/// Whether registry data compares with a value of this type; `data_left` says on which side the data stands.
bool registry_compares(grammar::Op op, bool data_left, value::Type other);

/// May a value of type `actual` stand where `expected` is asked for, as it is or as a constant's other form?
bool assignable(value::Type actual, value::Type expected);

/// The type as which two text-like values (or sets of them) are compared; `a` for all others.
value::Type common_text_type(value::Type a, value::Type b);

/// A few words on what to write when two types do not compare; may be "".
std::string_view type_advice(value::Type a, value::Type b);
std::string_view collection_advice(grammar::Op op, value::Type type);

/// True for syntax without a type of its own: strings, numbers, braces, brackets, states and bare words.
bool flexible_syntax(const grammar::SyntaxTree& tree, grammar::NodeId node);

}  // namespace polc::compiler
