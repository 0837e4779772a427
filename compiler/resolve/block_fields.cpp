#include "compiler/resolve/block_fields.hpp"

#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "runtime/base/diagnostics/semantics.hpp"

namespace polc::compiler {

using grammar::NodeId;
using grammar::NodeKind;

BlockFields block_fields(const grammar::SyntaxTree& tree, NodeId block, std::string_view object,
                         const std::vector<std::string_view>& known, std::string_view repeatable,
                         base::DiagnosticSink& sink) {
  BlockFields fields;
  for (const NodeId field : tree.children(block)) {
    if (tree.kind(field) == NodeKind::Error) fields.correct = false;
    if (tree.kind(field) != NodeKind::Field) continue;
    const NodeId word = tree.child(field, 0);
    const std::string_view name = tree.text(word);
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      sink.add(with_nearest(
          diag::UnknownField{
              .name = std::string(name), .object = std::string(object), .hint = advice(name, known)}
              .at(tree.span(word)),
          name, known));
      fields.correct = false;
      continue;
    }
    if (name == repeatable) {
      fields.repeated.push_back(field);
      continue;
    }
    const auto [first, is_new] = fields.single.try_emplace(name, field);
    if (is_new) continue;
    base::Diagnostic twice = diag::FieldTwice{.name = std::string(name)}.at(tree.span(word));
    twice.labels.push_back({tree.span(first->second), "first written here"});
    sink.add(std::move(twice));
    fields.correct = false;
  }
  return fields;
}

}  // namespace polc::compiler
