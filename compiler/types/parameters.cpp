// Parameters: defaults, overrides, domains.
#include <algorithm>

#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/scoped.hpp"
#include "compiler/types/type_rules.hpp"
#include "grammar/literals.hpp"
#include "grammar/parse.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/operations.hpp"
#include "runtime/value/spelling.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

constexpr std::string_view kDefaultOrigin = "default";

/// Types whose values may be given without quotes on a command line.
bool is_plain_text(Type type) {
  return is_textual(type.kind) || type.kind == TypeKind::Principal || type.kind == TypeKind::AddressSet;
}

bool is_quoted(std::string_view text) {
  return !text.empty() && (text.front() == '"' || text.front() == '\'');
}

}  // namespace

/// The value of a parameter, evaluated on first use; nullptr after an error.
const ParameterValue* Checker::parameter(DeclarationId id) {
  ParameterSlot& slot = parameter_slots_[id];
  if (slot.progress == Progress::Running) {
    const Declaration& declaration = package_.declarations[id];
    fail(diag::Recursion{.chain = std::string(declaration.name) + " -> " + std::string(declaration.name)}.at(
        declaration.name_span));
    return nullptr;
  }
  if (slot.progress == Progress::NotYet) {
    slot.progress = Progress::Running;
    const Declaration& declaration = package_.declarations[id];
    const Scoped scope(scope_, Scope{&package_.tree(declaration.module), declaration.module, {}, {}, 0});
    const Scoped depth(depth_, std::uint32_t{0});
    slot.value = evaluate_parameter(id);
    slot.progress = Progress::Done;
  }
  return slot.value ? &*slot.value : nullptr;
}

std::optional<ParameterValue> Checker::evaluate_parameter(DeclarationId id) {
  const Declaration& declaration = package_.declarations[id];
  const NodeId node = declaration.node;
  ParameterValue parameter;
  parameter.declaration = id;
  parameter.type = declared_type(declared_type_node(declaration));
  if (parameter.type.kind == TypeKind::None) return std::nullopt;
  for (const NodeId child : tree().children(node)) {
    if (grammar::is_string(tree().kind(child))) parameter.doc = grammar::decode_string(tree(), child);
  }
  const NodeId direction = tree().child_of_kind(node, NodeKind::Direction);
  if (direction != grammar::kNoNode && !check_direction(direction, parameter.type)) return std::nullopt;
  const NodeId domain = tree().child_of_kind(node, NodeKind::Domain);
  if (domain != grammar::kNoNode && !read_domain(domain, parameter)) return std::nullopt;

  const NodeId fallback = tree().child_of_kind(node, NodeKind::Default);
  bool correct = fallback == grammar::kNoNode || read_default(tree().child(fallback, 0), parameter);
  correct = read_assignments(parameter_settings_.profiles, parameter) && correct;
  if (!parameter_settings_.compare || parameter.sources.empty())
    correct = read_overrides(declaration, parameter) && correct;
  if (parameter.sources.empty())
    correct = read_assignments(parameter_settings_.otherwise, parameter) && correct;
  if (!correct) return std::nullopt;
  if (!parameter.sources.empty()) return parameter;
  fail(diag::ParameterNeedsValue{.name = std::string(declaration.name)}.at(declaration.name_span));
  return std::nullopt;
}

bool Checker::check_direction(NodeId node, Type type) {
  const NodeId word = tree().child(node, 0);
  const std::string_view direction = tree().text(word);
  static const std::vector<std::string_view> known{"up", "down"};
  if (direction != "up" && direction != "down") {
    fail(with_nearest(diag::UnknownMember{.word = std::string(direction),
                                          .type = "the direction of a parameter",
                                          .hint = advice(direction, known)}
                          .at(place(word)),
                      direction, known));
    return false;
  }
  const bool is_set = type.kind == TypeKind::Set || type.kind == TypeKind::AddressSet;
  if (is_ordered(type.kind) || is_set) return true;
  fail(diag::NoDirection{.type = type_text(type)}.at(place(node)));
  return false;
}

