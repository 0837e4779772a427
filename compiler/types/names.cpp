// Names: variables, parameters, helpers and their expansion, functions, members.
#include <algorithm>

#include "compiler/resolve/builtin_words.hpp"
#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/scoped.hpp"
#include "compiler/types/type_rules.hpp"
#include "grammar/foreign.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/spelling.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using value::Type;
using value::TypeKind;

namespace {

constexpr std::size_t kTitleBytes = 60;  // of one argument in the title of an expansion

/// Values that say more than the words they were written with.
bool is_title_value(const value::Value& v) {
  const auto* text = v.get<std::string>();
  const auto* addresses = v.get<value::AddressSet>();
  const bool is_collection = v.get<value::SetValue>() != nullptr || v.get<value::ListValue>() != nullptr ||
                             v.get<value::MapValue>() != nullptr;
  if (text != nullptr) return text->size() <= kTitleBytes;
  return addresses != nullptr ? addresses->low.ranges.size() <= 2 : !is_collection;
}

/// A type name of other languages in polc's words: "list of string" is "list of text".
std::string in_own_words(std::string name) {
  const std::size_t of = name.rfind(' ');
  const std::size_t begin = of == std::string::npos ? 0 : of + 1;
  const std::string_view own = grammar::type_word(std::string_view(name).substr(begin));
  return own.empty() ? name : name.replace(begin, std::string::npos, own);
}

}  // namespace

ExprId Checker::named(NodeId node, const Expected* expected) {
  const std::string_view name = tree().text(node);
  if (tree().kind(node) == NodeKind::Name) {
    if (const Binding* binding = find_binding(name)) {
      shared_size_ += at(binding->expr).size;
      const ExprId bound = expressions_.moved(binding->expr, origin(node));
      return expected != nullptr ? bound : holds(bound, node);
    }
  }
  const auto [found, declaration] = find_declared(node);
  if (!found) return kErrorExpr;
  if (declaration) return declared(node, *declaration, expected);
  if (const value::ResourceInfo* info = value::find_resource(name)) {
    const ExprId fact = resource(node, *info);
    return expected != nullptr ? fact : holds(fact, node);
  }
  if (find_alias(package_, scope_.module, name) != nullptr)
    return fail(diag::AliasIsNoValue{.name = std::string(name)}.at(place(node)));
  const ExprId meaning = word(node, expected != nullptr ? *expected : Expected{});
  return expected != nullptr ? meaning : holds(meaning, node);
}

ExprId Checker::declared(NodeId node, DeclarationId id, const Expected* expected) {
  const Declaration& declaration = package_.declarations[id];
  used_[id] = true;
  if (declaration.kind == DeclarationKind::Param) {
    const ParameterValue* parameter = this->parameter(id);
    if (parameter == nullptr) return kErrorExpr;
    const ExprId constant = expressions_.constant(parameter->value(), parameter->type, origin(node));
    return expected != nullptr ? constant : holds(constant, node);
  }
  if (declaration.kind == DeclarationKind::Def)
    return fail(diag::DefNeedsCall{.name = std::string(declaration.name)}.at(place(node)));
  return expand(node, id, {}, expected);
}

/// The name as written, with what the parameters stand for: "is_closed(p: 443/tcp)".
std::string Checker::title_of(NodeId node, const std::vector<Binding>& arguments) const {
  const bool is_call = tree().kind(node) == NodeKind::Call;
  std::vector<std::string> values;
  for (const Binding& binding : arguments) {
    const value::Value* constant = expressions_.constant_value(binding.expr);
    const bool shows_value = constant != nullptr && is_title_value(*constant);
    values.push_back(fmt::format(
        "{}: {}", binding.name,
        shows_value ? value::to_text(*constant) : base::shorten_bytes(binding.argument, kTitleBytes)));
  }
  const std::string name = text(is_call ? tree().child(node, 0) : node);
  return is_call ? fmt::format("{}({})", name, fmt::join(values, ", ")) : name;
}

