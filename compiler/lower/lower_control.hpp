// One control: its clauses, its conditions, the guard of its group.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/lower/lower_condition.hpp"
#include "compiler/lower/program_builder.hpp"
#include "compiler/resolve/package.hpp"
#include "compiler/types/checker.hpp"

namespace polc::compiler {

class ControlLowering {
 public:
  ControlLowering(const Package& package, Checker& checker, const base::SourceManager& sources,
                  base::DiagnosticSink& sink, ProgramBuilder& builder);

  /// Adds the control to the program, and its group when it is the first of it.
  void lower(const ControlDeclaration& declaration);

 private:
  using NodeId = grammar::NodeId;

  struct GroupEntry {
    std::uint32_t index = 0;          // in the program
    std::optional<ir::NodeId> guard;  // lowered once for all controls without one of their own
  };

  void clause(NodeId node, ir::Control& control, ConditionLowering& conditions);
  void severity(NodeId node, ir::Control& control);
  void tags(NodeId node, ir::Control& control);
  void references(NodeId node, ir::Control& control);
  void manual(NodeId node, ir::Control& control);
  void guard(NodeId own, ir::Control& control, ConditionLowering& conditions);
  std::vector<NodeId> group_guards();
  void require(NodeId node, ir::Control& control, ConditionLowering& conditions);
  GroupEntry& group_entry();
  bool is_repeated(NodeId node);
  std::string string(NodeId node) const;
  ir::TextId string_text(NodeId node) { return builder_.text(string(node)); }
  const grammar::SyntaxTree& tree() const { return package_.tree(module_); }
  base::Span span(NodeId node) const { return tree().span(node); }

  const Package& package_;
  Checker& checker_;
  const base::SourceManager& sources_;
  base::DiagnosticSink& sink_;
  ProgramBuilder& builder_;

  // Of the control at hand.
  ModuleId module_ = 0;
  NodeId group_ = grammar::kNoNode;
  std::unordered_map<std::uint8_t, NodeId> seen_;  // clauses that stand once, by kind
  std::unordered_map<std::string, NodeId> labels_;
  std::unordered_map<std::uint64_t, GroupEntry> groups_;  // by module and node
};

}  // namespace polc::compiler
