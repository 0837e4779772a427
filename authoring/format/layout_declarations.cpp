#include "authoring/format/layout.hpp"
#include "grammar/scan.hpp"

namespace polc::authoring {
namespace {

using grammar::NodeKind;

bool has_body(NodeKind kind) {
  switch (kind) {
    case NodeKind::Policy:
    case NodeKind::Setting:
    case NodeKind::Group:
    case NodeKind::Control:
    case NodeKind::Waive:
    case NodeKind::Profile:
    case NodeKind::Test:
      return true;
    default:
      return false;
  }
}

}  // namespace

/// Declarations with a body have an empty line around them, others where the author put one.
bool Layout::stands_apart(NodeId previous, NodeId next) const {
  const bool wanted = has_body(tree_.kind(previous)) || has_body(tree_.kind(next));
  return wanted && !comments_.any_gap_before(begin(next));
}

Doc Layout::file() {
  std::vector<Doc> pieces;
  NodeId previous = grammar::kNoNode;
  for (const NodeId id : tree_.children(tree_.root())) {
    if (previous != grammar::kNoNode) {
      pieces.push_back(comments_.behind(begin(id)));
      const bool blank = stands_apart(previous, id) || comments_.gap_before(begin(id));
      pieces.push_back(document_.hard_line(blank));
    }
    pieces.push_back(item(id));
    previous = id;
  }
  const auto end = static_cast<std::uint32_t>(tree_.source().size());
  if (previous == grammar::kNoNode) {
    pieces.push_back(comments_.before(end, true));
  } else {
    pieces.push_back(comments_.behind(end));
    for (const Doc comment : comments_.before_end(end, false)) pieces.push_back(comment);
  }
  if (!pieces.empty() && (previous != grammar::kNoNode || !tree_.comments().empty())) {
    pieces.push_back(document_.hard_line());
  }
  return document_.concat(std::move(pieces));
}

/// Behind the last part of the head; only comments stand between them.
std::uint32_t Layout::opening_brace(NodeId id, const std::vector<NodeId>& items) const {
  std::uint32_t head_end = begin(id);
  for (const NodeId part : tree_.children(id)) {
    if (!items.empty() && part == items.front()) break;
    head_end = tree_.node(part).end;
  }
  return grammar::Scanner(tree_.source(), head_end).next().begin;
}

/// `head { ... }` with an item a line.
Doc Layout::body(Doc head, NodeId id, const std::vector<NodeId>& items) {
  const std::uint32_t end = last_byte(id);
  const Doc comments = comments_.before(opening_brace(id, items));
  const Doc open = head == kNothing ? text("{") : concat({head, comments, text(" {")});
  if (items.empty() && !comments_.any_before(end)) return concat({open, text("}")});
  std::vector<Doc> inner;
  NodeId previous = grammar::kNoNode;
  for (const NodeId item_id : items) {
    const std::uint32_t at = begin(item_id);
    inner.push_back(comments_.behind(at));
    const bool apart =
        previous != grammar::kNoNode && (stands_apart(previous, item_id) || comments_.gap_before(at));
    inner.push_back(document_.hard_line(apart));
    inner.push_back(item(item_id));
    previous = item_id;
  }
  inner.push_back(comments_.behind(end));
  for (const Doc comment : comments_.before_end(end, items.empty())) inner.push_back(comment);
  return concat({open, document_.nest(document_.concat(std::move(inner))), document_.hard_line(), text("}")});
}

Doc Layout::declaration_with_body(NodeId id, std::string_view keyword, std::size_t heads) {
  std::vector<Doc> head{text(keyword)};
  for (std::size_t i = 0; i < heads; ++i) {
    head.push_back(text(" "));
    head.push_back(child(id, i));
  }
  return body(document_.concat(std::move(head)), id, children(id, heads));
}

/// The description has a line of its own.
Doc Layout::param(NodeId id) {
  std::vector<Doc> pieces{text("param "), child(id, 0), text(": "), child(id, 1)};
  for (const NodeId part : children(id, 2)) {
    const NodeKind kind = tree_.kind(part);
    if (kind == NodeKind::Domain || kind == NodeKind::Default || kind == NodeKind::Direction) {
      pieces.push_back(text(" "));
      pieces.push_back(node(part));
    } else {
      pieces.push_back(comments_.behind(begin(part)));
      pieces.push_back(document_.nest(concat({document_.hard_line(), node(part)})));
    }
  }
  return document_.concat(std::move(pieces));
}

Doc Layout::definition(NodeId id, std::string_view keyword) {
  std::vector<NodeId> parts = children(id);
  const NodeId value = parts.back();
  parts.pop_back();
  std::vector<Doc> head{text(keyword)};
  for (const NodeId part : parts) {
    const NodeKind kind = tree_.kind(part);
    if (kind == NodeKind::TypeName || kind == NodeKind::EnumType) head.push_back(text(": "));
    head.push_back(node(part));
  }
  head.push_back(text(" ="));
  return above(document_.concat(std::move(head)), value);
}

Doc Layout::use(NodeId id) {
  const Doc module = child(id, 0);
  if (tree_.child_count(id) == 1) return concat({text("use "), module});
  return concat({text("use "), module, text(" as "), child(id, 1)});
}

/// Its values stay on one line: they are few, and a long one would be no better on a line of its own.
Doc Layout::field(NodeId id) {
  std::vector<Doc> pieces{child(id, 0), text(" ")};
  for (const NodeId part : children(id, 1)) {
    if (tree_.kind(part) == NodeKind::FieldBlock) {
      pieces.push_back(text(" "));
    } else if (pieces.size() > 2) {
      pieces.push_back(text(", "));
    }
    pieces.push_back(node(part));
  }
  return document_.concat(std::move(pieces));
}

Doc Layout::require(NodeId id) {
  if (tree_.child_count(id) == 1) return keyword("require ", id);
  return above(concat({text("require "), child(id, 0), text(":")}), tree_.child(id, 1));
}

Doc Layout::manual(NodeId id) {
  std::vector<Doc> rest;
  const Doc question = keyword("manual ", id);
  for (const NodeId part : children(id, 1)) {
    rest.push_back(separator(part, false, false));
    rest.push_back(node(part));
  }
  return document_.group(concat({question, document_.nest(document_.concat(std::move(rest)))}));
}

Doc Layout::module_path(NodeId id) {
  std::vector<Doc> pieces;
  for (const NodeId word : tree_.children(id)) {
    if (!pieces.empty()) pieces.push_back(text("."));
    pieces.push_back(node(word));
  }
  return document_.concat(std::move(pieces));
}

Doc Layout::type_name(NodeId id) {
  if (tree_.child_count(id) == 1) return child(id, 0);
  return concat({child(id, 0), text(" of "), child(id, 1)});
}

/// `tags "a", "b"`: on one line, or each on its own.
Doc Layout::list(std::string_view keyword, const std::vector<NodeId>& values) {
  const Doc first = concat({text(keyword), node(values.front())});
  std::vector<Doc> rest;
  for (std::size_t i = 1; i < values.size(); ++i) {
    rest.push_back(text(","));
    rest.push_back(separator(values[i], false, false));
    rest.push_back(node(values[i]));
  }
  return document_.group(concat({first, document_.nest(document_.concat(std::move(rest)))}));
}

}  // namespace polc::authoring
