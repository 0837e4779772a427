// The fields of a block such as `policy { ... }`, `waive { ... }` or `setting { ... }`, by name.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "grammar/syntax_tree.hpp"
#include "runtime/base/diagnostic.hpp"

namespace polc::compiler {

struct BlockFields {
  std::unordered_map<std::string_view, grammar::NodeId> single;
  std::vector<grammar::NodeId> repeated;  ///< of the one name that may be repeated
  bool correct = true;

  grammar::NodeId find(std::string_view name) const {
    const auto found = single.find(name);
    return found != single.end() ? found->second : grammar::kNoNode;
  }
};

/// The fields of the blocks that the language has.
const std::vector<std::string_view>& policy_fields();
const std::vector<std::string_view>& setting_fields();
const std::vector<std::string_view>& element_fields();
const std::vector<std::string_view>& waiver_fields();

/// Collects the Field children of `block`. Reports names that are not in `known`, and names written twice
/// unless they are `repeatable`. `object` names the block in messages: "a setting".
BlockFields block_fields(const grammar::SyntaxTree& tree, grammar::NodeId block, std::string_view object,
                         const std::vector<std::string_view>& known, std::string_view repeatable,
                         base::DiagnosticSink& sink);

}  // namespace polc::compiler
