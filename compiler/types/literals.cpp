// Literals and bare words: what they stand for where a type is expected.
#include "grammar/literals.hpp"

#include <algorithm>

#include "compiler/resolve/builtin_words.hpp"
#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/type_rules.hpp"
#include "grammar/string_parts.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/addresses.hpp"
#include "runtime/value/principals.hpp"
#include "runtime/value/rights.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

constexpr Type kText = value::simple(TypeKind::Text);
constexpr std::string_view kNever = "never";
constexpr std::string_view kUntilUnlocked = "until_unlocked";

/// Dotted numbers: "10.0.20348".
bool is_version(std::string_view text) {
  bool digit = false;
  for (const char c : text) {
    if (c == '.' && !digit) return false;
    if (c != '.' && (c < '0' || c > '9')) return false;
    digit = c != '.';
  }
  return digit;
}

std::optional<value::PolicyState> policy_state_named(std::string_view word) {
  using State = value::PolicyState::State;
  if (word == "Enabled") return value::PolicyState{State::Enabled, {}};
  if (word == "Disabled") return value::PolicyState{State::Disabled, {}};
  if (word == kNotConfigured) return value::PolicyState{State::NotConfigured, {}};
  return std::nullopt;
}

bool is_address_word(std::string_view word) {
  return word == "any" || word == "none" || word == "loopback";
}

Value addresses_named(std::string_view word) {
  return Value(value::AddressSet::exactly(value::parse_addresses(word).value_or(value::Addresses{})));
}

}  // namespace

ExprId Checker::integer_literal(NodeId node, const Expected& expected) {
  const std::uint64_t number = grammar::decode_integer(tree(), node).value_or(0);
  if (expected.type.kind == TypeKind::Rights) {
    const value::ObjectClass object_class = expected.object_class.value_or(value::ObjectClass::File);
    if (number > UINT32_MAX) return fail(diag::MaskTooLarge{.number = text(node)}.at(place(node)));
    const std::uint32_t mask = value::mapped_mask(static_cast<std::uint32_t>(number), object_class);
    return expressions_.constant(Value(value::rights_everywhere(mask)), expected.type, origin(node));
  }
  const Value value(value::Number::exactly(value::Integer::of_unsigned(number)));
  return expressions_.constant(value, value::simple(TypeKind::Int), origin(node));
}

ExprId Checker::string_literal(NodeId node, const Expected& expected) {
  const TypeKind kind = expected.type.kind;
  const bool windows_name = kind == TypeKind::Path || kind == TypeKind::Name || kind == TypeKind::Principal;
  if (windows_name && !check_quoting(node)) return kErrorExpr;
  return string_as(node, grammar::decode_string(tree(), node), expected);
}

/// A backslash in "..." begins an escape: where paths and names stand that is never what was meant.
bool Checker::check_quoting(NodeId node) {
  if (tree().kind(node) != NodeKind::String) return true;
  const std::string written = text(node);
  const std::string inside = written.substr(1, written.size() - 2);
  if (grammar::find_bad_escape(inside) != std::string::npos) return false;  // said already
  if (inside.find('\\') != std::string::npos) {
    base::Diagnostic problem = diag::BackslashInString{}.at(place(node));
    const std::string raw =
        inside.find("\\\\") == std::string::npos ? inside : grammar::decode_string(tree(), node);
    if (raw.find('\'') == std::string::npos) problem.fixes.push_back({place(node), "'" + raw + "'"});
    fail(std::move(problem));
    return false;
  }
  const std::size_t dollar = inside.find('$');
  const bool variable = dollar != std::string::npos && dollar + 1 < inside.size() &&
                        (std::isalpha(static_cast<unsigned char>(inside[dollar + 1])) != 0 ||
                         inside[dollar + 1] == '{' || inside[dollar + 1] == '(');
  const bool backtick = inside.find('`') != std::string::npos;
  if (variable || backtick)
    sink_->add(diag::PowerShellInString{.found = variable ? "$" : "`"}.at(place(node)));
  return true;
}

