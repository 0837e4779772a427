#include <fmt/format.h>

#include "authoring/language_server/features.hpp"
#include "runtime/base/escape.hpp"

namespace polc::authoring {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

constexpr std::size_t kTitleColumns = 60;

bool touches(base::Span a, base::Span b) {
  return a.file == b.file && a.begin <= b.end && b.begin <= a.end;
}

/// The innermost comparison around a place that does not say yet what absence means.
struct OpenComparison {
  NodeId node = grammar::kNoNode;
  bool operand = false;  ///< of a connective: a suffix needs parentheses
};

OpenComparison open_comparison(const SyntaxTree& tree, std::uint32_t offset) {
  const std::vector<NodeId> path = path_to(tree, offset);
  bool required = false;
  for (const NodeId node : path) required = required || tree.kind(node) == NodeKind::Require;
  for (std::size_t i = path.size(); required && i-- > 1;) {
    if (tree.kind(path[i]) != NodeKind::Comparison) continue;
    switch (tree.kind(path[i - 1])) {
      case NodeKind::Absence:
        return {};
      case NodeKind::And:
      case NodeKind::Or:
      case NodeKind::Not:
      case NodeKind::Implies:
        return {path[i], true};
      default:
        return {path[i], false};
    }
  }
  return {};
}

void add_absence(const Query& query, base::Span span, std::vector<CodeAction>& actions) {
  const OpenComparison open = open_comparison(query.tree(), span.begin);
  if (open.node == grammar::kNoNode) return;
  const base::Span all = query.tree().span(open.node);
  const auto add = [&](std::string title, std::string_view suffix) {
    CodeAction action{std::move(title), {}, nullptr};
    if (open.operand) action.edits.push_back({{all.file, all.begin, all.begin}, "("});
    action.edits.push_back(
        {{all.file, all.end, all.end}, fmt::format(" or {}{}", suffix, open.operand ? ")" : "")});
    actions.push_back(std::move(action));
  };
  add("Accept an absent value (or absent)", "absent");
  add("Take the default of Windows where the value is absent (or default)", "default");
}

}  // namespace

std::vector<CodeAction> code_actions(const Query& query, base::Span span) {
  std::vector<CodeAction> actions;
  for (const base::Diagnostic& diagnostic : query.analysis.diagnostics) {
    if (!touches(diagnostic.span, span)) continue;
    for (const base::FixIt& fix : diagnostic.fixes) {
      const std::string_view old = query.analysis.sources.text(fix.replace);
      const std::string text = base::shorten(base::visible(fix.text), kTitleColumns);
      const std::string title =
          old.empty()
              ? "Insert " + text
              : fmt::format("Replace {} by {}", base::shorten(base::visible(old), kTitleColumns), text);
      actions.push_back({title, {fix}, &diagnostic});
    }
  }
  add_absence(query, span, actions);
  return actions;
}

}  // namespace polc::authoring
