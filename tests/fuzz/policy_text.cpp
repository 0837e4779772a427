// Any bytes as a policy file: the parser comes back, and what it returns keeps the promises of syntax_tree.hpp.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "grammar/literals.hpp"
#include "grammar/parse.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/diagnostics/syntax.hpp"
#include "runtime/base/source.hpp"

namespace {

using namespace polc;
using namespace polc::grammar;

void require(bool promise) {
  if (!promise) std::abort();
}

void check_node(const SyntaxTree& tree, NodeId id, bool clean) {
  const Node& node = tree.node(id);
  require(node.begin <= node.end && node.end <= tree.source().size());
  require(!clean || node.kind != NodeKind::Error);
  std::uint32_t at = node.begin;
  for (const NodeId child : tree.children(id)) {
    require(tree.node(child).begin >= at);
    at = tree.node(child).end;
    check_node(tree, child, clean);
  }
  require(at <= node.end);
}

void check_literal(const SyntaxTree& tree, NodeId id, bool clean) {
  switch (tree.kind(id)) {
    case NodeKind::Int:
    case NodeKind::HexInt:
      return require(decode_integer(tree, id).has_value() || !clean);
    case NodeKind::Duration:
      return require(decode_duration(tree, id).has_value() || !clean);
    case NodeKind::Date:
      return require(decode_date(tree, id).has_value() || !clean);
    case NodeKind::RawString:
    case NodeKind::String:
    case NodeKind::TextBlock:
      return require(decode_string(tree, id).size() <= tree.text(id).size());
    default:
      return;
  }
}

void check_diagnostic(const base::Diagnostic& diagnostic, std::size_t size) {
  require(diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= size);
  for (const base::Label& label : diagnostic.labels) require(label.span.end <= size);
  for (const base::FixIt& fix : diagnostic.fixes) require(fix.replace.end <= size);
  require(!base::message_of(diagnostic).empty());
  base::hint_of(diagnostic);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  base::SourceManager sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("fuzz.pol", text);
  const SyntaxTree tree = parse(sources, file, sink);
  check_node(tree, tree.root(), sink.empty());
  for (std::size_t id = 1; id < tree.size(); ++id) check_literal(tree, static_cast<NodeId>(id), sink.empty());
  for (const Comment& comment : tree.comments())
    require(comment.begin < comment.end && comment.end <= text.size());
  for (const base::Diagnostic& diagnostic : sink.sorted()) {
    if (diagnostic.code != diag::TooManyDiagnostics::kCode) check_diagnostic(diagnostic, text.size());
  }
  require(!dump(tree).empty());
  return 0;
}
