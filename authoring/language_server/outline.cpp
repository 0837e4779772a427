#include "authoring/language_server/features.hpp"
#include "grammar/literals.hpp"

namespace polc::authoring {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

class Outliner {
 public:
  explicit Outliner(const SyntaxTree& tree) : tree_(tree) {}

  std::vector<OutlineItem> items(NodeId parent) const {
    std::vector<OutlineItem> all;
    for (const NodeId node : tree_.children(parent)) {
      if (auto item = this->item(node)) all.push_back(std::move(*item));
    }
    return all;
  }

 private:
  std::optional<OutlineItem> item(NodeId node) const {
    switch (tree_.kind(node)) {
      case NodeKind::Policy:
        return titled(node, OutlineKind::Module);
      case NodeKind::Control:
        return titled(node, OutlineKind::Object);
      case NodeKind::Group: {
        OutlineItem group = titled(node, OutlineKind::Namespace);
        group.detail.clear();
        group.children = items(node);
        return group;
      }
      case NodeKind::Setting:
        return titled(node, OutlineKind::Property);
      case NodeKind::Profile:
        return titled(node, OutlineKind::Namespace);
      case NodeKind::Test:
        return titled(node, OutlineKind::Event);
      case NodeKind::Waive: {
        OutlineItem waiver = titled(node, OutlineKind::Event);
        waiver.name = "waive " + waiver.name;
        return waiver;
      }
      case NodeKind::Param:
        return named(node, OutlineKind::Constant);
      case NodeKind::Let:
        return named(node, OutlineKind::Variable);
      case NodeKind::Def:
        return named(node, OutlineKind::Function);
      default:
        return std::nullopt;
    }
  }

  bool is_string(NodeId node) const { return grammar::is_string(tree_.kind(node)); }

  /// Declarations that begin with a string; a second one is their title.
  OutlineItem titled(NodeId node, OutlineKind kind) const {
    NodeId first = tree_.child(node, 0);
    if (!is_string(first) && tree_.child(first, 0) != grammar::kNoNode) first = tree_.child(first, 0);
    OutlineItem item{"?", {}, kind, tree_.span(node), tree_.span(first), {}};
    if (is_string(first)) item.name = grammar::decode_string(tree_, first);
    const NodeId second = tree_.child(node, 1);
    if (second != grammar::kNoNode && is_string(second)) item.detail = grammar::decode_string(tree_, second);
    if (item.name.empty()) item.name = "?";  // the protocol allows no empty name
    return item;
  }

  OutlineItem named(NodeId node, OutlineKind kind) const {
    const NodeId word = tree_.child(node, 0);
    return {std::string(tree_.text(word)), {}, kind, tree_.span(node), tree_.span(word), {}};
  }

  const SyntaxTree& tree_;
};

}  // namespace

std::vector<OutlineItem> outline(const SyntaxTree& tree) {
  return Outliner(tree).items(tree.root());
}

}  // namespace polc::authoring
