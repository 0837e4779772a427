#include "authoring/format/layout.hpp"
#include "grammar/literals.hpp"

namespace polc::authoring {
namespace {

using grammar::NodeKind;

bool is_target(NodeKind kind) {
  return kind == NodeKind::IdTarget || kind == NodeKind::TagTarget || kind == NodeKind::GroupTarget;
}

}  // namespace

Doc Layout::waive(NodeId id) {
  std::vector<NodeId> targets;
  std::vector<NodeId> terms;
  std::vector<NodeId> items;
  for (const NodeId part : tree_.children(id)) {
    const NodeKind kind = tree_.kind(part);
    const bool is_item = kind == NodeKind::Field || kind == NodeKind::Error;
    (is_target(kind) ? targets : is_item ? items : terms).push_back(part);
  }
  std::vector<Doc> head{list("waive ", targets)};
  for (const NodeId term : terms) {
    head.push_back(text(" "));
    head.push_back(node(term));
  }
  return body(document_.concat(std::move(head)), id, items);
}

Doc Layout::profile(NodeId id) {
  std::vector<Doc> head{text("profile")};
  std::vector<NodeId> items;
  for (const NodeId part : tree_.children(id)) {
    if (!grammar::is_string(tree_.kind(part)) && tree_.kind(part) != NodeKind::Extends) {
      items.push_back(part);
      continue;
    }
    head.push_back(text(" "));
    head.push_back(node(part));
  }
  return body(document_.concat(std::move(head)), id, items);
}

/// `severity "A", "B" high`
Doc Layout::regrading(NodeId id) {
  std::vector<NodeId> targets = children(id);
  const NodeId word = targets.back();
  targets.pop_back();
  const Doc controls = list("severity ", targets);
  return concat({controls, text(" "), node(word)});
}

/// `loosen "A", "B" because "reason"`: on one line, or the reason below.
Doc Layout::loosen(NodeId id) {
  std::vector<NodeId> targets = children(id);
  const NodeId reason = targets.back();
  targets.pop_back();
  const Doc controls = list("loosen ", targets);
  const Doc because = concat({separator(reason, false, false), text("because "), node(reason)});
  return document_.group(concat({controls, document_.nest(because)}));
}

}  // namespace polc::authoring
