// Calls: helpers, functions, and states with an input.
#include <algorithm>

#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/registry_data.hpp"
#include "compiler/types/scoped.hpp"
#include "compiler/types/type_rules.hpp"
#include "runtime/base/diagnostics/semantics.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using value::Type;
using value::TypeKind;
using value::Value;

ExprId Checker::call(NodeId node, const Expected* expected) {
  const NodeId callee = tree().child(node, 0);
  const NodeKind kind = tree().kind(callee);
  if (kind != NodeKind::Name && kind != NodeKind::Member) return fail(diag::NotCallable{}.at(place(callee)));
  const std::string_view name = tree().text(callee);
  const bool is_bound = kind == NodeKind::Name && find_binding(name) != nullptr;
  const auto [found, declaration] =
      is_bound ? std::pair(true, std::optional<DeclarationId>()) : find_declared(callee);
  if (!found) return kErrorExpr;
  if (declaration) return call_def(node, *declaration, expected);
  if (kind == NodeKind::Member) {
    const ExprId option = call_member(node);
    return expected != nullptr ? option : holds(option, node);
  }
  if (const value::ResourceInfo* info = is_bound ? nullptr : value::find_resource(name)) {
    const ExprId fact = resource(node, *info);
    return expected != nullptr ? fact : holds(fact, node);
  }
  if (is_bound) return fail(diag::NotCallable{}.at(place(callee)));
  return call_function(node, name, expected);
}

ExprId Checker::call_def(NodeId node, DeclarationId id, const Expected* expected) {
  const Declaration& declaration = package_.declarations[id];
  used_[id] = true;
  if (declaration.kind != DeclarationKind::Def)
    return fail(diag::NotCallable{}.at(place(tree().child(node, 0))));
  const grammar::SyntaxTree& target = package_.tree(declaration.module);
  const NodeId parameters = target.child_of_kind(declaration.node, NodeKind::Parameters);
  const std::size_t wanted = target.child_count(parameters);
  if (tree().child_count(node) - 1 != wanted) {
    base::Diagnostic problem = diag::WrongArgumentCount{.name = std::string(declaration.name),
                                                        .wanted = std::to_string(wanted),
                                                        .found = std::to_string(tree().child_count(node) - 1)}
                                   .at(place(node));
    problem.labels.push_back({declaration.name_span, "declared here"});
    return fail(std::move(problem));
  }
  std::vector<Binding> bindings;
  std::size_t position = 1;
  for (const NodeId parameter : target.children(parameters)) {
    if (!bind_parameter(tree().child(node, position++), declaration, parameter, bindings)) return kErrorExpr;
  }
  return expand(node, id, std::move(bindings), expected);
}

/// Checks an argument against the type of the parameter, which is written in the helper's own module.
bool Checker::bind_parameter(NodeId argument, const Declaration& declaration, NodeId parameter,
                             std::vector<Binding>& bindings) {
  const grammar::SyntaxTree& target = package_.tree(declaration.module);
  const NodeId name = target.child(parameter, 0);
  Type type;
  {
    const Scoped scope(scope_, Scope{&target, declaration.module, bindings, {}, 0});
    if (!check_new_name(name)) return false;
    type = declared_type(target.child(parameter, 1));
  }
  if (type.kind == TypeKind::None) return false;
  if (tree().kind(argument) == NodeKind::NamedArgument) {
    const NodeId written = tree().child(argument, 0);
    if (tree().text(written) != target.text(name)) {
      fail(diag::UnknownArgument{.name = text(written),
                                 .callee = std::string(declaration.name),
                                 .hint = advice(target.text(name), {target.text(name)})}
               .at(place(written)));
      return false;
    }
    argument = tree().child(argument, 1);
  }
  const bool as_condition = type.kind == TypeKind::Bool && reads_as_condition(argument);
  const ExprId bound = as_condition ? condition(argument) : value(argument, Expected::of(type));
  if (bound != kErrorExpr) bindings.push_back({target.text(name), bound, tree().text(argument)});
  return bound != kErrorExpr;
}

/// `gpo(...).option("label")`: the only member with arguments.
ExprId Checker::call_member(NodeId node) {
  const NodeId callee = tree().child(node, 0);
  Expected object;
  object.object = true;
  const ExprId subject = value(tree().child(callee, 0), object);
  if (subject == kErrorExpr) return kErrorExpr;
  const bool is_setting = at(subject).kind == ExprKind::Fact &&
                          expressions_.source_of(at(subject)).resource == value::ResourceKind::Gpo;
  if (!is_setting || tree().text(tree().child(callee, 1)) != "option")
    return fail(diag::NotCallable{}.at(place(callee)));
  return gpo_option(node, subject);
}

