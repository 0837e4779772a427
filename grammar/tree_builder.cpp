#include "grammar/tree_builder.hpp"

#include <algorithm>
#include <utility>

#include "runtime/base/limits.hpp"

namespace polc::grammar {
namespace {

constexpr std::size_t kBytesPerNode = 6;  ///< in policies as people write them; only spares reallocation

/// Kinds that stand for one level of nesting in the text. Chains count too: `a.b.c` nests to the left.
bool is_level(NodeKind kind) {
  switch (kind) {
    case NodeKind::Implies:
    case NodeKind::Not:
    case NodeKind::Quantifier:
    case NodeKind::Block:
    case NodeKind::Negation:
    case NodeKind::Call:
    case NodeKind::Member:
    case NodeKind::Index:
    case NodeKind::ByBlock:
    case NodeKind::Paren:
    case NodeKind::List:
    case NodeKind::Braces:
    case NodeKind::TypeName:
    case NodeKind::FieldBlock:
      return true;
    default:
      return false;
  }
}

/// Bodies of declarations grow with the policy; everything else is an expression or a list of them.
bool is_body(NodeKind kind) {
  switch (kind) {
    case NodeKind::File:
    case NodeKind::Policy:
    case NodeKind::Setting:
    case NodeKind::Group:
    case NodeKind::Control:
    case NodeKind::Waive:
      return true;
    default:
      return false;
  }
}

}  // namespace

TreeBuilder::TreeBuilder(base::FileId file, std::string_view source) : tree_(file, source) {
  tree_.nodes_.reserve(tree_.nodes_.size() + source.size() / kBytesPerNode);
}

NodeId TreeBuilder::append(Node node) {
  tree_.nodes_.push_back(node);
  return static_cast<NodeId>(tree_.nodes_.size() - 1);
}

void TreeBuilder::forget(const Open& last) {
  tree_.nodes_.resize(last.nodes);
  finished_.resize(last.finished);
}

TreeBuilder::Outcome TreeBuilder::close(NodeKind kind, Op op, std::uint32_t end) {
  const Open last = open_.back();
  open_.pop_back();
  return close_from(last.finished, last.begin, kind, op, end);
}

TreeBuilder::Outcome TreeBuilder::close_adopting(NodeKind kind, Op op, std::uint32_t end) {
  const Open last = open_.back();
  open_.pop_back();
  const std::uint32_t first_child = last.finished - 1;
  return close_from(first_child, tree_.nodes_[finished_[first_child].id].begin, kind, op, end);
}

TreeBuilder::Outcome TreeBuilder::close_from(std::uint32_t first_child, std::uint32_t begin, NodeKind kind,
                                             Op op, std::uint32_t end) {
  if (end == trivia_end_ && trivia_begin_ >= begin) end = trivia_begin_;
  Node node{kind, op, begin, end, kNoNode, kNoNode};
  std::uint32_t depth = 0;
  std::size_t operands = 0;
  NodeId previous = kNoNode;
  for (std::size_t i = first_child; i < finished_.size(); ++i) {
    const NodeId child = finished_[i].id;
    depth = std::max(depth, finished_[i].depth);
    if (tree_.nodes_[child].kind == NodeKind::Operator) {
      if (kind != NodeKind::Sum) node.op = tree_.nodes_[child].op;
    } else {
      ++operands;
    }
    if (previous == kNoNode) {
      node.first_child = child;
    } else {
      tree_.nodes_[previous].next_sibling = child;
    }
    previous = child;
  }
  finished_.resize(first_child);
  if (is_level(kind)) ++depth;
  finished_.push_back({append(node), depth});
  if (depth > limits::kNesting) return Outcome::TooDeep;
  if (operands > limits::kOperands && !is_body(kind)) return Outcome::TooManyOperands;
  return Outcome::Fine;
}

void TreeBuilder::add_leaf(NodeKind kind, std::uint32_t begin, std::uint32_t end) {
  finished_.push_back({append({kind, Op::None, begin, end, kNoNode, kNoNode}), 0});
}

void TreeBuilder::close_trivia(std::uint32_t end) {
  const std::uint32_t begin = open_.back().begin;
  open_.pop_back();
  if (begin == end) return;
  trivia_begin_ = begin;
  trivia_end_ = end;
}

TreeBuilder::Mark TreeBuilder::mark() const {
  return {static_cast<std::uint32_t>(tree_.nodes_.size()), static_cast<std::uint32_t>(finished_.size()),
          static_cast<std::uint32_t>(open_.size()), depth};
}

void TreeBuilder::reset(Mark mark) {
  tree_.nodes_.resize(mark.nodes);
  finished_.resize(mark.finished);
  open_.resize(mark.open);
  depth = mark.depth;
}

SyntaxTree TreeBuilder::finish(std::vector<Comment> comments) {
  Node& root = tree_.nodes_[tree_.root_];
  NodeId previous = kNoNode;
  for (const Finished& declaration : finished_) {
    (previous == kNoNode ? root.first_child : tree_.nodes_[previous].next_sibling) = declaration.id;
    previous = declaration.id;
  }
  finished_.clear();
  tree_.comments_ = std::move(comments);
  return std::move(tree_);
}

}  // namespace polc::grammar
