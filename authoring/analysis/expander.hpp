// From the program's nodes to formulas: quantifiers over what is known are unrolled, choices become cases, and every atom
// leaves hints at the locations that it reads.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "authoring/analysis/question.hpp"

namespace polc::analysis {

class Expander {
 public:
  Expander(Question& question, std::uint32_t program);

  FormulaId expand(ir::NodeId node, BindingId binding);
  FormulaId attested(std::uint32_t control);
  FormulaId host_name(const std::string& pattern);  ///< of the host's name (expander_hints.cpp)

 private:
  /// A fact that a condition reads.
  struct Use {
    value::Address address;
    value::Type type;
    std::vector<LocationId> sources;
  };

  FormulaId quantifier(ir::NodeId id, BindingId binding);
  FormulaId unrolled(ir::NodeId id, BindingId binding, const std::vector<value::Value>& elements);
  FormulaId over_examples(ir::NodeId id, BindingId binding, const Use& collection);
  bool looks_at(ir::NodeId id, std::uint32_t variable) const;
  FormulaId select(ir::NodeId id, BindingId binding);
  FormulaId atom(Atom::Kind kind, ir::NodeId id, std::uint32_t detail, BindingId binding);

  // What a condition reads (expander_reads.cpp).
  std::vector<Use> uses(ir::NodeId id, BindingId binding);
  bool reads(ir::NodeId id, BindingId binding, std::vector<Use>& found);
  Use use_of(value::Address address, value::Type type);
  void add_host_traits(ir::NodeId id, std::vector<LocationId>& locations);
  bool is_constant(ir::NodeId id, BindingId binding) const;
  bool is_bound(std::uint32_t slot, BindingId binding) const;
  std::optional<value::Value> constant(ir::NodeId id, BindingId binding);
  std::optional<std::vector<value::Value>> known_elements(ir::NodeId collection, BindingId binding);

  // Hints (expander_hints.cpp).
  void leave_hints(ir::NodeId id, BindingId binding);
  void leave_setting_hints(const Use& use);
  void leave_bounds(LocationId location, const ir::Setting& setting, const std::optional<value::Integer>& min,
                    const std::optional<value::Integer>& max);
  void hint_comparison(ir::NodeId left, ir::NodeId right, ir::Comparison comparison, BindingId binding);
  void hint(ir::NodeId side, BindingId binding, const Hints& hints);
  void hint_element(const ir::Node& variable, BindingId binding, const Hints& hints, const ir::Node* field);
  Hints hints_of(ir::NodeId constant_side, BindingId binding, ir::Comparison comparison);

  const ir::Node& node(ir::NodeId id) const { return program_.nodes[id]; }
  ir::NodeId operand(ir::NodeId id, std::uint32_t index) const {
    return program_.operands_of(node(id))[index];
  }
  void refuse(std::string why);

  Question& question_;
  std::uint32_t subject_;
  const ir::Program& program_;
  std::vector<std::pair<std::uint32_t, ir::NodeId>> open_;  ///< variables of quantifiers that stay whole
};

}  // namespace polc::analysis
