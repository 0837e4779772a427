// The syntax tree of one policy file: what the parser hands to the compiler and to the formatter.
//
// Nodes live in one arena and are named by integer ids; a node holds its kind, its byte range, its first child and
// its next sibling (20 bytes). The tree owns no text: it points into the SourceManager's buffer, which must outlive
// it. Every significant token is inside the span of some node; comments are kept beside the tree in source order,
// and blank lines can be read off the text, so a formatter can reproduce the author's layout.
//
// The tree is complete even after errors: a declaration, clause or field that could not be parsed is one Error node
// (its diagnostic has been reported). After a parse that reported no error it has no Error node, and every literal
// in it decodes (grammar/literals.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/span.hpp"

namespace polc::grammar {

/// Index of a node in its tree.
using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0;  ///< "no such node"; reading it gives an empty Error node

// clang-format off
/// Each kind with its children in order, and how it is written. `?` optional, `*` any number, `+` one or more,
/// `expr` any kind under Conditions, Values and Literals, `type` TypeName or EnumType, `target` IdTarget, TagTarget or
/// GroupTarget, `string` one of RawString,
/// String, TextBlock.
enum class NodeKind : std::uint8_t {
  Error,         ///< text that could not be parsed; no children; where a declaration, clause or field may stand

  // Declarations
  File,          ///< any declaration | Error, *
  Policy,        ///< id string, title string, (Field | Error)*
  Use,           ///< ModulePath | string, alias Word?          use std.tls   use "./ports.pol" as ports
  Param,         ///< name Word, type, Domain?, Default?, Direction?, description string?
  Let,           ///< name Word, type?, expr
  Def,           ///< name Word, Parameters, type?, expr
  Setting,       ///< path string, (Field | Error)*
  Group,         ///< title string, (When | Control | Error)*
  Control,       ///< id string, title string, (any clause | Error)*; clauses as often and in the order written
  Waive,         ///< target+, Host?, From?, Until?, (Field | Error)*
  Profile,       ///< name string, title string?, Extends?, (Include | Exclude | Assignment | Regrading | Loosen | Error)*
  Test,          ///< name string, (any item of a test | Error)*

  // Parts of declarations
  ModulePath,    ///< Word+                                     std.tls
  Domain,        ///< expr                                      in 1..249
  Default,       ///< expr                                      = 25
  Direction,     ///< Word                                      stricter up   (any word; the compiler checks it)
  Parameters,    ///< Parameter*
  Parameter,     ///< name Word, type
  IdTarget,      ///< id string, `*` and `?` included           "CWA-IIS-*"
  TagTarget,     ///< string                                    tag "tls"
  GroupTarget,   ///< title string                              group "Ports"
  Host,          ///< string                                    on host "glob"
  From,          ///< expr                                      from 2026-01-31
  Until,         ///< expr                                      until 2027-01-31
  Field,         ///< name Word, value expr+, FieldBlock?       inf "Section", 'Key'   element "label" { ... }
                 ///< a value may also be the bare word `absent`, `present` or `default`, as Name
  Extends,       ///< name string+                              extends "base", "strict"
  Include,       ///< target+
  Exclude,       ///< target+
  Assignment,    ///< name Word, Default                        set technicians = 10
  Regrading,     ///< target+, Word                             severity "CWA-PORT-31" critical   (any word)
  Loosen,        ///< target+, reason string                    loosen "CWA-PWD-01" because "..."
  FieldBlock,    ///< (Field | Error)*; inside a Field

  // Types
  TypeName,      ///< Word, element type?                       int   set of principal
  EnumType,      ///< Word+                                     enum {a, b}

  // Clauses of a control
  Severity,      ///< Word                                      severity high   (any word; the compiler checks it)
  Tags,          ///< expr+                                     tags "tls", "schannel"
  Refs,          ///< expr+                                     refs stig("V-254356"), cis("18.10.8.3")
  Because,       ///< string
  Fix,           ///< string
  When,          ///< expr; also in a Group
  Require,       ///< Label?, expr
  Label,         ///< no children; its text is the label, the `:` is outside
  Manual,        ///< instruction string, Attested?, Within?
  Attested,      ///< key string                                attested "key"
  Within,        ///< expr                                      within 90d
  Formerly,      ///< string+

