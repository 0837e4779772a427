#include "grammar/syntax_tree.hpp"

#include <algorithm>

#include "grammar/scan.hpp"

namespace polc::grammar {

std::string_view kind_name(NodeKind kind) {
  switch (kind) {
#define POLC_KIND(name) \
  case NodeKind::name:  \
    return #name;
    POLC_KIND(Error)
    POLC_KIND(File)
    POLC_KIND(Policy)
    POLC_KIND(Use)
    POLC_KIND(Param)
    POLC_KIND(Let)
    POLC_KIND(Def)
    POLC_KIND(Setting)
    POLC_KIND(Group)
    POLC_KIND(Control)
    POLC_KIND(Waive)
    POLC_KIND(Profile)
    POLC_KIND(Test)
    POLC_KIND(ModulePath)
    POLC_KIND(Domain)
    POLC_KIND(Default)
    POLC_KIND(Direction)
    POLC_KIND(Parameters)
    POLC_KIND(Parameter)
    POLC_KIND(IdTarget)
    POLC_KIND(TagTarget)
    POLC_KIND(GroupTarget)
    POLC_KIND(Host)
    POLC_KIND(From)
    POLC_KIND(Until)
    POLC_KIND(Field)
    POLC_KIND(Extends)
    POLC_KIND(Include)
    POLC_KIND(Exclude)
    POLC_KIND(Assignment)
    POLC_KIND(Regrading)
    POLC_KIND(Loosen)
    POLC_KIND(FieldBlock)
    POLC_KIND(TypeName)
    POLC_KIND(EnumType)
    POLC_KIND(Severity)
    POLC_KIND(Tags)
    POLC_KIND(Refs)
    POLC_KIND(Because)
    POLC_KIND(Fix)
    POLC_KIND(When)
    POLC_KIND(Require)
    POLC_KIND(Label)
    POLC_KIND(Manual)
    POLC_KIND(Attested)
    POLC_KIND(Within)
    POLC_KIND(Formerly)
    POLC_KIND(Given)
    POLC_KIND(At)
    POLC_KIND(TestParam)
    POLC_KIND(With)
    POLC_KIND(Change)
    POLC_KIND(Expect)
    POLC_KIND(Cases)
    POLC_KIND(Columns)
    POLC_KIND(CaseRow)
    POLC_KIND(Equivalent)
    POLC_KIND(Implies)
    POLC_KIND(Or)
    POLC_KIND(And)
    POLC_KIND(Not)
    POLC_KIND(Quantifier)
    POLC_KIND(Block)
    POLC_KIND(Comparison)
    POLC_KIND(IsTest)
    POLC_KIND(Absence)
    POLC_KIND(Union)
    POLC_KIND(Intersection)
    POLC_KIND(PortSuffix)
    POLC_KIND(Range)
    POLC_KIND(Sum)
    POLC_KIND(Product)
    POLC_KIND(Negation)
    POLC_KIND(RightsOn)
    POLC_KIND(Call)
    POLC_KIND(NamedArgument)
    POLC_KIND(Member)
    POLC_KIND(Index)
    POLC_KIND(ByBlock)
    POLC_KIND(ByCase)
    POLC_KIND(Paren)
    POLC_KIND(List)
    POLC_KIND(Braces)
    POLC_KIND(Entry)
    POLC_KIND(Name)
    POLC_KIND(Int)
    POLC_KIND(HexInt)
    POLC_KIND(Bool)
    POLC_KIND(Duration)
    POLC_KIND(Date)
    POLC_KIND(RawString)
    POLC_KIND(String)
    POLC_KIND(TextBlock)
    POLC_KIND(Word)
    POLC_KIND(Operator)
#undef POLC_KIND
  }
  return "Error";
}

std::string_view op_text(Op op) {
  switch (op) {
    case Op::None:
      return "";
    case Op::Equal:
      return "==";
    case Op::NotEqual:
      return "!=";
    case Op::Less:
      return "<";
    case Op::LessEqual:
      return "<=";
    case Op::Greater:
      return ">";
    case Op::GreaterEqual:
      return ">=";
    case Op::In:
      return "in";
    case Op::NotIn:
      return "not in";
    case Op::Contains:
      return "contains";
    case Op::Within:
      return "within";
    case Op::Like:
      return "like";
    case Op::Is:
      return "is";
    case Op::IsNot:
      return "is not";
    case Op::Plus:
      return "+";
    case Op::Minus:
      return "-";
    case Op::All:
      return "all";
    case Op::Any:
      return "any";
    case Op::Absent:
      return "absent";
    case Op::Default:
      return "default";
    case Op::Tcp:
      return "tcp";
    case Op::Udp:
      return "udp";
    case Op::TcpUdp:
      return "tcp+udp";
  }
  return "";
}

SyntaxTree::SyntaxTree(base::FileId file, std::string_view source) : file_(file), source_(source), root_(1) {
  const auto size = static_cast<std::uint32_t>(source.size());
  nodes_.push_back({});  // kNoNode
  nodes_.push_back({NodeKind::File, Op::None, 0, size, kNoNode, kNoNode});
}

std::size_t SyntaxTree::child_count(NodeId id) const {
  const Children all = children(id);
  return static_cast<std::size_t>(std::distance(all.begin(), all.end()));
}

NodeId SyntaxTree::child(NodeId id, std::size_t n) const {
  for (const NodeId child : children(id)) {
    if (n-- == 0) return child;
  }
  return kNoNode;
}

NodeId SyntaxTree::last_child(NodeId id) const {
  NodeId last = kNoNode;
  for (const NodeId child : children(id)) last = child;
  return last;
}

NodeId SyntaxTree::child_of_kind(NodeId id, NodeKind kind) const {
  for (const NodeId child : children(id)) {
    if (nodes_[child].kind == kind) return child;
  }
  return kNoNode;
}

NodeId SyntaxTree::unparen(NodeId id) const {
  while (nodes_[id].kind == NodeKind::Paren) id = nodes_[id].first_child;
  return id;
}

namespace {

/// Only blanks with exactly one line end: the two lines touch.
bool next_line(std::string_view between) {
  const auto newlines = std::count(between.begin(), between.end(), '\n');
  return newlines == 1 && between.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string_view doc_line(std::string_view comment) {
  comment.remove_prefix(3);
  if (!comment.empty() && comment.front() == ' ') comment.remove_prefix(1);
  return comment.substr(0, comment.find_last_not_of(" \t\r") + 1);
}

void dump_into(std::string& out, const SyntaxTree& tree, NodeId id) {
  const Node& node = tree.node(id);
  out += '(';
  out += kind_name(node.kind);
  if (node.op != Op::None) {
    out += ':';
    out += op_text(node.op);
  }
  const bool is_leaf = node.kind >= NodeKind::Name || node.kind == NodeKind::Label;
  if (is_leaf && node.kind != NodeKind::Operator) {
    out += ' ';
    out += tree.text(id);
  }
  for (const NodeId child : tree.children(id)) {
    out += ' ';
    dump_into(out, tree, child);
  }
  out += ')';
}

}  // namespace

std::string SyntaxTree::doc_comment(NodeId id) const {
  const auto by_begin = [](const Comment& comment, std::uint32_t offset) { return comment.begin < offset; };
  auto last = std::lower_bound(comments_.begin(), comments_.end(), nodes_[id].begin, by_begin);
  std::vector<std::string_view> lines;
  std::uint32_t below = nodes_[id].begin;
  while (last != comments_.begin()) {
    const Comment& comment = *--last;
    if (comment.kind != Comment::Kind::Doc || !first_on_line(source_, comment.begin)) break;
    if (!next_line(source_.substr(comment.end, below - comment.end))) break;
    lines.push_back(doc_line(source_.substr(comment.begin, comment.end - comment.begin)));
    below = comment.begin;
  }
  std::string text;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (line != lines.rbegin()) text += '\n';
    text += *line;
  }
  return text;
}

std::string dump(const SyntaxTree& tree, NodeId id) {
  std::string out;
  dump_into(out, tree, id);
  return out;
}

std::string dump(const SyntaxTree& tree) {
  return dump(tree, tree.root());
}

}  // namespace polc::grammar
