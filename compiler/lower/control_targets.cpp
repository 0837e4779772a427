#include "compiler/lower/control_targets.hpp"

#include <algorithm>

#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/words.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/glob.hpp"

namespace polc::compiler {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

namespace {

bool is_target(NodeKind kind) {
  return kind == NodeKind::IdTarget || kind == NodeKind::TagTarget || kind == NodeKind::GroupTarget;
}

bool is_pattern(std::string_view id) {
  return id.find_first_of("*?`") != std::string_view::npos;
}

}  // namespace

ControlTargets::ControlTargets(const Package& package, Checker& checker, base::DiagnosticSink& sink)
    : package_(package), checker_(checker), sink_(sink) {}

const std::vector<std::uint32_t>& ControlTargets::of(ModuleId module, NodeId parent) {
  const auto [known, is_new] = known_.try_emplace({module, parent});
  Controls& all = known->second;
  if (!is_new) return all;
  const SyntaxTree& tree = package_.tree(module);
  for (const NodeId child : tree.children(parent)) {
    if (!is_target(tree.kind(child))) continue;
    const Controls found = of_target(module, child);
    all.insert(all.end(), found.begin(), found.end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string ControlTargets::text(ModuleId module, NodeId parent, bool quote_ids) const {
  const SyntaxTree& tree = package_.tree(module);
  std::string text;
  for (const NodeId child : tree.children(parent)) {
    const NodeKind kind = tree.kind(child);
    if (!is_target(kind)) continue;
    const std::string name = grammar::decode_string(tree, tree.child(child, 0));
    if (!text.empty()) text += ", ";
    if (kind == NodeKind::IdTarget) text += quote_ids ? value::quoted(name) : name;
    if (kind == NodeKind::TagTarget) text += "tag " + value::quoted(name);
    if (kind == NodeKind::GroupTarget) text += "group " + value::quoted(name);
  }
  return text;
}

ControlTargets::Controls ControlTargets::of_target(ModuleId module, NodeId target) {
  const SyntaxTree& tree = package_.tree(module);
  const NodeId written = tree.child(target, 0);
  const std::string name = grammar::decode_string(tree, written);
  const base::Span span = tree.span(written);
  switch (tree.kind(target)) {
    case NodeKind::TagTarget:
      if (!tags_) tags_ = collect_tags();
      return of_word(*tags_, name, span, true);
    case NodeKind::GroupTarget:
      if (!groups_) groups_ = collect_groups();
      return of_word(*groups_, name, span, false);
    default:
      return is_pattern(name) ? of_pattern(name, span) : of_id(name, span);
  }
}

ControlTargets::Controls ControlTargets::of_id(const std::string& written, base::Span span) {
  if (!is_affordable(1, span)) return {};
  const auto found = package_.controls_by_id.find(fold_id(written));
  if (found != package_.controls_by_id.end()) return {found->second};
  if (may_be_unread(written)) return {};
  std::vector<std::string_view> known;
  for (const ControlDeclaration& control : package_.controls) known.push_back(control.id);
  sink_.add(diag::DanglingControl{.id = written, .suggestion = std::string(base::nearest(written, known))}.at(
      span));
  return {};
}

ControlTargets::Controls ControlTargets::of_pattern(const std::string& pattern, base::Span span) {
  const auto glob = value::Glob::parse(pattern);
  if (!glob) {
    sink_.add(diag::PatternTooLong{.limit = std::to_string(limits::kPatternCharacters)}.at(span));
    return {};
  }
  if (!is_affordable(package_.controls.size(), span)) return {};
  Controls found;
  for (std::uint32_t i = 0; i < package_.controls.size(); ++i) {
    if (glob->matches(package_.controls[i].id)) found.push_back(i);
  }
  if (found.empty() && !may_be_unread(""))
    sink_.add(diag::PatternMatchesNothing{.pattern = pattern}.at(span));
  return found;
}

ControlTargets::Controls ControlTargets::of_word(const Table& table, const std::string& word, base::Span span,
                                                 bool is_tag) {
  const auto found = table.find(word);
  if (found != table.end()) return is_affordable(found->second.size(), span) ? found->second : Controls();
  if (may_be_unread("")) return {};
  std::vector<std::string_view> known;
  for (const auto& [name, controls] : table) known.push_back(name);
  const std::string hint = advice(word, known);
  sink_.add(with_nearest_text(is_tag ? diag::UnknownTag{.tag = word, .hint = hint}.at(span)
                                     : diag::UnknownGroup{.title = word, .hint = hint}.at(span),
                              word, known));
  return {};
}

ControlTargets::Table ControlTargets::collect_tags() {
  Table table;
  for (std::uint32_t i = 0; i < package_.controls.size(); ++i) {
    const ControlDeclaration& control = package_.controls[i];
    const SyntaxTree& tree = package_.tree(control.module);
    checker_.begin();
    for (const NodeId clause : tree.children(control.node)) {
      if (tree.kind(clause) != NodeKind::Tags) continue;
      for (const NodeId tag : tree.children(clause)) {
        const auto text =
            checker_.check_constant(control.module, tag, Expected::of(value::simple(value::TypeKind::Text)));
        if (!text) continue;
        Controls& tagged = table[*text->value.get<std::string>()];
        if (tagged.empty() || tagged.back() != i) tagged.push_back(i);
      }
    }
  }
  return table;
}

ControlTargets::Table ControlTargets::collect_groups() const {
  Table table;
  for (std::uint32_t i = 0; i < package_.controls.size(); ++i) {
    const ControlDeclaration& control = package_.controls[i];
    if (control.group == grammar::kNoNode) continue;
    const SyntaxTree& tree = package_.tree(control.module);
    table[grammar::decode_string(tree, tree.child(control.group, 0))].push_back(i);
  }
  return table;
}

/// Bounds the work that patterns cost, and the size of what they match.
bool ControlTargets::is_affordable(std::size_t tests, base::Span span) {
  if (exhausted_) return false;
  tests_ += tests;
  if (tests_ <= limits::kTargetTests) return true;
  exhausted_ = true;
  sink_.add(diag::TooManyTargets{.limit = std::to_string(limits::kTargetTests)}.at(span));
  return false;
}

/// Some module, or the declaration of that id, could not be read; that has been reported.
bool ControlTargets::may_be_unread(std::string_view id) const {
  const auto lacks_import = [](const Module& module) { return module.lacks_import; };
  if (std::any_of(package_.modules.begin(), package_.modules.end(), lacks_import)) return true;
  return id.empty() ? !package_.broken_words.empty() : package_.broken_words.contains(fold_id(id));
}

}  // namespace polc::compiler