  // Items of a test
  Given,         ///< snapshot string | Change*                 given "host.yaml"   given { host.role = dc }
  At,            ///< expr                                      at 2027-01-31
  TestParam,     ///< Word, expr; among Columns Word alone      param technicians = 30
  With,          ///< Change                                    with port(443/tcp).listening = false
  Change,        ///< fact expr, value expr; the value may be the bare word `absent`, as Name
  Expect,        ///< id string+, verdict Word, Because?        expect "CWA-PORT-30" fail because "any"
  Cases,         ///< id string+, Columns, CaseRow*             cases "CWA-PORT-30" with host.role { dc => pass }
  Columns,       ///< (fact expr | TestParam)+
  CaseRow,       ///< value expr+ as in Change, verdict Word, Because?
  Equivalent,    ///< mutant string, Because                    equivalent "ID: 1 -> 2" because "..."

  // Conditions
  Implies,       ///< left, right; right associative            a => b => c is (a, (b, c))
  Or,            ///< operand, operand+
  And,           ///< operand, operand+
  Not,           ///< operand
  Quantifier,    ///< variable Word, collection expr, body expr; op All or Any
  Block,         ///< expr*; op All or Any                      all { a, b }
  Comparison,    ///< left, Operator, right; op Equal .. Like; not associative
  IsTest,        ///< subject, Operator, Word; op Is or IsNot   x is present   p is not open
  Absence,       ///< Comparison | IsTest | other operand; op Absent or Default  x == 1 or absent

  // Values
  Union,         ///< operand, operand+                         a | b | c
  Intersection,  ///< operand, operand+                         a & b
  PortSuffix,    ///< number or range expr; op Tcp, Udp or TcpUdp  443/tcp   70..74/udp
  Range,         ///< low, high; both inclusive                 8..128
  Sum,           ///< operand, (Operator, operand)+; Operator op Plus or Minus  a + b - c   (sets too)
  Product,       ///< operand, operand+                         a * b
  Negation,      ///< operand                                   -x
  RightsOn,      ///< rights expr, Braces                       Modify on {self}
  Call,          ///< callee expr, (expr | NamedArgument)*; any callee parses  registry('K', 'V', view: 32)
  NamedArgument, ///< Word, expr                                at: path
  Member,        ///< object expr, Word                         host.role
  Index,         ///< object expr, key expr                     m[k]
  ByBlock,       ///< subject expr, ByCase*                     by host.role { dc: A, member, workgroup: B }
  ByCase,        ///< label (Word | string | number)+, value expr as the last child
  Paren,         ///< expr; kept for the formatter, see SyntaxTree::unparen
  List,          ///< expr*                                     [a, b]
  Braces,        ///< expr* or Entry*; a mixture is reported    {}   {a, b}   {k: v}
  Entry,         ///< key expr, value expr; a bare word as key is a Name, reserved words included
  Name,          ///< no children; a bare word in value position, `any` included

  // Literals: no children, decoded by grammar/literals.hpp; number is Int, HexInt, Duration or Date
  Int,           ///< 12   1_000
  HexInt,        ///< 0xFF
  Bool,          ///< true   false
  Duration,      ///< 90d   24h   15min   30s
  Date,          ///< 2027-03-31
  RawString,     ///< '...'
  String,        ///< "..."
  TextBlock,     ///< """..."""

