// Conditions to program nodes: negation normal form, and what absence means for each comparison.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "compiler/lower/program_builder.hpp"
#include "compiler/lower/settled.hpp"
#include "compiler/types/expression.hpp"
#include "runtime/base/diagnostic.hpp"

namespace polc::compiler {

/// Lowers the conditions of one control: its guards first, then its requirements, which may rely on what the
/// guards ask to be present.
class ConditionLowering {
 public:
  ConditionLowering(ProgramBuilder& builder, const Expressions& expressions,
                    const base::SourceManager& sources, base::DiagnosticSink& sink);

  /// A condition without polarity, which requirements may rely on. ir::kNone after an error.
  ir::NodeId guard(ExprId condition);

  /// Takes a guard as lowered elsewhere.
  void rely_on(ExprId condition) { settled_.learn(condition, true); }

  /// A requirement; ir::kNone after an error.
  ir::NodeId requirement(ExprId condition);

 private:
  /// How the place of a condition bears on its verdict.
  struct Place {
    bool negated = false;   ///< under an odd number of `not`
    bool guard = false;     ///< no polarity: in a `when`, or on the left of `=>`
    bool compared = false;  ///< inside `==` between conditions

    Place inverted() const { return {!negated, guard, compared}; }
  };

  struct Absence {
    ir::AbsenceRule rule = ir::AbsenceRule::Fails;
    ir::DefaultsId defaults = 0;
    bool correct = true;
  };

  /// Remembers under which polarity helpers are called while their bodies are lowered.
  class Entered {
   public:
    Entered(ConditionLowering& lowering, ExprId id, Place place);
    ~Entered();
    Entered(const Entered&) = delete;
    Entered& operator=(const Entered&) = delete;

   private:
    ConditionLowering& lowering_;
    std::vector<ExpansionId> entered_;
  };

  ir::NodeId root(ExprId id, Place place);
  ir::NodeId condition(ExprId id, Place place);
  ir::NodeId connective(ExprId id, Place place);
  ir::NodeId implies(ExprId id, Place place);
  ir::NodeId same_truth(ExprId id, Place place);
  ir::NodeId quantifier(ExprId id, Place place);
  ir::NodeId branch(ExprId id, Place place);
  ir::NodeId suffixed(ExprId id, Place place);
  ir::NodeId atom(ExprId id, Place place, Absence absence);
  ir::NodeId atom_node(ExprId id, Place place, Absence absence);
  ir::NodeId compare(ExprId id, Place place, Absence absence);

  ExprId find_choice(ExprId id) const;
  template <class Arm>
  ir::NodeId lift_choice(ExprId choice, ExprId whole, Place place, Arm arm);

  // Values
  ir::NodeId value(ExprId id);
  ir::NodeId fact(ExprId id);
  ir::NodeId constant(ExprId id);

  // Absence
  Absence unmarked_absence(ExprId id, Place place);
  Absence or_absent(ExprId suffix, ExprId id, Place place);
  Absence or_default(ExprId suffix, ExprId id);
  std::vector<ExprId> facts_that_may_be_absent(ExprId id) const;
  void collect_facts(ExprId id, std::vector<ExprId>& facts) const;
  bool may_be_absent(ExprId id) const;
  ir::DefaultsId known_defaults(ExprId fact);

  ir::Node node(ir::Op op, ExprId id, Place place);
  std::uint32_t expansion(ExpansionId id);
  ir::NodeId emit(ir::Node node, const std::vector<ir::NodeId>& operands);
  std::string excerpt(ExprId id) const { return std::string(sources_.text(expressions_.clause_span(id))); }
  Absence fail(base::Diagnostic diagnostic);

  ProgramBuilder& builder_;
  const Expressions& expressions_;
  const base::SourceManager& sources_;
  base::DiagnosticSink& sink_;
  SettledFacts settled_;
  std::unordered_map<ExprId, ExprId> chosen_;               // choices replaced by one of their cases
  std::unordered_map<std::uint32_t, std::uint32_t> slots_;  // variable to slot
  std::unordered_map<ExpansionId, bool> called_negated_;    // helpers whose bodies are being lowered
  std::map<std::tuple<ExpansionId, std::uint32_t, bool>, std::uint32_t> lowered_expansions_;  // by caller
  base::Span root_;          // of the condition at hand
  std::size_t emitted_ = 0;  // nodes of the control
  bool failed_ = false;
};

}  // namespace polc::compiler
