// How each node of a syntax tree is laid out: the style of the formatter, in one place. docs/language.md, "Layout", says it
// in words.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "authoring/format/comments.hpp"
#include "authoring/format/document.hpp"
#include "grammar/syntax_tree.hpp"

namespace polc::authoring {

class Layout {
 public:
  /// Both must outlive this.
  Layout(const grammar::SyntaxTree& tree, Document& document)
      : tree_(tree), document_(document), comments_(tree, document) {}

  /// The whole file. Called once.
  Doc file();

 private:
  using NodeId = grammar::NodeId;
  using NodeKind = grammar::NodeKind;

  /// A node with the comments before it. Nodes are asked for in the order of the text.
  Doc node(NodeId id);
  Doc item(NodeId id);   ///< the same where items stand below one another
  Doc shape(NodeId id);  ///< without comments

  // Declarations and clauses (layout_declarations.cpp)
  Doc body(Doc head, NodeId id, const std::vector<NodeId>& items);
  Doc declaration_with_body(NodeId id, std::string_view keyword, std::size_t heads);
  Doc param(NodeId id);
  Doc definition(NodeId id, std::string_view keyword);
  Doc use(NodeId id);
  Doc field(NodeId id);
  Doc require(NodeId id);
  Doc manual(NodeId id);
  Doc module_path(NodeId id);
  Doc type_name(NodeId id);
  Doc list_clause(NodeId id, std::string_view keyword) { return list(keyword, children(id)); }
  Doc list(std::string_view keyword, const std::vector<NodeId>& values);
  std::uint32_t opening_brace(NodeId id, const std::vector<NodeId>& items) const;
  bool stands_apart(NodeId previous, NodeId next) const;

  // Profiles and what waivers and profiles name (layout_profiles.cpp)
  Doc waive(NodeId id);
  Doc profile(NodeId id);
  Doc regrading(NodeId id);
  Doc loosen(NodeId id);

  // Tests (layout_tests.cpp)
  Doc given(NodeId id);
  Doc test_param(NodeId id);
  Doc change(NodeId id);
  Doc expect(NodeId id);
  Doc cases(NodeId id);
  Doc columns(NodeId id);
  Doc case_row(NodeId id);
  bool is_table_row(NodeId id) const;
  void measure(const std::vector<NodeId>& rows);

  // Expressions (layout_expressions.cpp)
  Doc chain(NodeId id, std::string_view op);
  Doc sum(NodeId id);
  Doc implication(NodeId id);
  Doc comparison(NodeId id);
  Doc is_test(NodeId id);
  Doc quantifier(NodeId id);
  Doc range(NodeId id);
  Doc call(NodeId id);
  Doc by_block(NodeId id);
  Doc by_case(NodeId id);
  Doc text_block(NodeId id);
  Doc verbatim(NodeId id);

  enum class Inside { Tight, Spaced };  ///< `{a, b}` and `{ k: v }`
  /// A list in brackets; `end` is where its closing bracket stands.
  Doc bracketed(std::string_view open, const std::vector<NodeId>& items, std::string_view close,
                std::uint32_t end, Inside inside = Inside::Tight);
  /// The same where the closing bracket ends the node.
  Doc bracketed(std::string_view open, NodeId id, std::string_view close, Inside inside = Inside::Tight);

  /// What binds a value: on one line with it or, where that has no room, above it; an open group where `open` says so.
  Doc above(Doc head, NodeId value, bool open = false);

  Doc keyword(std::string_view word, NodeId id);    ///< before the only child
  Doc suffixed(NodeId id, std::string_view joint);  ///< its operator is the last word: `or absent`, `/tcp`
  Doc separator(NodeId next, bool blank_lines, bool tight);
  Doc text(std::string_view text) { return document_.text(text); }
  Doc concat(std::initializer_list<Doc> pieces) { return document_.concat(pieces); }
  Doc child(NodeId id, std::size_t n) { return node(tree_.child(id, n)); }
  std::vector<NodeId> children(NodeId id, std::size_t from = 0) const;
  std::uint32_t begin(NodeId id) const { return tree_.node(id).begin; }
  std::uint32_t last_byte(NodeId id) const { return tree_.node(id).end - 1; }

  const grammar::SyntaxTree& tree_;
  Document& document_;
  Comments comments_;
  std::vector<std::size_t> widths_;  ///< of the columns of the table at hand
};

}  // namespace polc::authoring