  // Leaves
  Word,          ///< a word that is declared, names a field, member, type or state, or labels a case
  Operator,      ///< operator token of Comparison, IsTest and Sum; `op` says which
};
// clang-format on

/// Operators and the words that vary a node. A node's `op` is None unless NodeKind says otherwise.
enum class Op : std::uint8_t {
  None,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  In,
  NotIn,
  Contains,
  Within,
  Like,
  Is,
  IsNot,
  Plus,
  Minus,
  All,
  Any,
  Absent,
  Default,
  Tcp,
  Udp,
  TcpUdp,
};

/// "Comparison", as written in NodeKind.
std::string_view kind_name(NodeKind kind);

/// As written in a policy: "==", "not in", "tcp+udp"; "" for None.
std::string_view op_text(Op op);

struct Node {
  NodeKind kind = NodeKind::Error;
  Op op = Op::None;
  std::uint32_t begin = 0;  ///< byte range [begin, end) of the file
  std::uint32_t end = 0;
  NodeId first_child = kNoNode;
  NodeId next_sibling = kNoNode;
};

struct Comment {
  enum class Kind : std::uint8_t { Line, Doc };  ///< `//` and `///`
  Kind kind = Kind::Line;
  std::uint32_t begin = 0;  ///< from the first slash ...
  std::uint32_t end = 0;    ///< ... to the end of the line, without the line ending
};

class SyntaxTree;

/// The children of a node, for range-for. Invalidated by nothing but the end of the tree.
class Children {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = NodeId;
    using difference_type = std::ptrdiff_t;
    using pointer = const NodeId*;
    using reference = NodeId;

    Iterator() = default;
    Iterator(const SyntaxTree* tree, NodeId at) : tree_(tree), at_(at) {}
    NodeId operator*() const { return at_; }
    Iterator& operator++();
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const SyntaxTree* tree_ = nullptr;
    NodeId at_ = kNoNode;
  };

  Children(const SyntaxTree* tree, NodeId first) : tree_(tree), first_(first) {}
  Iterator begin() const { return {tree_, first_}; }
  Iterator end() const { return {tree_, kNoNode}; }
  bool empty() const { return first_ == kNoNode; }

 private:
  const SyntaxTree* tree_;
  NodeId first_;
};

class SyntaxTree {
 public:
  /// An empty file. `source` is the file's whole text and must outlive the tree.
  SyntaxTree(base::FileId file, std::string_view source);

  base::FileId file() const { return file_; }
  std::string_view source() const { return source_; }

  /// The File node.
  NodeId root() const { return root_; }

  const Node& node(NodeId id) const { return nodes_[id]; }
  NodeKind kind(NodeId id) const { return nodes_[id].kind; }
  Op op(NodeId id) const { return nodes_[id].op; }
  base::Span span(NodeId id) const { return {file_, nodes_[id].begin, nodes_[id].end}; }

  /// The text of a node exactly as written, quotes included.
  std::string_view text(NodeId id) const {
    return source_.substr(nodes_[id].begin, nodes_[id].end - nodes_[id].begin);
  }

  Children children(NodeId id) const { return {this, nodes_[id].first_child}; }
  std::size_t child_count(NodeId id) const;

  /// The n-th child counted from 0, or kNoNode.
  NodeId child(NodeId id, std::size_t n) const;
  NodeId last_child(NodeId id) const;

  /// The first child of that kind, or kNoNode.
  NodeId child_of_kind(NodeId id, NodeKind kind) const;

  /// The expression inside any number of Paren nodes.
  NodeId unparen(NodeId id) const;

  /// All comments, by position.
  const std::vector<Comment>& comments() const { return comments_; }

  /// The `///` lines that stand directly above a node (no blank line between, nothing before them), without the slashes,
  /// one leading space and the blanks at their ends, joined by LF; empty when there are none.
  std::string doc_comment(NodeId id) const;

  /// Number of node slots, for tables indexed by NodeId.
  std::size_t size() const { return nodes_.size(); }

 private:
  friend class TreeBuilder;

  base::FileId file_;
  std::string_view source_;
  NodeId root_;
  std::vector<Node> nodes_;
  std::vector<Comment> comments_;
};

inline Children::Iterator& Children::Iterator::operator++() {
  at_ = tree_->node(at_).next_sibling;
  return *this;
}

/// S-expression of a subtree: kinds, operators and the text of leaves. One line; for tests and debugging.
std::string dump(const SyntaxTree& tree, NodeId id);
std::string dump(const SyntaxTree& tree);

}  // namespace polc::grammar