/// `in 1..249` bounds what has an order, `in {a, b}` lists the values.
bool Checker::read_domain(NodeId node, ParameterValue& parameter) {
  const NodeId written = tree().child(node, 0);
  parameter.domain = text(written);
  Expected expected = Expected::of(value::set_of(parameter.type.kind, parameter.type.detail));
  expected.ends = parameter.type;
  const ExprId id = value(written, expected);
  if (id == kErrorExpr) return false;
  if (at(id).kind == ExprKind::Range) {
    const Value* low = expressions_.constant_value(expressions_.operand(id, 0));
    const Value* high = expressions_.constant_value(expressions_.operand(id, 1));
    if (low == nullptr || high == nullptr) {
      fail(diag::NotConstant{}.at(place(written)));
      return false;
    }
    if (value::compare(value::Relation::Greater, *low, *high, parameter.type).is_true()) {
      fail(diag::EmptyDomain{.domain = parameter.domain}.at(place(written)));
      return false;
    }
    parameter.range = std::pair(*low, *high);
    return true;
  }
  const Value* set = expressions_.constant_value(id);
  if (set == nullptr || set->get<value::SetValue>() == nullptr) {
    fail(diag::NotConstant{}.at(place(written)));
    return false;
  }
  parameter.choices = set->get<value::SetValue>()->low;
  return true;
}

bool Checker::read_default(NodeId node, ParameterValue& parameter) {
  const ExprId id = value(node, Expected::of(parameter.type));
  if (id == kErrorExpr) return false;
  const Value* constant = expressions_.constant_value(id);
  if (constant == nullptr) {
    fail(diag::NotConstant{}.at(place(node)));
    return false;
  }
  parameter.sources.push_back({*constant, std::string(kDefaultOrigin), place(node)});
  if (in_domain(parameter, *constant)) return true;
  fail(diag::DefaultOutOfDomain{.value = text(node), .domain = parameter.domain}.at(place(node)));
  return false;
}

bool Checker::in_domain(const ParameterValue& parameter, const Value& value) const {
  if (parameter.range)
    return value::is_between(value, parameter.range->first, parameter.range->second, parameter.type)
        .is_true();
  if (parameter.domain.empty()) return true;
  const auto equal = [&](const Value& choice) {
    return value::compare(value::Relation::Equal, value, choice, parameter.type).is_true();
  };
  return std::any_of(parameter.choices.begin(), parameter.choices.end(), equal);
}

/// All of them are read, also those that another one replaces: none may be out of its domain unseen.
bool Checker::read_overrides(const Declaration& declaration, ParameterValue& parameter) {
  bool correct = true;
  for (const Override& override : parameter_settings_.overrides) {
    if (override.name == declaration.name)
      correct = read_override(override, declaration, parameter) && correct;
  }
  return correct;
}

bool Checker::read_assignments(const std::vector<ProfileId>& profiles, ParameterValue& parameter) {
  bool correct = true;
  for (const ProfileId id : profiles) {
    const ProfileDeclaration& profile = package_.profiles[id];
    for (const Assignment& assignment : profile.assignments) {
      if (assignment.parameter != parameter.declaration) continue;
      std::optional<Value> value = assigned_value(profile, assignment, parameter);
      correct = correct && value.has_value();
      if (!value) continue;
      const base::Span span = package_.tree(profile.module).span(assignment.node);
      parameter.sources.push_back({std::move(*value), "profile " + profile.name, span});
    }
  }
  return correct;
}

