// Tests. Rows of cases are tables: the values of a column stand below one another.
#include <algorithm>

#include "authoring/format/layout.hpp"
#include "runtime/base/escape.hpp"

namespace polc::authoring {

/// A snapshot, or facts of its own.
Doc Layout::given(NodeId id) {
  const NodeId first = tree_.child(id, 0);
  const bool facts = first == grammar::kNoNode || tree_.kind(first) == NodeKind::Change;
  return facts ? body(text("given"), id, children(id)) : keyword("given ", id);
}

Doc Layout::test_param(NodeId id) {
  const Doc name = concat({text("param "), child(id, 0)});
  return tree_.child_count(id) == 1 ? name : concat({name, text(" = "), child(id, 1)});
}

Doc Layout::change(NodeId id) {
  return above(concat({child(id, 0), text(" =")}), tree_.child(id, 1));
}

/// `expect "A", "B" fail because "..."`
Doc Layout::expect(NodeId id) {
  std::vector<Doc> pieces{text("expect ")};
  for (const NodeId part : tree_.children(id)) {
    const NodeKind kind = tree_.kind(part);
    const bool is_id = kind != NodeKind::Word && kind != NodeKind::Because;
    if (pieces.size() > 1) pieces.push_back(text(is_id ? ", " : " "));
    pieces.push_back(node(part));
  }
  return document_.concat(std::move(pieces));
}

/// `cases "A" with x, y { ... }`; columns that have no room stand one a line.
Doc Layout::cases(NodeId id) {
  std::vector<Doc> head{text("cases ")};
  std::vector<NodeId> rows;
  for (const NodeId part : tree_.children(id)) {
    if (tree_.kind(part) == NodeKind::CaseRow) {
      rows.push_back(part);
      continue;
    }
    if (tree_.kind(part) == NodeKind::Columns) {
      head.push_back(text(" with"));
    } else if (head.size() > 1) {
      head.push_back(text(", "));
    }
    head.push_back(node(part));
  }
  measure(rows);
  return body(document_.group(document_.concat(std::move(head))), id, rows);
}

Doc Layout::columns(NodeId id) {
  std::vector<Doc> pieces;
  for (const NodeId column : tree_.children(id)) {
    if (!pieces.empty()) pieces.push_back(text(","));
    pieces.push_back(separator(column, false, false));
    pieces.push_back(node(column));
  }
  return document_.nest(document_.nest(document_.concat(std::move(pieces))));  // deeper than the rows
}

/// Text on one line, as far as rows of a table go.
bool Layout::is_table_row(NodeId id) const {
  return tree_.text(id).find('\n') == std::string_view::npos;
}

void Layout::measure(const std::vector<NodeId>& rows) {
  widths_.clear();
  for (const NodeId row : rows) {
    if (!is_table_row(row)) continue;
    std::size_t column = 0;
    for (const NodeId cell : tree_.children(row)) {
      if (tree_.kind(cell) == NodeKind::Word) break;
      if (column == widths_.size()) widths_.push_back(0);
      widths_[column] = std::max(widths_[column], base::display_width(tree_.text(cell)));
      ++column;
    }
  }
}

Doc Layout::case_row(NodeId id) {
  if (!is_table_row(id)) return verbatim(id);
  comments_.skip(tree_.node(id).end);
  std::string line;
  std::size_t padding = 0, column = 0;
  for (const NodeId part : tree_.children(id)) {
    const NodeKind kind = tree_.kind(part);
    if (kind == NodeKind::Because) {
      line += " because " + std::string(tree_.text(tree_.child(part, 0)));
      continue;
    }
    const bool is_verdict = kind == NodeKind::Word;
    if (is_verdict) line += std::string(padding, ' ') + " => ";
    if (!is_verdict && column > 0) line += "," + std::string(padding + 1, ' ');
    line += tree_.text(part);
    if (is_verdict) continue;
    padding = widths_[column] - base::display_width(tree_.text(part));
    ++column;
  }
  return document_.owned_text(std::move(line));
}

}  // namespace polc::authoring