/// The body of a `let` or `def` in the place of its name. It sees the names of its own module and its own
/// parameters.
ExprId Checker::expand(NodeId node, DeclarationId id, std::vector<Binding> bindings,
                       const Expected* expected) {
  const Declaration& declaration = package_.declarations[id];
  if (std::find(expanding_.begin(), expanding_.end(), id) != expanding_.end())
    return report_recursion(node, id);
  if (expanding_.size() >= limits::kInlineDepth) {
    return fail(diag::ExpansionTooDeep{.name = std::string(declaration.name),
                                       .limit = std::to_string(limits::kInlineDepth)}
                    .at(place(node)));
  }
  const grammar::SyntaxTree& target = package_.tree(declaration.module);
  const NodeId body = target.last_child(declaration.node);
  const ExpansionId expansion =
      expressions_.add_expansion({origin(node), target.span(body), title_of(node, bindings)});
  expanding_.push_back(id);
  ExprId result = kErrorExpr;
  {
    const Scoped scope(scope_, Scope{&target, declaration.module, std::move(bindings), expansion, 0});
    const NodeId type_node = declared_type_node(declaration);
    const Type type = type_node != grammar::kNoNode ? declared_type(type_node) : Type{};
    if (type_node != grammar::kNoNode && type.kind == TypeKind::None) {
      result = kErrorExpr;
    } else if (reads_as_condition(body)) {
      result = condition(body);
      if (result != kErrorExpr && type.kind != TypeKind::None && type.kind != TypeKind::Bool)
        result = fail(diag::ConditionAsValue{}.at(place(body)));
    } else {
      Expected inner = expected != nullptr ? *expected : Expected{};
      if (type.kind != TypeKind::None) inner = Expected::of(type);
      result = value(body, inner);
    }
  }
  expanding_.pop_back();
  if (result == kErrorExpr) return kErrorExpr;
  return expected != nullptr ? result : holds(result, node);
}

ExprId Checker::report_recursion(NodeId node, DeclarationId id) {
  std::string chain;
  const auto first = std::find(expanding_.begin(), expanding_.end(), id);
  for (auto at = first; at != expanding_.end(); ++at)
    chain += std::string(package_.declarations[*at].name) + " -> ";
  const Declaration& declaration = package_.declarations[id];
  base::Diagnostic problem =
      diag::Recursion{.chain = chain + std::string(declaration.name)}.at(declaration.name_span);
  problem.labels.push_back({place(node), "used here again"});
  return fail(std::move(problem));
}

const Checker::Binding* Checker::find_binding(std::string_view name) const {
  const auto found = std::find_if(scope_.bindings.rbegin(), scope_.bindings.rend(),
                                  [&](const Binding& binding) { return binding.name == name; });
  return found == scope_.bindings.rend() ? nullptr : &*found;
}

/// The declaration that a Name, or a Member of a module's alias, means. The first of the pair is false after
/// an error.
std::pair<bool, std::optional<DeclarationId>> Checker::find_declared(NodeId node) {
  ModuleId module = scope_.module;
  std::string_view name = tree().text(node);
  const Import* alias = nullptr;
  if (tree().kind(node) == NodeKind::Member) {
    const NodeId object = tree().child(node, 0);
    const NodeId word = tree().child(node, 1);
    name = tree().text(word);
    if (tree().kind(object) == NodeKind::Name) alias = find_alias(package_, module, tree().text(object));
    if (alias == nullptr) return {true, std::nullopt};
    const auto& declarations = package_.modules[alias->module].declarations;
    if (const auto found = declarations.find(name); found != declarations.end()) return {true, found->second};
    fail(with_nearest(diag::UnknownInModule{.name = std::string(name),
                                            .module = package_.modules[alias->module].name,
                                            .hint = advice(name, own_names(package_, alias->module))}
                          .at(place(word)),
                      name, own_names(package_, alias->module)));
    return {false, std::nullopt};
  }
  const NameMeaning meaning = find_name(package_, module, name);
  if (const auto* ambiguous = std::get_if<AmbiguousName>(&meaning)) {
    base::Diagnostic problem = diag::NameIsAmbiguous{.name = std::string(name)}.at(place(node));
    problem.labels.push_back({package_.declarations[ambiguous->first].name_span, "declared here"});
    problem.labels.push_back({package_.declarations[ambiguous->second].name_span, "and here"});
    fail(std::move(problem));
    return {false, std::nullopt};
  }
  const auto* id = std::get_if<DeclarationId>(&meaning);
  return {true, id != nullptr ? std::optional(*id) : std::nullopt};
}

