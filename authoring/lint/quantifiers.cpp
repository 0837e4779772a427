// Quantifiers over nothing: what parameters bring in. (Values that cannot be there are errors of the compiler.)
#include <algorithm>

#include "authoring/lint/findings.hpp"
#include "runtime/base/diagnostics/lint.hpp"
#include "runtime/evaluate/evaluator.hpp"
#include "runtime/evaluate/no_facts.hpp"

namespace polc::lint {
namespace {

using ir::Node;
using ir::NodeId;
using ir::Op;

class Quantifiers {
 public:
  Quantifiers(Findings& findings, std::uint32_t control)
      : findings_(findings),
        program_(findings.program()),
        control_(control),
        evaluator_(program_, no_facts_) {}

  void look(NodeId id) {
    const Node& node = program_.nodes[id];
    if (node.op == Op::All) all(node);
    for (std::uint32_t i = 0; i < node.operand_count; ++i) look(program_.operands_of(node)[i]);
  }

 private:
  void all(const Node& node) {
    const NodeId collection = program_.operands_of(node)[0];
    if (!is_constant(program_, collection)) return;
    const evaluate::Elements elements = evaluator_.elements(collection);
    if (!elements.collection().present() || elements.size() > 0) return;
    const ir::SourceRange& range = program_.ranges[program_.nodes[collection].range];
    const ir::Control& control = program_.controls[control_];
    std::string text = "the collection";
    for (const ir::Require& require : control.requires_) {
      const ir::SourceRange& whole = program_.ranges[require.range];
      if (range.file == whole.file && whole.begin <= range.begin && range.end <= whole.end)
        text = program_.text(require.excerpt).substr(range.begin - whole.begin, range.end - range.begin);
    }
    findings_.add(
        diag::VacuousAll{.control = findings_.id(control_),
                         .collection = text,
                         .parameters = parameters_text(program_, analysis::mentions_of(program_, control))}
            .at(findings_.span(node.range)),
        {control_});
  }

  Findings& findings_;
  const ir::Program& program_;
  std::uint32_t control_;
  evaluate::NoFacts no_facts_;
  evaluate::Evaluator evaluator_;
};

}  // namespace

bool is_constant(const ir::Program& program, NodeId id) {
  const Node& node = program.nodes[id];
  if (node.op == Op::Fact || node.op == Op::Read || node.op == Op::Variable) return false;
  const NodeId* operands = program.operands_of(node);
  return std::all_of(operands, operands + node.operand_count,
                     [&](NodeId operand) { return is_constant(program, operand); });
}

void lint_quantifiers(Findings& findings, std::uint32_t control) {
  Quantifiers quantifiers(findings, control);
  const ir::Control& c = findings.program().controls[control];
  if (c.guard != ir::kNone) quantifiers.look(c.guard);
  for (const ir::Require& require : c.requires_) quantifiers.look(require.root);
}

}  // namespace polc::lint
