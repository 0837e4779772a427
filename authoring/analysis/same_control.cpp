#include "authoring/analysis/same_control.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace polc::analysis {
namespace {

using ir::Op;

class Sameness {
 public:
  Sameness(const ir::Program& a, const ir::Program& b) : a_(a), b_(b) {}

  bool controls(const ir::Control& a, const ir::Control& b) {
    const bool guards =
        a.guard == ir::kNone || b.guard == ir::kNone ? a.guard == b.guard : nodes(a.guard, b.guard);
    return guards && manuals(a.manual, b.manual) &&
           std::equal(a.requires_.begin(), a.requires_.end(), b.requires_.begin(), b.requires_.end(),
                      [&](const ir::Require& x, const ir::Require& y) { return nodes(x.root, y.root); });
  }

  bool settings(const ir::Setting& a, const ir::Setting& b) const {
    return a.scope == b.scope && a.type == b.type && a.registry_type == b.registry_type &&
           a.disabled_deletes == b.disabled_deletes && a.min == b.min && a.max == b.max &&
           texts(a.key, b.key) && texts(a.value_name, b.value_name) && texts(a.inf_section, b.inf_section) &&
           texts(a.inf_key, b.inf_key) && texts(a.right, b.right) && texts(a.audit_guid, b.audit_guid) &&
           constants(a.enabled, b.enabled) && constants(a.disabled, b.disabled) &&
           defaults(a.defaults, b.defaults) &&
           std::equal(a.elements.begin(), a.elements.end(), b.elements.begin(), b.elements.end(),
                      [&](const auto& x, const auto& y) { return elements(x, y); });
  }

 private:
  bool texts(ir::TextId a, ir::TextId b) const { return a_.text(a) == b_.text(b); }

  bool constants(ir::ConstantId a, ir::ConstantId b) const {
    if (a == ir::kNone || b == ir::kNone) return a == b;
    return value::structural_order(a_.constants[a], b_.constants[b]) == 0;
  }

  bool manuals(const std::optional<ir::Manual>& a, const std::optional<ir::Manual>& b) const {
    if (!a || !b) return a.has_value() == b.has_value();
    return texts(a->key, b->key) && texts(a->instruction, b->instruction) && a->within == b->within;
  }

  /// Nodes are shared: a pair that has been found the same is not looked at again.
  bool nodes(ir::NodeId a, ir::NodeId b) {
    const auto [pair, is_new] = same_.insert({a, b});
    if (!is_new) return true;
    const ir::Node& x = a_.nodes[a];
    const ir::Node& y = b_.nodes[b];
    const bool alike = x.op == y.op && x.comparison == y.comparison && x.absence == y.absence &&
                       x.negated == y.negated && x.guard == y.guard && x.type == y.type &&
                       x.operand_count == y.operand_count;
    if (!alike || !data(x, y) || !defaults(x.defaults, y.defaults)) return false;
    const ir::NodeId* left = a_.operands_of(x);
    const ir::NodeId* right = b_.operands_of(y);
    for (std::uint32_t i = 0; i < x.operand_count; ++i) {
      if (!nodes(left[i], right[i])) return false;
    }
    return true;
  }

  bool data(const ir::Node& x, const ir::Node& y) const {
    switch (x.op) {
      case Op::Constant:
        return constants(x.data, y.data);
      case Op::Fact:
        return facts(a_.addresses[x.data], b_.addresses[y.data]);
      case Op::Read:
        return a_.reads[x.data] == b_.reads[y.data] && settings(a_.reads[x.data].resource, first_constant(x));
      case Op::Field:
        return texts(x.data, y.data);
      default:
        return x.data == y.data;
    }
  }

  bool facts(const value::Address& a, const value::Address& b) const {
    return a == b && settings(a.resource, a.arguments.empty() ? value::Value() : a.arguments.front());
  }

  bool defaults(ir::DefaultsId a, ir::DefaultsId b) const {
    const auto& left = a_.defaults[a];
    const auto& right = b_.defaults[b];
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](const ir::DefaultRow& x, const ir::DefaultRow& y) {
                        return x.min_build == y.min_build && x.max_build == y.max_build &&
                               x.roles == y.roles && constants(x.value, y.value);
                      });
  }

  /// What a Group Policy setting is on the machine belongs to what is asked.
  bool settings(value::ResourceKind resource, const value::Value& argument) const {
    if (resource != value::ResourceKind::Gpo) return true;
    const auto* path = argument.get<std::string>();
    if (path == nullptr) return false;
    const ir::Setting* a = find_setting(a_, *path);
    const ir::Setting* b = find_setting(b_, *path);
    return a != nullptr && b != nullptr && settings(*a, *b);
  }

  bool elements(const ir::SettingElement& x, const ir::SettingElement& y) const {
    return texts(x.label, y.label) && texts(x.key, y.key) && texts(x.value, y.value) && x.type == y.type &&
           x.min == y.min && x.max == y.max &&
           std::equal(x.options.begin(), x.options.end(), y.options.begin(), y.options.end(),
                      [&](const ir::SettingOption& m, const ir::SettingOption& n) {
                        return texts(m.label, n.label) && constants(m.value, n.value);
                      });
  }

  value::Value first_constant(const ir::Node& node) const {
    const ir::Node& first = a_.nodes[*a_.operands_of(node)];
    return first.op == Op::Constant ? a_.constants[first.data] : value::Value();
  }

  const ir::Program& a_;
  const ir::Program& b_;
  std::set<std::pair<ir::NodeId, ir::NodeId>> same_;
};

}  // namespace

bool is_same_control(const ir::Program& program_a, const ir::Control& a, const ir::Program& program_b,
                     const ir::Control& b) {
  return Sameness(program_a, program_b).controls(a, b);
}

bool is_same_setting(const ir::Program& program_a, const ir::Setting& a, const ir::Program& program_b,
                     const ir::Setting& b) {
  return Sameness(program_a, program_b).settings(a, b);
}

const ir::Setting* find_setting(const ir::Program& program, std::string_view path) {
  const auto found = std::find_if(program.settings.begin(), program.settings.end(),
                                  [&](const ir::Setting& s) { return program.text(s.path) == path; });
  return found != program.settings.end() ? &*found : nullptr;
}

}  // namespace polc::analysis
