#include "compiler/types/checker.hpp"

#include "compiler/resolve/words.hpp"
#include "compiler/types/scoped.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/limits.hpp"

namespace polc::compiler {

using value::Type;
using value::TypeKind;

Checker::Checker(const Package& package, const SettingCatalogue& settings,
                 const std::vector<Override>& overrides, base::SourceManager& sources,
                 base::DiagnosticSink& sink)
    : package_(package), settings_(settings), overrides_(overrides), sources_(sources), sink_(&sink) {
  used_.resize(package.declarations.size());
}

ExprId Checker::check_condition(ModuleId module, NodeId node) {
  scope_ = Scope{&package_.tree(module), module, {}, {}, 0};
  return condition(node);
}

ExprId Checker::check_value(ModuleId module, NodeId node, const Expected& expected) {
  scope_ = Scope{&package_.tree(module), module, {}, {}, 0};
  return value(node, expected);
}

std::optional<TypedValue> Checker::check_constant(ModuleId module, NodeId node, const Expected& expected) {
  const ExprId id = check_value(module, node, expected);
  if (id == kErrorExpr) return std::nullopt;
  const value::Value* constant = expressions_.constant_value(id);
  if (constant != nullptr) return TypedValue{at(id).type, *constant};
  fail(diag::NotConstant{}.at(place(node)));
  return std::nullopt;
}

ExprId Checker::conjunction(const std::vector<ExprId>& conditions) {
  if (conditions.size() == 1) return conditions.front();
  Expr all{.kind = ExprKind::And, .type = value::simple(TypeKind::Bool), .span = at(conditions.back()).span};
  return expressions_.add(all, conditions);
}

void Checker::check_unused_declarations() {
  for (DeclarationId id = 0; id < package_.declarations.size(); ++id) {
    const Declaration& declaration = package_.declarations[id];
    if (used_[id] || package_.modules[declaration.module].embedded) continue;
    begin();
    if (declaration.kind == DeclarationKind::Let) check_unused_let(id);
  }
}

/// Literals of a `let` that nothing uses have no type to be checked against unless it declares one.
void Checker::check_unused_let(DeclarationId id) {
  const Declaration& declaration = package_.declarations[id];
  scope_ = Scope{&package_.tree(declaration.module), declaration.module, {}, {}, 0};
  const NodeId body = tree().last_child(declaration.node);
  const bool untyped = declared_type_node(declaration) == grammar::kNoNode;
  const Expected any_value;
  if (!untyped || reads_as_condition(body) || !flexible(body)) expand(body, id, {}, &any_value);
}

ExprId Checker::fail(base::Diagnostic diagnostic) {
  sink_->add(std::move(diagnostic));
  return kErrorExpr;
}

Expr Checker::expr(ExprKind kind, Type type, NodeId node) const {
  return Expr{.kind = kind, .type = type, .span = shown(node)};
}

/// Bounds the depth of one expression, and its size, which repeated helpers can multiply.
bool Checker::enter(NodeId node) {
  if (depth_ >= limits::kExpressionDepth) {
    fail(diag::ExpressionTooDeep{.limit = std::to_string(limits::kExpressionDepth)}.at(place(node)));
    return false;
  }
  if (expressions_.size() >= limits::kExpressionNodes) {
    fail(diag::ExpressionTooLarge{.limit = std::to_string(limits::kExpressionNodes)}.at(place(node)));
    return false;
  }
  return true;
}

std::vector<std::string_view> Checker::members_of(Type enumeration) const {
  if (enumeration.detail >= kFirstUserEnum) return user_enums_[enumeration.detail - kFirstUserEnum].members;
  return value::enumerations()[enumeration.detail].members;
}

std::string Checker::type_text(Type type) const {
  const bool has_user_enum =
      type.detail >= kFirstUserEnum && (type.kind == TypeKind::Enum || type.element == TypeKind::Enum);
  if (!has_user_enum) return value::type_name(type);
  const std::string name = user_enums_[type.detail - kFirstUserEnum].name;
  if (type.kind == TypeKind::Set) return "set of " + name;
  return type.kind == TypeKind::List ? "list of " + name : name;
}

}  // namespace polc::compiler