ExprId Checker::call_function(NodeId node, std::string_view name, const Expected* expected) {
  if (name == kHasBits) {
    if (expected != nullptr) return fail(diag::ConditionAsValue{}.at(place(node)));
    return has_bits(node);
  }
  const ExprId result = value_function(node, name, expected != nullptr ? *expected : Expected{});
  return expected != nullptr ? result : holds(result, node);
}

ExprId Checker::value_function(NodeId node, std::string_view name, const Expected& expected) {
  using value::RegistryType;
  if (name == "count") return count_function(node);
  if (name == "int") return text_function(node, ExprKind::IntOf, value::simple(TypeKind::Int), 1);
  if (name == "lower") return text_function(node, ExprKind::Lower, value::simple(TypeKind::Text), 1);
  if (name == "split") return text_function(node, ExprKind::Split, value::list_of(TypeKind::Text), 2);
  if (name == "dword") return registry_constructor(node, RegistryType::Dword);
  if (name == "qword") return registry_constructor(node, RegistryType::Qword);
  if (name == "sz") return registry_constructor(node, RegistryType::Sz);
  if (name == "expand_sz") return registry_constructor(node, RegistryType::ExpandSz);
  if (name == "multi_sz") return registry_constructor(node, RegistryType::MultiSz);
  if (name == "binary") return registry_constructor(node, RegistryType::Binary);
  if (name == "Enabled") return policy_state(node, expected);
  if (may_be_lost(package_, scope_.module, name)) return kErrorExpr;
  std::vector<std::string_view> known = visible_names(package_, scope_.module);
  for (const value::ResourceInfo& info : value::resource_catalogue()) known.push_back(info.name);
  known.insert(known.end(), {"count", "int", "lower", "split", "has_bits", "dword", "qword", "sz",
                             "expand_sz", "multi_sz", "binary", "Enabled"});
  return fail(with_nearest(
      diag::UnknownResource{.name = std::string(name), .suggestion = std::string(base::nearest(name, known))}
          .at(place(tree().child(node, 0))),
      name, known));
}

bool Checker::check_argument_count(NodeId node, std::size_t count) {
  const std::size_t found = tree().child_count(node) - 1;
  for (const NodeId child : tree().children(node)) {
    if (tree().kind(child) != NodeKind::NamedArgument) continue;
    fail(diag::NoNamedArguments{.name = text(tree().child(node, 0))}.at(place(child)));
    return false;
  }
  if (found == count) return true;
  fail(diag::WrongArgumentCount{
      .name = text(tree().child(node, 0)), .wanted = std::to_string(count), .found = std::to_string(found)}
           .at(place(node)));
  return false;
}

ExprId Checker::count_function(NodeId node) {
  if (!check_argument_count(node, 1)) return kErrorExpr;
  const NodeId argument = tree().child(node, 1);
  const ExprId collection = value(argument, {});
  if (collection == kErrorExpr) return kErrorExpr;
  const TypeKind kind = kind_of(collection);
  if (!is_collection(kind) && kind != TypeKind::Map)
    return fail(diag::NotACollection{.type = type_text(at(collection).type)}.at(place(argument)));
  return expressions_.add(expr(ExprKind::Count, value::simple(TypeKind::Int), node), {collection});
}

/// `int`, `lower` and `split` take texts; registry data counts as REG_SZ.
ExprId Checker::text_function(NodeId node, ExprKind kind, Type result, std::size_t argument_count) {
  if (!check_argument_count(node, argument_count)) return kErrorExpr;
  std::vector<ExprId> arguments;
  for (std::size_t i = 1; i <= argument_count; ++i) {
    const NodeId argument = tree().child(node, i);
    ExprId id = value(argument, {});
    if (id == kErrorExpr) return kErrorExpr;
    if (kind_of(id) == TypeKind::Registry) id = registry_view(argument, id, value::RegistryType::Sz);
    if (!is_textual(kind_of(id))) {
      return fail(diag::TypeMismatch{.expected = "text", .found = type_text(at(id).type), .advice = ""}.at(
          place(argument)));
    }
    arguments.push_back(id);
  }
  return expressions_.add(expr(kind, result, node), arguments);
}

