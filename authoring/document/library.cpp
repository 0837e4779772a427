#include <fmt/format.h>

#include "authoring/document/document.hpp"
#include "grammar/literals.hpp"
#include "grammar/parse.hpp"
#include "stdlib/embedded.hpp"

namespace polc::document {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;
using Kind = Block::Kind;

/// The comment at the head of a file, which no declaration follows directly.
std::string file_comment(const SyntaxTree& tree) {
  std::string out;
  std::uint32_t next = 0;
  for (const grammar::Comment& comment : tree.comments()) {
    if (comment.kind != grammar::Comment::Kind::Doc || comment.begin != next) break;
    std::string_view line = tree.source().substr(comment.begin + 3, comment.end - comment.begin - 3);
    if (line.starts_with(' ')) line.remove_prefix(1);
    out += (out.empty() ? "" : " ") + std::string(line);
    next = comment.end + 1;
  }
  return out;
}

/// A declaration without its body: up to the last child before the expression.
std::string head(const SyntaxTree& tree, NodeId id) {
  const std::uint32_t begin = tree.node(id).begin;
  std::uint32_t end = begin;
  for (const NodeId child : tree.children(id)) {
    if (child != tree.last_child(id)) end = tree.node(child).end;
  }
  return std::string(tree.source().substr(begin, end - begin));
}

Entry helper(const SyntaxTree& tree, NodeId id, std::string_view module) {
  Entry entry{std::string(tree.text(tree.child(id, 0))), tree.doc_comment(id), {}, {}};
  entry.facets = {{"Module", std::string(module)}, {"Kind", "helper"}};
  entry.blocks.push_back({Kind::Code, {}, head(tree, id), {}});
  return entry;
}

/// The fields as written, without the indentation of the declaration.
std::string fields(const SyntaxTree& tree, NodeId id) {
  std::string out;
  for (const NodeId field : tree.children(id)) {
    if (tree.kind(field) != NodeKind::Field) continue;
    std::string text(tree.text(field));
    for (std::size_t at = 0; (at = text.find("\n  ", at)) != std::string::npos; ++at) text.erase(at + 1, 2);
    out += text + "\n";
  }
  return out;
}

Entry setting(const SyntaxTree& tree, NodeId id, std::string_view module) {
  std::string path = grammar::decode_string(tree, tree.child(id, 0));
  const std::string title = path.substr(path.rfind('/') + 1);
  const std::string half = path.substr(0, path.find('/'));
  Entry entry{path, title, {{"Module", std::string(module)}, {"Kind", "setting"}, {"Half", half}}, {}};
  if (std::string doc = tree.doc_comment(id); !doc.empty())
    entry.blocks.push_back({Kind::Text, {}, std::move(doc), {}});
  entry.blocks.push_back({Kind::Code, {}, fields(tree, id), {}});
  return entry;
}

Section section(const stdlib::Module& module) {
  base::SourceManager sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add(std::string(module.path), std::string(module.text));
  const SyntaxTree tree = grammar::parse(sources, file, sink);
  Section out{std::string(module.name), file_comment(tree), {}};
  for (const NodeId id : tree.children(tree.root())) {
    switch (tree.kind(id)) {
      case NodeKind::Setting:
        out.entries.push_back(setting(tree, id, module.name));
        break;
      case NodeKind::Let:
      case NodeKind::Def:
      case NodeKind::Param:
        out.entries.push_back(helper(tree, id, module.name));
        break;
      default:
        break;
    }
  }
  return out;
}

}  // namespace

Document library_document() {
  Document document{"Standard library", {}, {"Module", "Kind", "Half"}, {}};
  document.introduction.push_back(
      {Kind::Text,
       {},
       "What a policy may use: `use std.tls` makes the helpers of a module visible, and the "
       "settings that it knows.",
       {}});
  for (const stdlib::Module& module : stdlib::modules()) document.sections.push_back(section(module));
  return document;
}

}  // namespace polc::document