/// The same without reporting, for looking ahead.
std::optional<DeclarationId> Checker::declaration_named(NodeId node) const {
  if (tree().kind(node) == NodeKind::Member) {
    const NodeId object = tree().child(node, 0);
    if (tree().kind(object) != NodeKind::Name) return std::nullopt;
    const Import* alias = find_alias(package_, scope_.module, tree().text(object));
    if (alias == nullptr) return std::nullopt;
    const auto& declarations = package_.modules[alias->module].declarations;
    const auto found = declarations.find(tree().text(tree().child(node, 1)));
    return found != declarations.end() ? std::optional(found->second) : std::nullopt;
  }
  if (tree().kind(node) != NodeKind::Name || find_binding(tree().text(node)) != nullptr) return std::nullopt;
  const NameMeaning meaning = find_name(package_, scope_.module, tree().text(node));
  const auto* id = std::get_if<DeclarationId>(&meaning);
  return id != nullptr ? std::optional(*id) : std::nullopt;
}

ExprId Checker::unknown_name(NodeId node) {
  const std::string_view name = tree().text(node);
  if (may_be_lost(package_, scope_.module, name)) return kErrorExpr;
  std::vector<std::string_view> known = visible_names(package_, scope_.module);
  for (const Binding& binding : scope_.bindings) known.push_back(binding.name);
  for (const value::ResourceInfo& info : value::resource_catalogue()) known.push_back(info.name);
  const std::string_view nearest = base::nearest(name, known);
  const std::string hint =
      nearest.empty() ? "text stands in quotes" : fmt::format("did you mean `{}`?", nearest);
  return fail(
      with_nearest(diag::UnknownName{.name = std::string(name), .hint = hint}.at(place(node)), name, known));
}

/// A variable or parameter may not hide anything that a reader could take it for.
bool Checker::check_new_name(NodeId node) {
  const std::string_view name = tree().text(node);
  const std::string_view meaning = builtin_meaning(name);
  if (!meaning.empty()) {
    fail(diag::HidesBuiltin{.name = std::string(name), .meaning = std::string(meaning)}.at(place(node)));
    return false;
  }
  if (find_binding(name) != nullptr) {
    fail(diag::HidesVariable{.name = std::string(name)}.at(place(node)));
    return false;
  }
  const NameMeaning declared = find_name(package_, scope_.module, name);
  if (const auto* id = std::get_if<DeclarationId>(&declared)) {
    base::Diagnostic problem = diag::HidesDeclaration{.name = std::string(name)}.at(place(node));
    problem.labels.push_back({package_.declarations[*id].name_span, "declared here"});
    fail(std::move(problem));
    return false;
  }
  return true;
}

// --- types that are written

grammar::NodeId Checker::declared_type_node(const Declaration& declaration) const {
  const grammar::SyntaxTree& tree = package_.tree(declaration.module);
  for (const NodeId child : tree.children(declaration.node)) {
    const NodeKind kind = tree.kind(child);
    if (kind == NodeKind::TypeName || kind == NodeKind::EnumType) return child;
  }
  return grammar::kNoNode;
}