/// `dword(1)` is data of that registry type; `dword(registry(...))` the content of a value that has it.
ExprId Checker::registry_constructor(NodeId node, value::RegistryType type) {
  if (!check_argument_count(node, 1)) return kErrorExpr;
  const NodeId argument = tree().child(node, 1);
  const ExprId content = value(argument, {});
  if (content == kErrorExpr) return kErrorExpr;
  if (kind_of(content) == TypeKind::Registry && !is_constant(content))
    return registry_view(node, content, type);
  const Value* constant = expressions_.constant_value(content);
  if (constant == nullptr) return fail(diag::NotConstant{}.at(place(argument)));
  const auto data = registry_data(*constant, type);
  if (data) return expressions_.constant(Value(*data), value::simple(TypeKind::Registry), origin(node));
  return fail(diag::BadRegistryData{.type = text(tree().child(node, 0)), .found = text(argument)}.at(
      place(argument)));
}

ExprId Checker::registry_view(NodeId node, ExprId fact, value::RegistryType type) {
  Type content = value::simple(TypeKind::Text);
  switch (type) {
    case value::RegistryType::Dword:
    case value::RegistryType::Qword:
      content = value::simple(TypeKind::Int);
      break;
    case value::RegistryType::MultiSz:
      content = value::list_of(TypeKind::Text);
      break;
    case value::RegistryType::Binary:
      return fail(diag::NoBinaryContent{}.at(place(node)));
    default:
      break;
  }
  Expr view = expr(ExprKind::RegistryAs, content, node);
  view.data = static_cast<std::uint32_t>(type);
  return expressions_.add(view, {fact});
}

ExprId Checker::has_bits(NodeId node) {
  if (!check_argument_count(node, 2)) return kErrorExpr;
  const ExprId number = value(tree().child(node, 1), {});
  const ExprId mask = value(tree().child(node, 2), Expected::of(value::simple(TypeKind::Int)));
  if (number == kErrorExpr || mask == kErrorExpr) return kErrorExpr;
  if (kind_of(number) != TypeKind::Int && kind_of(number) != TypeKind::Registry) {
    return fail(
        diag::NotANumber{.type = type_text(at(number).type), .advice = ""}.at(place(tree().child(node, 1))));
  }
  Expr compare = expr(ExprKind::Compare, value::simple(TypeKind::Bool), node);
  compare.comparison = ir::Comparison::HasBits;
  return expressions_.add(compare, {number, mask});
}

/// `Enabled("All drives")`, `Enabled(300)`: the one input of an enabled setting.
ExprId Checker::policy_state(NodeId node, const Expected& expected) {
  if (!check_argument_count(node, 1)) return kErrorExpr;
  const NodeId argument = tree().child(node, 1);
  const ExprId option = value(argument, {});
  if (option == kErrorExpr) return kErrorExpr;
  const Value* constant = expressions_.constant_value(option);
  if (constant == nullptr) return fail(diag::NotConstant{}.at(place(argument)));
  value::PolicyState state{value::PolicyState::State::Enabled, {}};
  const auto* label = constant->get<std::string>();
  const auto* number = constant->get<value::Number>();
  if (label == nullptr && number == nullptr)
    return fail(diag::BadOption{.type = type_text(at(option).type)}.at(place(argument)));
  state.option = label != nullptr ? *label : number->low.text();

  const Setting* setting = expected.setting;
  if (setting != nullptr && expected.type.kind == TypeKind::PolicyState) {
    if (setting->elements.size() != 1) {
      return fail(
          diag::OptionNeedsLabel{.setting = setting->path, .count = std::to_string(setting->elements.size())}
              .at(place(node)));
    }
    if (!check_element_value(argument, setting->elements.front(), option, setting->path)) return kErrorExpr;
  }
  return expressions_.constant(Value(std::move(state)), value::simple(TypeKind::PolicyState), origin(node));
}

bool Checker::check_element_value(NodeId node, const SettingElement& element, ExprId constant,
                                  const std::string& setting) {
  const Value& value = *expressions_.constant_value(constant);
  if (!element.options.empty()) {
    const auto* label = value.get<std::string>();
    return check_option(node, element, label != nullptr ? *label : text(node), setting);
  }
  const bool wants_number =
      element.type == value::RegistryType::Dword || element.type == value::RegistryType::Qword;
  const auto* number = value.get<value::Number>();
  if (wants_number != (number != nullptr)) {
    fail(diag::TypeMismatch{
        .expected = wants_number ? "int" : "text", .found = type_text(at(constant).type), .advice = ""}
             .at(place(node)));
    return false;
  }
  return number == nullptr || check_number_range(node, number->low, element.min, element.max, setting);
}

}  // namespace polc::compiler