std::optional<Value> Checker::assigned_value(const ProfileDeclaration& profile, const Assignment& assignment,
                                             const ParameterValue& parameter) {
  const Scoped scope(scope_, Scope{&package_.tree(profile.module), profile.module, {}, {}, 0});
  const NodeId written = tree().child(tree().child_of_kind(assignment.node, NodeKind::Default), 0);
  const ExprId id = value(written, Expected::of(parameter.type));
  if (id == kErrorExpr) return std::nullopt;
  const Value* constant = expressions_.constant_value(id);
  if (constant == nullptr) {
    fail(diag::NotConstant{}.at(place(written)));
    return std::nullopt;
  }
  if (in_domain(parameter, *constant)) return *constant;
  const Declaration& declaration = package_.declarations[assignment.parameter];
  base::Diagnostic outside = diag::ProfileValueOutOfDomain{.profile = profile.name,
                                                           .name = std::string(declaration.name),
                                                           .value = text(written),
                                                           .domain = parameter.domain}
                                 .at(place(written));
  outside.labels.push_back({declaration.name_span, "the parameter is declared here"});
  fail(std::move(outside));
  return std::nullopt;
}

std::optional<Value> Checker::check_assignment(const ProfileDeclaration& profile,
                                               const Assignment& assignment) {
  begin();
  const ParameterValue* parameter = this->parameter(assignment.parameter);
  return parameter != nullptr ? assigned_value(profile, assignment, *parameter) : std::nullopt;
}

/// An override is one expression in policy syntax; plain text may stand without quotes.
bool Checker::read_override(const Override& override, const Declaration& declaration,
                            ParameterValue& parameter) {
  const auto report = [&](std::string problem) {
    base::Diagnostic bad = diag::BadOverride{.name = override.name,
                                             .value = override.value,
                                             .origin = override.origin,
                                             .problem = std::move(problem)}
                               .at();
    bad.labels.push_back({declaration.name_span, "the parameter is declared here"});
    fail(std::move(bad));
    return false;
  };
  const auto constant = override_value(override, parameter.type);
  if (!constant) return report(constant.error());
  parameter.sources.push_back({*constant, override.origin, {}});
  if (in_domain(parameter, *constant)) return true;
  return report("it is outside " + parameter.domain);
}

tl::expected<Value, std::string> Checker::override_value(const Override& override, Type type) {
  const bool plain = is_plain_text(type) && !is_quoted(override.value) && override.value.substr(0, 1) != "{";
  const std::string source =
      plain ? "let value = " + value::quoted(override.value) : "let value = " + override.value;
  base::DiagnosticSink problems;
  const base::FileId file = sources_.add(override.origin, source);
  const grammar::SyntaxTree tree = grammar::parse(sources_, file, problems);
  const NodeId let = tree.child(tree.root(), 0);
  if (!problems.has_errors() && (tree.child_count(tree.root()) != 1 || tree.kind(let) != NodeKind::Let))
    return tl::unexpected(std::string("it is not one value"));
  if (!problems.has_errors()) {
    const Scoped sink(sink_, &problems);
    const Scoped scope(scope_, Scope{&tree, kNoModule, {}, {}, 0});
    const ExprId id = value(tree.last_child(let), Expected::of(type));
    const Value* constant = id != kErrorExpr ? expressions_.constant_value(id) : nullptr;
    if (constant != nullptr) return *constant;
    if (id != kErrorExpr) return tl::unexpected(std::string("it is not known before facts are read"));
  }
  const auto sorted = problems.sorted();
  return tl::unexpected(sorted.empty() ? std::string("it is not a value") : base::message_of(sorted.front()));
}

void Checker::check_overrides() {
  std::vector<std::string_view> known;
  for (const Declaration& declaration : package_.declarations) {
    if (declaration.kind == DeclarationKind::Param) known.push_back(declaration.name);
  }
  for (const Override& override : parameter_settings_.overrides) {
    if (std::find(known.begin(), known.end(), override.name) != known.end()) continue;
    fail(diag::UnknownParameter{
        .name = override.name, .origin = override.origin, .hint = advice(override.name, known)}
             .at());
  }
}

std::vector<ParameterValue> Checker::parameters() {
  std::vector<ParameterValue> all;
  for (DeclarationId id = 0; id < package_.declarations.size(); ++id) {
    if (package_.declarations[id].kind != DeclarationKind::Param) continue;
    if (const ParameterValue* value = parameter(id)) all.push_back(*value);
  }
  return all;
}

}  // namespace polc::compiler