Type Checker::declared_type(NodeId node) {
  if (tree().kind(node) == NodeKind::EnumType) return declared_enumeration(node);
  std::string name;
  NodeId word = node;
  while (word != grammar::kNoNode && tree().kind(word) == NodeKind::TypeName) {
    const NodeId element = tree().child(word, 1);
    name += std::string(tree().text(tree().child(word, 0))) + (element != grammar::kNoNode ? " of " : "");
    word = element;
  }
  const Type type = value::type_from_name(name);
  if (type.kind != TypeKind::None) return type;
  static const std::vector<std::string_view> known{
      "bool",        "int",         "text",      "name",   "path",        "version",          "duration",
      "date",        "port",        "principal", "rights", "address_set", "set of principal", "set of port",
      "set of text", "list of text"};
  if (const std::string meant = in_own_words(name); value::type_from_name(meant).kind != TypeKind::None) {
    base::Diagnostic problem =
        diag::UnknownType{.name = name, .hint = fmt::format("did you mean `{}`?", meant)}.at(place(node));
    problem.fixes.push_back({place(node), meant});
    fail(std::move(problem));
    return {};
  }
  fail(with_nearest(diag::UnknownType{.name = name, .hint = advice(name, known)}.at(place(node)), name,
                    known));
  return {};
}

Type Checker::declared_enumeration(NodeId node) {
  UserEnum enumeration;
  for (const NodeId word : tree().children(node)) {
    const std::string_view member = tree().text(word);
    if (std::find(enumeration.members.begin(), enumeration.members.end(), member) !=
        enumeration.members.end()) {
      fail(diag::DuplicateMember{.member = std::string(member)}.at(place(word)));
      return {};
    }
    enumeration.members.push_back(member);
  }
  // Two enumerations with the same members are one type.
  auto known = std::find_if(user_enums_.begin(), user_enums_.end(),
                            [&](const UserEnum& other) { return other.members == enumeration.members; });
  if (known == user_enums_.end()) {
    enumeration.name = "enum {" + joined(enumeration.members) + "}";
    known = user_enums_.insert(known, std::move(enumeration));
  }
  return value::enumeration_type(static_cast<std::uint16_t>(kFirstUserEnum + (known - user_enums_.begin())));
}

// --- members

ExprId Checker::member(NodeId node, const Expected* expected) {
  const auto [found, declaration] = find_declared(node);
  if (!found) return kErrorExpr;
  if (declaration) return declared(node, *declaration, expected);
  Expected object;
  object.object = true;
  const ExprId subject = value(tree().child(node, 0), object);
  if (subject == kErrorExpr) return kErrorExpr;
  const NodeId word = tree().child(node, 1);
  const std::string_view name = tree().text(word);
  const Expr& e = at(subject);
  ExprId result = kErrorExpr;
  if (e.kind == ExprKind::Fact && !expressions_.source_of(e).attribute_written) {
    result = attribute(node, subject, name);
  } else if (e.type.kind == TypeKind::Record) {
    result = field(node, subject, name);
  } else {
    fail(diag::NoMembers{.type = type_text(e.type), .member = std::string(name)}.at(place(word)));
  }
  return expected != nullptr ? result : holds(result, node);
}

ExprId Checker::field(NodeId node, ExprId record, std::string_view name) {
  const NodeId word = tree().child(node, 1);
  const value::RecordInfo& info = value::records()[at(record).type.detail];
  for (const value::FieldInfo& candidate : info.fields) {
    if (candidate.name != name) continue;
    const ExprId field = expressions_.field(record, std::string(name), candidate.type, origin(node));
    if (candidate.total) expressions_.set_total(field);
    return field;
  }
  if (info.open) return iis_field(node, record, name);
  std::vector<std::string_view> known;
  for (const value::FieldInfo& candidate : info.fields) known.push_back(candidate.name);
  return fail(with_nearest(
      diag::UnknownAttribute{
          .name = std::string(name), .object = std::string(info.name), .hint = advice(name, known)}
          .at(place(word)),
      name, known));
}

}  // namespace polc::compiler
