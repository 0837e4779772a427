// Arguments of resources: positions and names, normal forms, and the rule that the plan is static.
#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using value::ResourceKind;
using value::Type;
using value::TypeKind;
using value::Value;

/// One expression for each parameter; an omitted optional one is a constant without a value.
bool Checker::arguments(NodeId node, const value::ResourceInfo& info, std::vector<ExprId>& found) {
  const std::size_t count = info.parameters.size();
  std::vector<NodeId> written(count, grammar::kNoNode);
  std::size_t position = 0;
  bool correct = true;
  bool first = true;
  if (tree().kind(node) == NodeKind::Call) {
    for (const NodeId child : tree().children(node)) {
      if (std::exchange(first, false)) continue;  // the callee
      const std::size_t parameter = parameter_of(child, info, position);
      if (parameter >= count) {
        correct = false;
        continue;
      }
      const bool named = tree().kind(child) == NodeKind::NamedArgument;
      if (written[parameter] != grammar::kNoNode) {
        fail(diag::ArgumentTwice{.name = std::string(info.parameters[parameter].name)}.at(place(child)));
        correct = false;
      }
      written[parameter] = named ? tree().child(child, 1) : child;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    found.push_back(kErrorExpr);
    if (written[i] == grammar::kNoNode) {
      found[i] = expressions_.constant(Value(), {}, origin(node));
      if (!info.parameters[i].required) continue;
      fail(diag::ArgumentMissing{.name = std::string(info.parameters[i].name),
                                 .object = std::string(info.name),
                                 .doc = std::string(info.parameters[i].doc),
                                 .example = std::string(info.example)}
               .at(place(node)));
      correct = false;
      continue;
    }
    found[i] = argument_value(written[i], info, i);
    correct = correct && found[i] != kErrorExpr && check_argument(written[i], info, i, found[i]);
  }
  return correct && check_together(node, info, found);
}

/// Index of the parameter that an argument is for; the number of parameters after an error.
std::size_t Checker::parameter_of(NodeId argument, const value::ResourceInfo& info, std::size_t& position) {
  const std::size_t count = info.parameters.size();
  if (tree().kind(argument) != NodeKind::NamedArgument) {
    const std::size_t index = position++;
    if (index < count) return index;
    if (index == count) {
      fail(diag::TooManyArguments{.object = std::string(info.name),
                                  .count = std::to_string(count),
                                  .example = std::string(info.example)}
               .at(place(argument)));
    }
    return count;
  }
  const NodeId word = tree().child(argument, 0);
  const std::string_view name = tree().text(word);
  std::vector<std::string_view> known;
  for (const value::ParameterInfo& parameter : info.parameters) known.push_back(parameter.name);
  const auto found = std::find(known.begin(), known.end(), name);
  if (found == known.end()) {
    fail(with_nearest(
        diag::UnknownArgument{
            .name = std::string(name), .callee = std::string(info.name), .hint = advice(name, known)}
            .at(place(word)),
        name, known));
  }
  return static_cast<std::size_t>(found - known.begin());
}

ExprId Checker::argument_value(NodeId node, const value::ResourceInfo& info, std::size_t parameter) {
  const Type type = info.parameters[parameter].type;
  // user_right(SeTcbPrivilege): the only names that stand without quotes.
  const NodeId inner = tree().unparen(node);
  if (info.kind == ResourceKind::UserRight && tree().kind(inner) == NodeKind::Name &&
      find_binding(tree().text(inner)) == nullptr && !declaration_named(inner))
    return expressions_.constant(Value(text(inner)), type, origin(inner));
  return value(node, Expected::of(type));
}

/// The argument must be known before facts are read, and have a normal form.
bool Checker::check_argument(NodeId node, const value::ResourceInfo& info, std::size_t parameter,
                             ExprId& argument) {
  const auto rounds = rounds_of(argument);
  if (!rounds) {
    fail(diag::ArgumentNotStatic{}.at(place(node)));
    return false;
  }
  if (*rounds > 1) {
    fail(diag::ArgumentTooLate{}.at(place(node)));
    return false;
  }
  if (const Value* constant = expressions_.constant_value(argument)) {
    Value canonical = *constant;
    if (!canonical_argument(node, info.kind, parameter, canonical)) return false;
    argument = expressions_.constant(std::move(canonical), at(argument).type, at(argument).origin);
    return true;
  }
  return at(argument).kind != ExprKind::Variable || canonical_elements(node, info, parameter, argument);
}

/// Rounds of collecting before a value is known; nullopt for what no plan can list: the value of a fact.
std::optional<std::uint32_t> Checker::rounds_of(ExprId id) const {
  const Expr& e = at(id);
  switch (e.kind) {
    case ExprKind::Constant:
      return 0;
    case ExprKind::Variable:
      return expressions_.variable(e.data).rounds;
    case ExprKind::Field:
      switch (e.type.kind) {
        case TypeKind::Name:
        case TypeKind::Path:
        case TypeKind::Port:
        case TypeKind::Principal:
          break;
        default:
          return std::nullopt;
      }
      break;
    case ExprKind::MakePort:
    case ExprKind::Add:
    case ExprKind::Subtract:
    case ExprKind::Multiply:
    case ExprKind::Negate:
      break;
    default:
      return std::nullopt;
  }
  std::uint32_t rounds = 0;
  for (const ExprId operand : expressions_.operands(id)) {
    const auto of_operand = rounds_of(operand);
    if (!of_operand) return std::nullopt;
    rounds = std::max(rounds, *of_operand);
  }
  return rounds;
}

/// Rounds before the elements of a collection are known.
std::uint32_t Checker::rounds_of_elements(ExprId collection) const {
  const Expr& e = at(collection);
  std::uint32_t rounds = e.kind == ExprKind::Variable ? expressions_.variable(e.data).rounds : 0;
  for (const ExprId operand : expressions_.operands(collection))
    rounds = std::max(rounds, rounds_of_elements(operand));
  return e.kind == ExprKind::Fact ? rounds + 1 : rounds;
}

bool Checker::is_omitted(ExprId argument) const {
  const Value* constant = expressions_.constant_value(argument);
  return constant != nullptr && constant->empty();
}

/// Rules over several arguments.
bool Checker::check_together(NodeId node, const value::ResourceInfo& info, const std::vector<ExprId>& found) {
  const auto given = [&](std::string_view name) {
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (info.parameters[i].name == name) return !is_omitted(found[i]);
    }
    return false;
  };
  switch (info.kind) {
    case ResourceKind::Registry:
    case ResourceKind::RegistryKey: {
      const Value* key = expressions_.constant_value(found[0]);
      const bool per_user = key != nullptr && value::is_per_user_key(*key->get<std::string>());
      if (per_user && !given("user")) {
        fail(diag::UserNeeded{.what = "a key below HKCU"}.at(place(node)));
        return false;
      }
      if (key != nullptr && !per_user && given("user")) {
        fail(diag::UserNotAllowed{.what = "a key outside HKCU"}.at(place(node)));
        return false;
      }
      return true;
    }
    case ResourceKind::Account:
      if (given("name") != given("rid")) return true;
      fail(diag::AccountByNameOrRid{}.at(place(node)));
      return false;
    default:
      return true;
  }
}

}  // namespace polc::compiler
