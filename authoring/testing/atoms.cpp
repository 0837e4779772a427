#include "authoring/testing/atoms.hpp"

#include <algorithm>

#include "runtime/ir/op_info.hpp"
#include "runtime/value/iis_schema.hpp"

namespace polc::authoring {
namespace {

using ir::Node;
using ir::NodeId;
using ir::Op;
using value::ResourceKind;
using value::TypeKind;

class Collector {
 public:
  explicit Collector(const ir::Program& program)
      : program_(program), collections_(program.variable_count, ir::kNone) {}

  void collect(NodeId id, bool in_guard) {
    const Node& node = program_.nodes[id];
    const NodeId* operands = program_.operands_of(node);
    switch (node.op) {
      case Op::True:
      case Op::False:
        atoms_.push_back({id, true, false, false, in_guard});
        return;
      case Op::And:
      case Op::Or:
        for (std::uint32_t i = 0; i < node.operand_count; ++i) collect(operands[i], in_guard);
        return;
      case Op::All:
      case Op::Any: {
        settles(id, operands[0], in_guard);
        const NodeId outer = collections_[node.data];
        collections_[node.data] = operands[0];
        collect(operands[1], in_guard);
        collections_[node.data] = outer;
        return;
      }
      case Op::Select:
        settles(id, operands[0], in_guard);
        for (std::uint32_t i = 2; i < node.operand_count; i += 2) collect(operands[i], in_guard);
        return;
      default:
        if (ir::is_atom(node.op)) atom(id, in_guard);
    }
  }

  std::vector<Atom> take() { return std::move(atoms_); }

 private:
  void atom(NodeId id, bool in_guard) {
    const Node& node = program_.nodes[id];
    const bool asks_presence = node.op == Op::IsPresent;
    const bool settled = node.absence == ir::AbsenceRule::Settled;
    atoms_.push_back({id, true, any_operand(node, &Collector::is_read),
                      !asks_presence && !settled && any_operand(node, &Collector::may_be_absent), in_guard});
  }

  /// What a quantifier or a choice is about is settled like the fact of an atom.
  void settles(NodeId id, NodeId subject, bool in_guard) {
    const bool settled = program_.nodes[id].absence == ir::AbsenceRule::Settled;
    if (!settled && may_be_absent(subject)) atoms_.push_back({id, false, false, true, in_guard});
  }

  bool any_operand(const Node& node, bool (Collector::*holds)(NodeId) const) const {
    const NodeId* operands = program_.operands_of(node);
    return std::any_of(operands, operands + node.operand_count,
                       [&](NodeId operand) { return (this->*holds)(operand); });
  }

  /// Whether the value can be unknown. What a variable runs over is known where its body is reached, except who a
  /// principal is and what a row says.
  bool is_read(NodeId id) const {
    const Node& node = program_.nodes[id];
    switch (node.op) {
      case Op::Fact:
      case Op::Read:
      case Op::Field:
        return true;
      case Op::Variable:
        return node.type.kind == TypeKind::Principal;
      default:
        return any_operand(node, &Collector::is_read);
    }
  }

  bool may_be_absent(NodeId id) const {
    const Node& node = program_.nodes[id];
    switch (node.op) {
      case Op::Fact: {
        const value::Address& address = program_.addresses[node.data];
        return !is_total(address.resource, address.attribute);
      }
      case Op::Read: {
        const ir::ReadPattern& pattern = program_.reads[node.data];
        return !is_total(pattern.resource, pattern.attribute);
      }
      case Op::Field:
        return !is_total_field(node);
      case Op::Lookup:
        return true;
      default:
        return any_operand(node, &Collector::may_be_absent);
    }
  }

  static bool is_total(ResourceKind resource, value::AttributeId attribute) {
    return value::resource_info(resource).attributes[attribute].total;
  }

  bool is_total_field(const Node& field) const {
    const Node& record = program_.nodes[program_.operands_of(field)[0]];
    if (record.type.kind != TypeKind::Record) return false;
    const value::RecordInfo& info = value::records()[record.type.detail];
    const std::string_view name = program_.text(field.data);
    if (info.open) return is_total_iis_field(record, name);
    return std::any_of(info.fields.begin(), info.fields.end(),
                       [&](const value::FieldInfo& known) { return known.name == name && known.total; });
  }

  /// Keys of an element, and attributes with a default in the schema.
  bool is_total_iis_field(const Node& record, std::string_view name) const {
    const value::IisElement* element =
        record.op == Op::Variable ? iis_element(collections_[record.data]) : nullptr;
    if (element == nullptr || !element->collection) return false;
    const auto* attribute = value::find_iis_attribute(element->collection->attributes, name);
    return attribute != nullptr && (attribute->key || attribute->fallback);
  }

  const value::IisElement* iis_element(NodeId collection) const {
    if (collection == ir::kNone) return nullptr;
    const Node& node = program_.nodes[collection];
    const std::string* section = nullptr;
    if (node.op == Op::Fact) section = program_.addresses[node.data].argument<std::string>(0);
    if (node.op == Op::Read) {
      const Node& argument = program_.nodes[program_.operands_of(node)[0]];
      if (argument.op == Op::Constant) section = program_.constants[argument.data].get<std::string>();
    }
    return section != nullptr ? value::find_iis_element(*section) : nullptr;
  }

  const ir::Program& program_;
  std::vector<NodeId> collections_;  ///< by variable slot
  std::vector<Atom> atoms_;
};

/// The group's condition stands beside that of the control: its outermost expansion has no call. 0 for others.
std::uint32_t beside(const ir::Program& program, NodeId id) {
  std::uint32_t expansion = program.nodes[id].expansion;
  if (expansion == 0) return 0;
  while (program.expansions[expansion].caller != 0) expansion = program.expansions[expansion].caller;
  return program.expansions[expansion].call == 0 ? expansion : 0;
}

}  // namespace

std::vector<Atom> atoms_of(const ir::Program& program, const ir::Control& control) {
  Collector collector(program);
  if (control.guard != ir::kNone) collector.collect(control.guard, true);
  for (const ir::Require& require : control.requires_) collector.collect(require.root, false);
  return collector.take();
}

std::vector<GuardClause> guard_clauses(const ir::Program& program, const ir::Control& control) {
  if (control.guard == ir::kNone) return {};
  const Node& root = program.nodes[control.guard];
  const NodeId* operands = program.operands_of(root);
  const bool is_joined = root.op == Op::And && root.expansion == 0 &&
                         std::any_of(operands, operands + root.operand_count,
                                     [&](NodeId id) { return beside(program, id) != 0; });
  if (!is_joined) return {{control.guard, control.guard_range}};
  std::vector<GuardClause> clauses;
  for (std::uint32_t i = 0; i < root.operand_count; ++i) {
    const std::uint32_t group = beside(program, operands[i]);
    clauses.push_back({operands[i], group != 0 ? program.expansions[group].body : control.guard_range});
  }
  return clauses;
}

}  // namespace polc::authoring
