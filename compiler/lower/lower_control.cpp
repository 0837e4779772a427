#include "compiler/lower/lower_control.hpp"

#include <algorithm>

#include "compiler/lower/references.hpp"
#include "compiler/lower/tailoring.hpp"
#include "compiler/resolve/words.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using value::TypeKind;

ControlLowering::ControlLowering(const Package& package, Checker& checker, const base::SourceManager& sources,
                                 base::DiagnosticSink& sink, ProgramBuilder& builder)
    : package_(package), checker_(checker), sources_(sources), sink_(sink), builder_(builder) {}

void ControlLowering::lower(const ControlDeclaration& declaration) {
  module_ = declaration.module;
  group_ = declaration.group;
  seen_.clear();
  labels_.clear();
  const NodeId node = declaration.node;
  const NodeId title = tree().child(node, 1);
  ir::Control control;
  control.id = builder_.text(declaration.id);
  control.title = string_text(title);
  control.description = builder_.text(tree().doc_comment(node));
  control.range = builder_.range(span(node));
  control.header = builder_.range({tree().file(), span(node).begin, span(title).end});
  if (group_ != grammar::kNoNode) control.group = group_entry().index;

  bool broken = false;
  bool demands = false;
  NodeId when = grammar::kNoNode;
  for (const NodeId child : tree().children(node)) {
    const NodeKind kind = tree().kind(child);
    broken = broken || kind == NodeKind::Error;
    demands = demands || kind == NodeKind::Require || kind == NodeKind::Manual;
    if (kind == NodeKind::When && !is_repeated(child)) when = child;
  }
  checker_.begin();
  ConditionLowering conditions(builder_, checker_.expressions(), sources_, sink_);
  guard(when, control, conditions);
  for (const NodeId child : tree().children(node)) clause(child, control, conditions);
  if (!demands && !broken)
    sink_.add(diag::ControlDemandsNothing{.id = declaration.id}.at(span(tree().child(node, 0))));
  builder_.program().controls.push_back(std::move(control));
}

void ControlLowering::clause(NodeId node, ir::Control& control, ConditionLowering& conditions) {
  switch (tree().kind(node)) {
    case NodeKind::Severity:
      return severity(node, control);
    case NodeKind::Tags:
      return tags(node, control);
    case NodeKind::Refs:
      return references(node, control);
    case NodeKind::Because:
      if (!is_repeated(node)) control.because = string_text(tree().child(node, 0));
      return;
    case NodeKind::Fix:
      if (!is_repeated(node)) control.fix = string_text(tree().child(node, 0));
      return;
    case NodeKind::Require:
      return require(node, control, conditions);
    case NodeKind::Manual:
      return manual(node, control);
    case NodeKind::Formerly:
      for (const NodeId former : tree().children(node)) control.formerly.push_back(string_text(former));
      return;
    default:
      return;
  }
}

/// Clauses that stand at most once.
bool ControlLowering::is_repeated(NodeId node) {
  const auto [first, is_new] = seen_.try_emplace(static_cast<std::uint8_t>(tree().kind(node)), node);
  if (is_new) return false;
  const std::string_view source = tree().text(node);
  const std::string word(source.substr(0, source.find_first_of(" \t\r\n\"'")));
  base::Diagnostic twice = diag::ClauseTwice{.clause = word}.at(span(node));
  twice.labels.push_back({span(first->second), "first written here"});
  sink_.add(std::move(twice));
  return true;
}

std::string ControlLowering::string(NodeId node) const {
  return grammar::decode_string(tree(), node);
}

void ControlLowering::severity(NodeId node, ir::Control& control) {
  if (is_repeated(node)) return;
  const NodeId word = tree().child(node, 0);
  const auto severity = read_severity(tree().text(word), span(word), sink_);
  if (severity) control.severity = *severity;
}

void ControlLowering::tags(NodeId node, ir::Control& control) {
  for (const NodeId child : tree().children(node)) {
    const auto tag = checker_.check_constant(module_, child, Expected::of(value::simple(TypeKind::Text)));
    if (tag) control.tags.push_back(builder_.text(*tag->value.get<std::string>()));
  }
}

