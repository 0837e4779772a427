#include "compiler/types/checker.hpp"

#include "compiler/resolve/words.hpp"
#include "compiler/types/scoped.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/limits.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using value::Type;
using value::TypeKind;

Checker::Checker(const Package& package, const SettingCatalogue& settings,
                 ParameterSettings parameter_settings, base::SourceManager& sources,
                 base::DiagnosticSink& sink)
    : package_(package),
      settings_(settings),
      parameter_settings_(std::move(parameter_settings)),
      sources_(sources),
      sink_(&sink) {
  used_.resize(package.declarations.size());
}

ExprId Checker::check_condition(ModuleId module, NodeId node) {
  scope_ = Scope{&package_.tree(module), module, {}, {}, 0};
  return condition(node);
}

ExprId Checker::check_condition_beside(ModuleId module, NodeId node, std::string title) {
  scope_ = Scope{&package_.tree(module), module, {}, {}, 0};
  scope_.expansion = expressions_.add_expansion({{}, place(node), std::move(title)});
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
  Expr all{
      .kind = ExprKind::And, .type = value::simple(TypeKind::Bool), .origin = at(conditions.back()).origin};
  return expressions_.add(all, conditions);
}

void Checker::check_unused_declarations() {
  for (DeclarationId id = 0; id < package_.declarations.size(); ++id) {
    const Declaration& declaration = package_.declarations[id];
    if (used_[id] || package_.modules[declaration.module].embedded) continue;
    begin();
    if (declaration.kind == DeclarationKind::Let) check_unused_let(id);
    if (declaration.kind == DeclarationKind::Def) check_unused_def(id);
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

/// The parameters of a `def` that nothing calls have types and no values: what needs a value to be checked is
/// left to the first call.
void Checker::check_unused_def(DeclarationId id) {
  const Declaration& declaration = package_.declarations[id];
  scope_ = Scope{&package_.tree(declaration.module), declaration.module, {}, {}, 0};
  std::vector<Binding> bindings;
  for (const NodeId parameter :
       tree().children(tree().child_of_kind(declaration.node, NodeKind::Parameters))) {
    const NodeId name = tree().child(parameter, 0);
    if (!check_new_name(name)) return;
    const Type type = declared_type(tree().child(parameter, 1));
    if (type.kind == TypeKind::None) return;
    Expr variable = expr(ExprKind::Variable, type, name);
    variable.data = expressions_.add_variable({.name = text(name), .type = type});
    bindings.push_back({tree().text(name), expressions_.add(variable)});
  }
  base::DiagnosticSink found;
  {
    const Scoped sink(sink_, &found);
    const Expected any_value;
    expand(tree().last_child(declaration.node), id, std::move(bindings), &any_value);
  }
  for (base::Diagnostic& diagnostic : found.sorted()) {
    if (diagnostic.code != diag::NotConstant::kCode) sink_->add(std::move(diagnostic));
  }
}

ExprId Checker::fail(base::Diagnostic diagnostic) {
  sink_->add(std::move(diagnostic));
  return kErrorExpr;
}

Expr Checker::expr(ExprKind kind, Type type, NodeId node) const {
  return Expr{.kind = kind, .type = type, .origin = origin(node)};
}

/// Bounds the depth of what is being checked, and the size of what helpers expand to. One report is enough:
/// what follows is its echo.
bool Checker::enter(NodeId node) {
  if (exhausted_) return false;
  if (depth_ >= limits::kExpressionDepth) return exhaust(node, true);
  return expressions_.size() + shared_size_ < limits::kExpressionNodes || exhaust(node, false);
}

/// Helpers hand expressions on, which can grow deep without nesting in the text.
ExprId Checker::leave(ExprId id, NodeId node) {
  if (at(id).depth <= limits::kExpressionDepth) return id;
  if (!exhausted_) exhaust(node, true);
  return kErrorExpr;
}

bool Checker::exhaust(NodeId node, bool depth) {
  exhausted_ = true;
  if (depth) {
    fail(diag::ExpressionTooDeep{.limit = std::to_string(limits::kExpressionDepth)}.at(place(node)));
  } else {
    fail(diag::ExpressionTooLarge{.limit = std::to_string(limits::kExpressionNodes)}.at(place(node)));
  }
  return false;
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
