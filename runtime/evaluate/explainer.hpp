// Explains one boolean expression: walks its nodes, asks the evaluator for each value, and hangs them at their
// places in the source text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/limits.hpp"
#include "runtime/evaluate/evaluator.hpp"
#include "runtime/evaluate/excerpt.hpp"
#include "runtime/evaluate/remedies.hpp"
#include "runtime/evaluate/result.hpp"

namespace polc::evaluate {

class Explainer {
 public:
  /// The expression `root`, whose source text `excerpt` stands at `range`.
  Explainer(Evaluator& evaluator, ir::NodeId root, ir::RangeId range, std::string_view excerpt);

  Explanation run();

 private:
  using Nodes = std::vector<ExplainedNode>;

  const ir::Node& node(ir::NodeId id) const { return program_.nodes[id]; }
  ir::NodeId operand(const ir::Node& n, std::uint32_t i) const { return program_.operands_of(n)[i]; }
  ir::NodeId id_of(const ir::Node& n) const { return static_cast<ir::NodeId>(&n - program_.nodes.data()); }
  bool step() { return ++steps_ <= limits::kExplainedNodes; }

  // Truth. `fallback` is the offset for nodes that have no place in the excerpt.
  void boolean(ir::NodeId id, std::uint32_t fallback, Nodes& out);
  void connective(const ir::Node& n, std::uint32_t fallback, Nodes& out);
  void quantifier(const ir::Node& n, std::uint32_t fallback, Nodes& out);
  void select(const ir::Node& n, std::uint32_t fallback, Nodes& out);
  void atom(const ir::Node& n, std::uint32_t fallback, Nodes& out);
  void add_truth(ir::NodeId id, std::uint32_t offset, std::string text, Nodes& out);
  std::optional<std::uint32_t> truth_place(const ir::Node& n) const;
  bool shows_opposite(const ir::Node& n, std::optional<std::uint32_t> at) const;
  std::optional<ir::NodeId> branch_of(const ir::Node& select);

  // Values.
  void values(ir::NodeId id, std::uint32_t fallback, Nodes& out);
  void add_value(ir::NodeId id, std::uint32_t offset, Nodes& out);
  void add_redacted(ir::NodeId id, std::uint32_t fallback, value::Truth truth, Nodes& out);
  bool is_shown(ir::NodeId id) const;
  bool is_parameter(const ir::Node& n) const;
  std::uint32_t value_place(const ir::Node& n, std::uint32_t fallback) const;
  bool any_below(ir::NodeId id, bool (*test)(const ir::Program&, const ir::Node&)) const;
  bool is_sensitive(ir::NodeId id) const;

  // Elements that decided a quantifier.
  void witnesses(const ir::Node& quantifier, value::Truth truth, const std::string& outer);
  std::string variable_name(const ir::Node& quantifier) const;

  // What to do about it.
  std::vector<std::string> remedies(ir::NodeId id);
  std::vector<std::string> alternatives(const ir::Node& n);
  std::vector<std::string> element_remedies(const ir::Node& quantifier);
  std::string atom_remedy(const ir::Node& n);
  std::string comparison_remedy(const ir::Node& n);
  Subject subject_of(ir::NodeId id) const;
  void notes(const ir::Node& n, const AtomResult& result);
  void mistyped_note(const ir::Node& n);
  std::string expected_text(const ir::Node& n) const;
  void note(std::string text);

  Evaluator& evaluator_;
  const ir::Program& program_;
  Excerpt excerpt_;
  ir::NodeId root_;
  Explanation explanation_;
  std::size_t steps_ = 0;
};

}  // namespace polc::evaluate