void ControlLowering::references(NodeId node, ir::Control& control) {
  for (const NodeId child : tree().children(node)) {
    if (tree().kind(child) == NodeKind::Error) continue;
    const NodeId callee = tree().child(child, 0);
    const bool is_call = tree().kind(child) == NodeKind::Call && tree().child_count(child) == 2;
    const ReferenceForm* form = is_call ? find_reference_form(tree().text(callee)) : nullptr;
    if (form == nullptr) {
      std::vector<std::string_view> known;
      for (const ReferenceForm& each : reference_forms()) known.push_back(each.constructor);
      const std::string_view written = tree().text(is_call ? callee : child);
      sink_.add(with_nearest(
          diag::UnknownReference{.hint = advice(written, known)}.at(span(is_call ? callee : child)), written,
          known));
      continue;
    }
    const NodeId argument = tree().child(child, 1);
    const auto text = checker_.check_constant(module_, argument, Expected::of(value::simple(TypeKind::Text)));
    if (!text) continue;
    const std::string& id = *text->value.get<std::string>();
    if (is_reference(form->kind, id)) {
      control.references.push_back({form->kind, builder_.text(id)});
    } else {
      sink_.add(diag::BadReference{
          .text = id, .catalogue = std::string(form->constructor), .example = std::string(form->example)}
                    .at(span(argument)));
    }
  }
}

void ControlLowering::manual(NodeId node, ir::Control& control) {
  if (is_repeated(node)) return;
  ir::Manual manual;
  manual.instruction = string_text(tree().child(node, 0));
  manual.range = builder_.range(span(node));
  const NodeId attested = tree().child_of_kind(node, NodeKind::Attested);
  manual.key = attested != grammar::kNoNode ? string_text(tree().child(attested, 0)) : control.id;
  if (const NodeId within = tree().child_of_kind(node, NodeKind::Within); within != grammar::kNoNode) {
    const auto age = checker_.check_constant(module_, tree().child(within, 0),
                                             Expected::of(value::simple(TypeKind::Duration)));
    if (age) manual.within = age->value.get<value::Duration>()->seconds.low.as_unsigned();
  }
  control.manual = manual;
}

/// The group's `when` and the control's own are conjoined.
void ControlLowering::guard(NodeId own, ir::Control& control, ConditionLowering& conditions) {
  std::vector<NodeId> whens = group_guards();
  if (own != grammar::kNoNode) whens.push_back(own);
  std::vector<ExprId> checked;
  for (const NodeId when : whens) {
    const NodeId expression = tree().child(when, 0);
    const bool beside = when != whens.back();
    const ExprId condition =
        beside ? checker_.check_condition_beside(module_, expression, "the group's condition")
               : checker_.check_condition(module_, expression);
    if (condition != kErrorExpr) checked.push_back(condition);
    control.guard_range = builder_.range(span(expression));
    control.guard_excerpt = builder_.excerpt(span(expression));
  }
  if (checked.empty() || checked.size() < whens.size()) return;
  const ExprId all = checker_.conjunction(checked);
  if (own != grammar::kNoNode) {
    control.guard = conditions.guard(all);
    return;
  }
  std::optional<ir::NodeId>& shared = group_entry().guard;
  if (shared) {
    conditions.rely_on(all);
  } else {
    shared = conditions.guard(all);
  }
  control.guard = *shared;
}

std::vector<grammar::NodeId> ControlLowering::group_guards() {
  std::vector<NodeId> whens;
  if (group_ == grammar::kNoNode) return whens;
  for (const NodeId child : tree().children(group_)) {
    if (tree().kind(child) == NodeKind::When) whens.push_back(child);
  }
  return whens;
}

void ControlLowering::require(NodeId node, ir::Control& control, ConditionLowering& conditions) {
  ir::Require require;
  if (const NodeId label = tree().child_of_kind(node, NodeKind::Label); label != grammar::kNoNode) {
    const std::string text(tree().text(label));
    require.label = builder_.text(text);
    const auto [first, is_new] = labels_.try_emplace(text, label);
    if (!is_new) {
      base::Diagnostic twice = diag::LabelTwice{.label = text}.at(span(label));
      twice.labels.push_back({span(first->second), "first written here"});
      sink_.add(std::move(twice));
    }
  }
  const NodeId expression = tree().last_child(node);
  const ExprId condition = checker_.check_condition(module_, expression);
  if (condition == kErrorExpr) return;
  require.root = conditions.requirement(condition);
  require.range = builder_.range(span(expression));
  require.excerpt = builder_.excerpt(span(expression));
  control.requires_.push_back(require);
}

ControlLowering::GroupEntry& ControlLowering::group_entry() {
  auto& groups = builder_.program().groups;
  const std::uint64_t key = std::uint64_t{module_} << 32U | group_;
  const auto [known, is_new] = groups_.try_emplace(key);
  if (is_new) {
    known->second.index = static_cast<std::uint32_t>(groups.size());
    groups.push_back({string_text(tree().child(group_, 0)), builder_.range(span(group_))});
  }
  return known->second;
}

}  // namespace polc::compiler
