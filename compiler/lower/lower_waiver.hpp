// `waive`: whom it covers, until when, and who answers for it.
#pragma once

#include <optional>
#include <vector>

#include "compiler/lower/control_targets.hpp"
#include "compiler/lower/program_builder.hpp"
#include "compiler/resolve/block_fields.hpp"
#include "compiler/types/checker.hpp"

namespace polc::compiler {

class WaiverLowering {
 public:
  /// `lowered` has for each of Package::controls its index in the program; nullopt where the profile leaves it out.
  WaiverLowering(const Package& package, Checker& checker, ControlTargets& targets,
                 const std::vector<std::optional<std::uint32_t>>& lowered, base::DiagnosticSink& sink,
                 ProgramBuilder& builder);

  /// Adds the waiver to the program if it is complete.
  void lower(ModuleId module, grammar::NodeId node);

 private:
  using NodeId = grammar::NodeId;

  bool read_controls(NodeId node, ir::Waiver& waiver);
  bool read_host(NodeId node, ir::Waiver& waiver);
  bool read_dates(NodeId node, ir::Waiver& waiver);
  void missing(NodeId node, std::string what, std::string example);
  std::optional<value::Value> date(NodeId node);
  ir::TextId text_field(const BlockFields& fields, std::string_view name);
  const grammar::SyntaxTree& tree() const { return package_.tree(module_); }

  const Package& package_;
  Checker& checker_;
  ControlTargets& targets_;
  const std::vector<std::optional<std::uint32_t>>& lowered_;
  base::DiagnosticSink& sink_;
  ProgramBuilder& builder_;
  ModuleId module_ = 0;  // of the waiver at hand
};

}  // namespace polc::compiler