/// A text as a literal of the expected type.
ExprId Checker::string_as(NodeId node, std::string text, const Expected& expected) {
  const Type type = expected.type;
  const Origin written = origin(node);
  switch (type.kind) {
    case TypeKind::Name:
    case TypeKind::Path:
      return expressions_.constant(Value(std::move(text)), type, written);
    case TypeKind::Version:
      if (!is_version(text)) return fail(diag::BadVersion{.text = text}.at(place(node)));
      return expressions_.constant(Value(std::move(text)), type, written);
    case TypeKind::Principal: {
      const auto principal = value::principal_from_text(text);
      if (!principal) {
        return fail(
            diag::UnknownPrincipal{.name = text, .suggestion = std::string(value::nearest_alias(text))}.at(
                place(node)));
      }
      return expressions_.constant(Value(*principal), type, written);
    }
    case TypeKind::AddressSet: {
      const auto addresses = value::parse_addresses(text);
      if (!addresses) return fail(diag::BadAddress{.text = text}.at(place(node)));
      return expressions_.constant(Value(value::AddressSet::exactly(*addresses)), type, written);
    }
    case TypeKind::Enum: {
      const auto members = members_of(type);
      base::Diagnostic quoted = diag::QuotedWord{.word = text, .type = type_text(type)}.at(place(node));
      if (std::find(members.begin(), members.end(), text) == members.end()) break;
      quoted.fixes.push_back({place(node), text});
      return fail(std::move(quoted));
    }
    case TypeKind::Rights:
    case TypeKind::PolicyState: {
      const auto words = expected_words(expected);
      if (std::find(words.begin(), words.end(), text) == words.end()) break;
      base::Diagnostic quoted = diag::QuotedWord{.word = text, .type = type_text(type)}.at(place(node));
      quoted.fixes.push_back({place(node), text});
      return fail(std::move(quoted));
    }
    default:
      break;
  }
  return expressions_.constant(Value(std::move(text)), kText, written);
}

/// A bare word that is nothing declared: it gets its meaning from the expected type.
ExprId Checker::word(NodeId node, const Expected& expected) {
  const std::string_view word = tree().text(node);
  const Origin written = origin(node);
  switch (expected.type.kind) {
    case TypeKind::None:
      return untyped_word(node);
    case TypeKind::Enum: {
      const auto members = members_of(expected.type);
      if (std::find(members.begin(), members.end(), word) == members.end()) break;
      return expressions_.constant(Value(value::Symbol{std::string(word)}), expected.type, written);
    }
    case TypeKind::Principal:
      if (const auto principal = value::principal_from_text(word))
        return expressions_.constant(Value(*principal), expected.type, written);
      break;
    case TypeKind::Rights:
      if (const auto mask = value::find_right(expected.object_class.value_or(value::ObjectClass::File), word))
        return expressions_.constant(Value(value::rights_everywhere(*mask)), expected.type, written);
      break;
    case TypeKind::AddressSet:
      if (is_address_word(word)) return expressions_.constant(addresses_named(word), expected.type, written);
      break;
    case TypeKind::PolicyState:
      if (const auto state = policy_state_named(word))
        return expressions_.constant(Value(*state), expected.type, written);
      break;
    case TypeKind::Int:
    case TypeKind::Duration: {
      if (word != kNever && (word != kUntilUnlocked || expected.type.kind == TypeKind::Int)) break;
      const auto infinite = value::Number::exactly(value::Integer::infinity());
      const bool is_int = expected.type.kind == TypeKind::Int;
      return expressions_.constant(is_int ? Value(infinite) : Value(value::Duration{infinite}), expected.type,
                                   written);
    }
    default:
      break;
  }
  return unknown_word(node, expected);
}

/// Words that have a meaning of their own wherever they stand.
ExprId Checker::untyped_word(NodeId node) {
  const std::string_view word = tree().text(node);
  const Origin written = origin(node);
  if (is_address_word(word))
    return expressions_.constant(addresses_named(word), value::simple(TypeKind::AddressSet), written);
  if (const auto state = policy_state_named(word))
    return expressions_.constant(Value(*state), value::simple(TypeKind::PolicyState), written);
  const std::string_view meaning = builtin_meaning(word);
  if (meaning == "a principal")
    return expressions_.constant(Value(*value::principal_from_text(word)), value::simple(TypeKind::Principal),
                                 written);
  if (!meaning.empty()) {
    return fail(
        diag::WordWithoutContext{.word = std::string(word), .meaning = std::string(meaning)}.at(place(node)));
  }
  return unknown_name(node);
}

