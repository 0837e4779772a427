// Explains one boolean expression: walks its nodes, asks the evaluator for each value, and hangs them at their
// places in the source text: of the clause, or of the helper whose body they stand in.
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

/// Sorts values by their place; what a condition says twice is left once.
void tidy(std::vector<ExplainedNode>& nodes);

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

  // Helpers. `decides`: the truth of the clause rests on the node.
  Excerpt excerpt_of(std::uint32_t expansion) const;
  Excerpt excerpt_of(const ir::Node& n) const { return excerpt_of(n.expansion); }
  std::uint32_t place_of(const ir::Node& n) const { return excerpt_of(n).begin(n).value_or(0); }
  bool is_within(std::uint32_t expansion, std::uint32_t caller) const;
  Assertion& part(std::uint32_t expansion);
  ExplainedHelper& helper(std::uint32_t expansion);
  std::uint32_t enter(ir::NodeId id, bool decides, bool whole);
  std::string call_text(ir::NodeId id, bool negated);
  void show(std::uint32_t expansion, ExplainedNode shown);
  void tidy_helpers();

  // Truth.
  void boolean(ir::NodeId id, bool decides);
  void condition(const ir::Node& n, bool decides);
  void literal(const ir::Node& n);
  void connective(const ir::Node& n, bool decides);
  void quantifier(const ir::Node& n, bool decides);
  void select(const ir::Node& n, bool decides);
  void atom(const ir::Node& n, bool decides);
  void show_truth(const ir::Node& n, std::uint32_t offset, std::string text);
  std::optional<std::uint32_t> truth_place(const ir::Node& n) const;
  bool shows_opposite(const ir::Node& n, std::optional<std::uint32_t> at) const;
  std::optional<ir::NodeId> branch_of(const ir::Node& select);

  // Values. `whole`: the node is all that the helpers around it say.
  void values(ir::NodeId id, bool decides, bool whole = true);
  void show_value(ir::NodeId id, std::uint32_t offset);
  void show_redacted(ir::NodeId id, value::Truth truth);
  bool is_shown(ir::NodeId id) const;
  bool is_parameter(const ir::Node& n) const;
  std::uint32_t value_place(const ir::Node& n) const;
  bool any_below(ir::NodeId id, bool (*test)(const ir::Program&, const ir::Node&)) const;
  bool is_sensitive(ir::NodeId id) const;

  // Elements that decided a quantifier.
  void witnesses(std::uint32_t expansion, const ir::Node& quantifier, value::Truth truth,
                 const std::string& outer);
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
  Excerpt clause_;
  ir::NodeId root_;
  Explanation explanation_;
  std::vector<std::uint32_t> expansions_;  // of each of the explanation's helpers
  std::uint32_t frame_ = 0;                // the expansion that is being walked
  ir::RangeId or_ = 0;                     // of the Or that is walked directly above
  Nodes* witness_ = nullptr;               // collects everything while an element is looked at
  std::size_t steps_ = 0;
};

}  // namespace polc::evaluate
