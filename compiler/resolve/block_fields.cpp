#include "compiler/resolve/block_fields.hpp"

#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "runtime/base/diagnostics/semantics.hpp"

namespace polc::compiler {

using grammar::NodeId;
using grammar::NodeKind;

const std::vector<std::string_view>& policy_fields() {
  static const std::vector<std::string_view> words{"version",  "description",      "source",
                                                   "language", "evidence_max_age", "allow_network"};
  return words;
}

const std::vector<std::string_view>& setting_fields() {
  static const std::vector<std::string_view> words{"scope",    "key",     "value",   "type",  "enabled",
                                                   "disabled", "element", "options", "range", "inf",
                                                   "right",    "audit",   "default"};
  return words;
}

const std::vector<std::string_view>& element_fields() {
  static const std::vector<std::string_view> words{"key", "value", "type", "options", "range"};
  return words;
}

const std::vector<std::string_view>& waiver_fields() {
  static const std::vector<std::string_view> words{"reason", "owner", "ticket"};
  return words;
}

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