std::vector<std::string_view> Checker::expected_words(const Expected& expected) const {
  switch (expected.type.kind) {
    case TypeKind::Enum:
      return members_of(expected.type);
    case TypeKind::AddressSet:
      return {"any", "none", "loopback"};
    case TypeKind::PolicyState:
      return {"Enabled", "Disabled", kNotConfigured};
    case TypeKind::Int:
      return {kNever};
    case TypeKind::Duration:
      return {kNever, kUntilUnlocked};
    case TypeKind::Rights: {
      std::vector<std::string_view> names;
      for (const auto& right : value::named_rights(expected.object_class.value_or(value::ObjectClass::File)))
        names.push_back(right.name);
      return names;
    }
    default:
      return {};
  }
}

/// Whether the bare word is a value of the type: a member of its enumeration, or a principal.
bool Checker::is_member_word(std::string_view word, Type type) const {
  if (type.kind == TypeKind::Principal) return value::principal_from_text(word).has_value();
  if (type.kind != TypeKind::Enum) return false;
  const auto members = members_of(type);
  return std::find(members.begin(), members.end(), word) != members.end();
}

/// A word that the expected type does not have: the suggestion comes from that type first, then from the names
/// in sight.
ExprId Checker::unknown_word(NodeId node, const Expected& expected) {
  const std::string word = text(node);
  if (may_be_lost(package_, scope_.module, word)) return kErrorExpr;
  if (expected.type.kind == TypeKind::Principal) {
    const std::string_view nearest = value::nearest_alias(word);
    if (!nearest.empty())
      return fail(diag::UnknownPrincipal{.name = word, .suggestion = std::string(nearest)}.at(place(node)));
    return unknown_name(node);
  }
  const std::vector<std::string_view> words = expected_words(expected);
  const std::string_view suggestion = base::nearest(word, words);
  const std::string_view meaning = builtin_meaning(word);
  const bool closed = expected.type.kind == TypeKind::Enum || expected.type.kind == TypeKind::Rights ||
                      expected.type.kind == TypeKind::PolicyState;
  if (!closed && suggestion.empty() && meaning.empty()) return unknown_name(node);
  if (suggestion.empty() && !meaning.empty()) {
    const bool element = is_member_word(word, value::element_type(expected.type));
    const std::string hint = element ? fmt::format("a set stands in braces: {{{}}}", word)
                                     : (words.empty() ? std::string() : "there are: " + joined(words));
    base::Diagnostic problem =
        diag::WordOfAnotherKind{
            .word = word, .meaning = std::string(meaning), .type = type_text(expected.type), .hint = hint}
            .at(place(node));
    if (element) problem.fixes.push_back({place(node), "{" + word + "}"});
    return fail(std::move(problem));
  }
  return fail(with_nearest(
      diag::UnknownMember{.word = word, .type = type_text(expected.type), .hint = advice(word, words)}.at(
          place(node)),
      word, words));
}

/// `Modify on {self}`: the rights on some of the object itself, subfolders and files.
ExprId Checker::rights_on(NodeId node, const Expected& expected) {
  Expected rights_expected = expected;
  rights_expected.type = value::simple(TypeKind::Rights);
  const ExprId rights = value(tree().child(node, 0), rights_expected);
  static const std::uint16_t scope_enumeration = value::enumeration_index("ace_scope");
  const ExprId scopes =
      value(tree().child(node, 1), Expected::of(value::set_of(TypeKind::Enum, scope_enumeration)));
  if (rights == kErrorExpr || scopes == kErrorExpr) return kErrorExpr;
  const Value* mask = expressions_.constant_value(rights);
  const Value* set = expressions_.constant_value(scopes);
  if (mask == nullptr || set == nullptr) return fail(diag::NotConstant{}.at(place(node)));
  const value::Rights whole = *mask->get<value::Rights>();
  value::Rights part;
  for (const Value& scope : set->get<value::SetValue>()->low) {
    const std::string& name = scope.get<value::Symbol>()->name;
    if (name == "self") part.self = whole.self;
    if (name == "subfolders") part.subfolders = whole.subfolders;
    if (name == "files") part.files = whole.files;
  }
  return expressions_.constant(Value(part), rights_expected.type, origin(node));
}

}  // namespace polc::compiler
