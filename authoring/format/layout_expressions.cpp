#include <algorithm>

#include "authoring/format/layout.hpp"
#include "grammar/string_parts.hpp"

namespace polc::authoring {

/// The line end before an item of a list, behind the comment that belongs to what precedes it.
Doc Layout::separator(NodeId next, bool blank_lines, bool tight) {
  const Doc comment = comments_.behind(begin(next));
  const bool blank = blank_lines && comments_.gap_before(begin(next));
  return concat({comment, tight ? document_.soft_line(blank) : document_.line(blank)});
}

Doc Layout::bracketed(std::string_view open, const std::vector<NodeId>& items, std::string_view close,
                      std::uint32_t end, Inside inside) {
  if (items.empty() && !comments_.any_before(end)) return concat({text(open), text(close)});
  const bool tight = inside == Inside::Tight;
  std::vector<Doc> inner;
  for (const NodeId id : items) {
    const bool first = inner.empty();
    if (!first) inner.push_back(text(","));
    inner.push_back(separator(id, !first, first && tight));
    inner.push_back(item(id));
  }
  if (!items.empty()) inner.push_back(document_.if_broken(","));
  inner.push_back(comments_.behind(end));
  for (const Doc comment : comments_.before_end(end, items.empty())) inner.push_back(comment);
  const Doc last = tight ? document_.soft_line() : document_.line();
  return document_.open_group(
      concat({text(open), document_.nest(document_.concat(std::move(inner))), last, text(close)}));
}

Doc Layout::bracketed(std::string_view open, NodeId id, std::string_view close, Inside inside) {
  return bracketed(open, children(id), close, last_byte(id), inside);
}

Doc Layout::above(Doc head, NodeId value, bool open) {
  const Doc comment = comments_.behind(begin(value));
  const bool commented = comment != kNothing || comments_.any_before(begin(value));
  const Doc laid_out = node(value);
  if (!commented && document_.is_open(laid_out)) return document_.tail_group(head, laid_out);
  const Doc both = concat({head, comment, document_.nest(concat({document_.line(), laid_out}))});
  return open ? document_.open_group(both) : document_.group(both);
}

/// `a op b op c`, each operator at the beginning of its line.
Doc Layout::chain(NodeId id, std::string_view op) {
  std::vector<Doc> rest;
  Doc first = kNothing;
  for (const NodeId operand : children(id)) {
    if (first == kNothing) {
      first = node(operand);
      continue;
    }
    rest.push_back(separator(operand, false, false));
    rest.push_back(text(op));
    rest.push_back(node(operand));
  }
  return document_.group(concat({first, document_.nest(document_.concat(std::move(rest)))}));
}

Doc Layout::sum(NodeId id) {
  std::vector<Doc> rest;
  const Doc first = child(id, 0);
  const std::vector<NodeId> others = children(id, 1);
  for (std::size_t i = 0; i + 1 < others.size(); i += 2) {
    rest.push_back(separator(others[i + 1], false, false));
    rest.push_back(node(others[i]));
    rest.push_back(text(" "));
    rest.push_back(node(others[i + 1]));
  }
  return document_.group(concat({first, document_.nest(document_.concat(std::move(rest)))}));
}

/// `a => b => c` is one chain, though the tree nests it to the right.
Doc Layout::implication(NodeId id) {
  const Doc first = child(id, 0);
  std::vector<Doc> rest;
  NodeId right = tree_.child(id, 1);
  while (true) {
    const bool more = tree_.kind(right) == NodeKind::Implies;
    const NodeId operand = more ? tree_.child(right, 0) : right;
    rest.push_back(separator(operand, false, false));
    rest.push_back(text("=> "));
    rest.push_back(node(operand));
    if (!more) break;
    right = tree_.child(right, 1);
  }
  return document_.group(concat({first, document_.nest(document_.concat(std::move(rest)))}));
}

Doc Layout::comparison(NodeId id) {
  const NodeId right = tree_.child(id, 2);
  const Doc left = child(id, 0);
  const Doc comment = comments_.behind(begin(right));
  const bool commented = comments_.any_before(begin(right));
  const Doc op = concat({child(id, 1), text(" ")});
  const Doc operand = node(right);
  if (comment == kNothing && !commented) return document_.tail_group(left, operand, op);
  return document_.group(concat({left, comment, document_.nest(concat({document_.line(), op, operand}))}));
}

Doc Layout::is_test(NodeId id) {
  const Doc left = child(id, 0);
  const Doc comment = comments_.behind(begin(tree_.child(id, 2)));
  const Doc op = child(id, 1);
  const Doc test = concat({document_.line(), op, text(" "), child(id, 2)});
  return document_.group(concat({left, comment, document_.nest(test)}));
}

Doc Layout::quantifier(NodeId id) {
  const Doc head = concat({text(tree_.op(id) == grammar::Op::All ? "all " : "any "), child(id, 0),
                           text(" in "), child(id, 1), text(":")});
  return above(head, tree_.child(id, 2), true);
}

/// `8..128` between literals, `1 .. last_port` where that would be hard to read.
Doc Layout::range(NodeId id) {
  const auto is_literal = [&](NodeId bound) {
    const NodeId number = tree_.kind(bound) == NodeKind::Negation ? tree_.child(bound, 0) : bound;
    return tree_.kind(number) >= NodeKind::Int && tree_.kind(number) <= NodeKind::TextBlock;
  };
  const bool literals = is_literal(tree_.child(id, 0)) && is_literal(tree_.child(id, 1));
  return concat({child(id, 0), text(literals ? ".." : " .. "), child(id, 1)});
}

/// Names and literals stay on one line: `gpo("a long path", user: u)` would be no better in pieces.
Doc Layout::call(NodeId id) {
  const Doc callee = child(id, 0);
  const std::vector<NodeId> arguments = children(id, 1);
  const auto is_simple = [&](NodeId argument) {
    const bool named = tree_.kind(argument) == NodeKind::NamedArgument;
    return tree_.child_count(named ? tree_.child(argument, 1) : argument) == 0;
  };
  const bool simple = std::all_of(arguments.begin(), arguments.end(), is_simple);
  if (!simple || comments_.any_before(last_byte(id))) {
    return concat({callee, bracketed("(", arguments, ")", last_byte(id))});
  }
  std::vector<Doc> pieces{callee, text("(")};
  for (const NodeId argument : arguments) {
    if (argument != arguments.front()) pieces.push_back(text(", "));
    pieces.push_back(node(argument));
  }
  pieces.push_back(text(")"));
  return document_.concat(std::move(pieces));
}

Doc Layout::by_block(NodeId id) {
  const Doc head = concat({text("by "), child(id, 0)});
  const Doc cases = bracketed("{", children(id, 1), "}", last_byte(id), Inside::Spaced);
  return document_.beside(concat({head, text(" ")}), cases);
}

Doc Layout::by_case(NodeId id) {
  std::vector<NodeId> labels = children(id);
  const NodeId value = labels.back();
  labels.pop_back();
  std::vector<Doc> pieces;
  for (const NodeId label : labels) {
    if (!pieces.empty()) pieces.push_back(text(", "));
    pieces.push_back(node(label));
  }
  pieces.push_back(text(": "));
  pieces.push_back(node(value));
  return document_.concat(std::move(pieces));
}

/// The lines of a text block are content: they move to the right or to the left together, or stay as they are where that
/// would change the text.
Doc Layout::text_block(NodeId id) {
  const grammar::TextLines block = grammar::split_text_block(grammar::inside_quotes(tree_, id));
  const bool one_line = block.first_is_inline && block.lines.size() == 1;
  std::vector<std::string_view> lines;
  bool reaches_margin = false;
  bool tabs = false;
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    const bool inline_line = i == 0 && block.first_is_inline;
    const std::string_view line = block.lines[i];
    lines.push_back(line.substr(inline_line ? 0 : std::min(block.indentation, line.size())));
    const std::size_t blanks = lines.back().find_first_not_of(" \t");
    reaches_margin = reaches_margin || blanks == 0;
    tabs = tabs || lines.back().substr(0, blanks).find('\t') != std::string_view::npos;
  }
  const bool movable = reaches_margin && !tabs;
  return one_line || !movable ? verbatim(id) : document_.text_block(std::move(lines));
}

/// As written, with the line ends that the formatter writes.
Doc Layout::verbatim(NodeId id) {
  comments_.skip(tree_.node(id).end);
  std::string_view rest = tree_.text(id);
  std::vector<std::string_view> lines;
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    const std::string_view line = rest.substr(0, end);
    lines.push_back(line.substr(0, line.ends_with('\r') ? end - 1 : end));
    rest.remove_prefix(end + 1);
  }
  lines.push_back(rest);
  return document_.verbatim(std::move(lines));
}

}  // namespace polc::authoring
