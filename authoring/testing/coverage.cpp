#include "authoring/testing/coverage.hpp"

#include <unordered_map>

#include "runtime/evaluate/comparison.hpp"
#include "runtime/evaluate/evaluator.hpp"
#include "runtime/ir/op_info.hpp"

namespace polc::authoring {
namespace {

using evaluate::Evaluator;
using ir::Node;
using ir::NodeId;
using ir::Op;
using value::Truth;

constexpr std::size_t index_of(Sight sight) {
  return static_cast<std::size_t>(sight);
}

Sight sight_of(Truth truth) {
  return truth == Truth::True ? Sight::True : truth == Truth::False ? Sight::False : Sight::Unknown;
}

/// Looks at every part of a control, also at those that the verdict does not need.
class Observer {
 public:
  Observer(const Stand& stand, const ir::Control& control, ControlCoverage& coverage)
      : program_(*stand.program), evaluator_(program_, *stand.facts), coverage_(coverage) {
    const std::vector<Atom> atoms = atoms_of(program_, control);
    for (std::size_t i = 0; i < atoms.size() && i < coverage.atoms.size(); ++i) atoms_[atoms[i].node] = i;
  }

  void observe(const ir::Control& control) {
    if (control.guard != ir::kNone) {
      evaluator_.start();
      const Truth guard = evaluator_.judge(control.guard).truth;
      coverage_.guard.seen[index_of(sight_of(guard))] = true;
      visit(control.guard);
      if (guard != Truth::True) return;
    }
    for (const ir::Require& require : control.requires_) visit(require.root);
  }

 private:
  void visit(NodeId id) {
    const Node& node = program_.nodes[id];
    const NodeId* operands = program_.operands_of(node);
    evaluator_.start();  // each part has the whole budget
    switch (node.op) {
      case Op::True:
      case Op::False:
        return note(id, node.op == Op::True ? Sight::True : Sight::False);
      case Op::And:
      case Op::Or:
        for (std::uint32_t i = 0; i < node.operand_count; ++i) visit(operands[i]);
        return;
      case Op::All:
      case Op::Any:
        return elements(id);
      case Op::Select:
        return chosen(id);
      default:
        return atom(id);
    }
  }

  void elements(NodeId id) {
    const Node& node = program_.nodes[id];
    evaluate::Elements elements = evaluator_.elements(program_.operands_of(node)[0]);
    if (elements.collection().status() == value::FactStatus::Absent) note(id, Sight::Absent);
    if (!elements.collection().present()) return;
    for (std::uint64_t i = 0; i < elements.size(); ++i) {
      const Evaluator::Binding binding(evaluator_, node, elements.at(i));
      visit(program_.operands_of(node)[1]);
    }
  }

  void chosen(NodeId id) {
    const Node& node = program_.nodes[id];
    const NodeId* operands = program_.operands_of(node);
    const evaluate::Outcome subject = evaluator_.compute(operands[0]);
    if (subject.status() == value::FactStatus::Absent) note(id, Sight::Absent);
    if (!subject.present()) return;
    for (std::uint32_t i = 1; i < node.operand_count; i += 2) {
      const evaluate::Outcome label = evaluator_.compute(operands[i]);
      const auto same =
          evaluate::compare_values(ir::Comparison::Equal, subject.value(), program_.nodes[operands[0]].type,
                                   label.value(), program_.nodes[operands[i]].type);
      if (same.is_true()) return visit(operands[i + 1]);
    }
  }

  /// What cannot be reached with an absent fact says nothing where it is one.
  void atom(NodeId id) {
    const evaluate::AtomResult result = evaluator_.judge_atom(id);
    const bool absent = result.settlement == evaluate::Settlement::Absent;
    if (absent && program_.nodes[id].absence == ir::AbsenceRule::Settled) return;
    if (absent) note(id, Sight::Absent);
    note(id, sight_of(result.truth));
  }

  void note(NodeId id, Sight sight) {
    const auto known = atoms_.find(id);
    if (known != atoms_.end()) coverage_.atoms[known->second].seen[index_of(sight)] = true;
  }

  const ir::Program& program_;
  Evaluator evaluator_;
  ControlCoverage& coverage_;
  std::unordered_map<NodeId, std::size_t> atoms_;
};

const base::SourceBuffer* find_source(const base::SourceManager& sources, std::string_view name) {
  for (std::size_t id = 1; id <= sources.size(); ++id) {
    const base::SourceBuffer* buffer = sources.find(static_cast<base::FileId>(id));
    if (buffer->name() == name) return buffer;
  }
  return nullptr;
}

std::string line_at(std::string_view text, std::uint32_t offset) {
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find('\n', offset), text.size());
  return std::string(text.substr(begin, end - begin));
}

AtomCoverage demanded_of(const ir::Program& program, const Atom& atom) {
  AtomCoverage coverage;
  coverage.place = program.ranges[program.nodes[atom.node].range];
  coverage.file = program.text(program.files[coverage.place.file].path);
  coverage.demanded[index_of(Sight::True)] = coverage.demanded[index_of(Sight::False)] = atom.decides;
  coverage.demanded[index_of(Sight::Unknown)] = atom.can_be_unknown;
  coverage.demanded[index_of(Sight::Absent)] = atom.can_be_absent;
  return coverage;
}

}  // namespace

std::size_t Seen::demands() const {
  std::size_t count = 0;
  for (const bool one : demanded) count += one ? 1 : 0;
  return count;
}

std::size_t Seen::covered() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < kSights; ++i) count += demanded[i] && seen[i] ? 1 : 0;
  return count;
}

std::size_t ControlCoverage::demands() const {
  std::size_t count = guard.demands();
  for (const AtomCoverage& atom : atoms) count += atom.demands();
  return count;
}

std::size_t ControlCoverage::covered() const {
  std::size_t count = guard.covered();
  for (const AtomCoverage& atom : atoms) count += atom.covered();
  return count;
}

Coverage::Coverage(const ir::Program& program) {
  for (const ir::Control& control : program.controls) {
    ControlCoverage coverage;
    coverage.id = program.text(control.id);
    coverage.guard.demanded[index_of(Sight::True)] = coverage.guard.demanded[index_of(Sight::False)] =
        control.guard != ir::kNone;
    for (const Atom& atom : atoms_of(program, control)) coverage.atoms.push_back(demanded_of(program, atom));
    controls_.push_back(std::move(coverage));
  }
}

void Coverage::observe(const Stand& stand) {
  for (const std::uint32_t index : stand.options.controls) {
    const ir::Control& control = stand.program->controls[index];
    Observer(stand, control, controls_[index]).observe(control);
  }
}

void Coverage::read_text(const base::SourceManager& sources) {
  for (ControlCoverage& control : controls_) {
    for (AtomCoverage& atom : control.atoms) {
      if (const base::SourceBuffer* buffer = find_source(sources, atom.file))
        atom.line = line_at(buffer->text(), atom.place.begin);
    }
  }
}

std::size_t Coverage::demands() const {
  std::size_t count = 0;
  for (const ControlCoverage& control : controls_) count += control.demands();
  return count;
}

std::size_t Coverage::covered() const {
  std::size_t count = 0;
  for (const ControlCoverage& control : controls_) count += control.covered();
  return count;
}

}  // namespace polc::authoring
