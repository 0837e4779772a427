// Builds a SyntaxTree bottom-up while the rules match. A node is opened where its text may begin and either closed,
// which makes every finished node since then its child, or abandoned, which forgets them.
#pragma once

#include <cstdint>
#include <vector>

#include "grammar/syntax_tree.hpp"

namespace polc::grammar {

class TreeBuilder {
  struct Finished {
    NodeId id;
    std::uint32_t depth;  ///< nesting inside the node
  };
  struct Open {
    std::uint32_t begin;
    std::uint32_t nodes;
    std::uint32_t finished;
  };

 public:
  TreeBuilder(base::FileId file, std::string_view source);

  /// What close() found.
  enum class Outcome : std::uint8_t { Fine, TooDeep, TooManyOperands };

  // Inline: most attempts at a rule fail at its first character, and each opens and abandons a node.
  void open(std::uint32_t begin) {
    open_.push_back({begin, static_cast<std::uint32_t>(tree_.nodes_.size()),
                     static_cast<std::uint32_t>(finished_.size())});
  }
  void abandon() {
    const Open last = open_.back();
    open_.pop_back();
    if (tree_.nodes_.size() != last.nodes || finished_.size() != last.finished) forget(last);
  }

  /// Closes the innermost open node. `end` may lie behind trivia; the node ends before it.
  Outcome close(NodeKind kind, Op op, std::uint32_t end);

  /// As close(), but the finished node before this one becomes the first child, and this one begins where that did:
  /// how an operator that follows its operand makes their common node.
  Outcome close_adopting(NodeKind kind, Op op, std::uint32_t end);

  void add_leaf(NodeKind kind, std::uint32_t begin, std::uint32_t end);

  /// Ends what open() began as blanks and comments, which belong to no node.
  void close_trivia(std::uint32_t end);

  /// A state to return to when a declaration or clause could not be parsed.
  struct Mark {
    std::uint32_t nodes;
    std::uint32_t finished;
    std::uint32_t open;
    std::uint32_t depth;
  };
  Mark mark() const;
  void reset(Mark mark);

  /// Nesting of the rule that is being matched, against limits::kNesting.
  std::uint32_t depth = 0;

  const SyntaxTree& tree() const { return tree_; }

  /// Makes what is finished the children of the File node. The builder is empty then.
  SyntaxTree finish(std::vector<Comment> comments);

 private:
  void forget(const Open& last);
  Outcome close_from(std::uint32_t first_child, std::uint32_t begin, NodeKind kind, Op op, std::uint32_t end);
  NodeId append(Node node);

  SyntaxTree tree_;
  std::vector<Finished> finished_;
  std::vector<Open> open_;
  std::uint32_t trivia_begin_ = 0;
  std::uint32_t trivia_end_ = 0;
};

}  // namespace polc::grammar
