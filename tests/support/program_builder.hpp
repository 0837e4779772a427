// Builds programs by hand, for tests that must not depend on the compiler. Nodes get ranges inside a made-up
// source text, so explanations can be tested too.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "runtime/ir/program.hpp"

namespace polc::test {

class ProgramBuilder {
 public:
  ProgramBuilder() {
    program_.policy.id = text("test");
    program_.files.push_back({text("test.pol"), false, {}});
  }

  ir::Program& program() { return program_; }

  ir::TextId text(std::string_view t) {
    for (std::size_t i = 0; i < program_.texts.size(); ++i) {
      if (program_.texts[i] == t) return static_cast<ir::TextId>(i);
    }
    program_.texts.push_back(t);
    return static_cast<ir::TextId>(program_.texts.size() - 1);
  }

  ir::ConstantId constant_id(value::Value v) {
    program_.constants.push_back(std::move(v));
    return static_cast<ir::ConstantId>(program_.constants.size() - 1);
  }

  ir::DefaultsId defaults(std::vector<ir::DefaultRow> rows) {
    program_.defaults.push_back(std::move(rows));
    return static_cast<ir::DefaultsId>(program_.defaults.size() - 1);
  }

  /// A part of the one source file, which is a single line.
  ir::RangeId range(std::uint32_t begin, std::uint32_t end) {
    program_.ranges.push_back({0, begin, end, 1, begin + 1, 1, end + 1});
    return static_cast<ir::RangeId>(program_.ranges.size() - 1);
  }

  ir::NodeId node(ir::Op op, value::Type type, std::initializer_list<ir::NodeId> operands,
                  std::uint32_t data = 0) {
    ir::Node n;
    n.op = op;
    n.type = type;
    n.first_operand = static_cast<std::uint32_t>(program_.operands.size());
    n.operand_count = static_cast<std::uint32_t>(operands.size());
    n.data = data;
    program_.operands.insert(program_.operands.end(), operands);
    program_.nodes.push_back(n);
    return static_cast<ir::NodeId>(program_.nodes.size() - 1);
  }

  ir::NodeId constant(value::Value v, value::Type type) {
    const ir::ConstantId id = constant_id(std::move(v));
    return node(ir::Op::Constant, type, {}, id);
  }
  ir::NodeId integer(std::int64_t v) {
    return constant(value::integer(v), value::simple(value::TypeKind::Int));
  }

  ir::NodeId fact(value::Address address, value::Type type) {
    program_.addresses.push_back(std::move(address));
    return node(ir::Op::Fact, type, {}, static_cast<std::uint32_t>(program_.addresses.size() - 1));
  }

  ir::NodeId read(value::ResourceKind kind, value::AttributeId attribute, value::Type type,
                  std::initializer_list<ir::NodeId> arguments) {
    program_.reads.push_back({kind, attribute});
    return node(ir::Op::Read, type, arguments, static_cast<std::uint32_t>(program_.reads.size() - 1));
  }

  ir::NodeId variable(std::uint32_t slot, value::Type type) {
    program_.variable_count = std::max(program_.variable_count, slot + 1);
    return node(ir::Op::Variable, type, {}, slot);
  }

  ir::NodeId compare(ir::Comparison comparison, ir::NodeId left, ir::NodeId right,
                     ir::AbsenceRule absence = ir::AbsenceRule::Fails, ir::DefaultsId defaults = 0) {
    const ir::NodeId id = node(ir::Op::Compare, value::simple(value::TypeKind::Bool), {left, right});
    program_.nodes[id].comparison = comparison;
    program_.nodes[id].absence = absence;
    program_.nodes[id].defaults = defaults;
    return id;
  }

  ir::NodeId truth_node(ir::Op op, std::initializer_list<ir::NodeId> operands, std::uint32_t data = 0) {
    return node(op, value::simple(value::TypeKind::Bool), operands, data);
  }

  std::uint32_t control(std::string_view id, std::initializer_list<ir::NodeId> roots,
                        ir::NodeId guard = ir::kNone) {
    ir::Control c;
    c.id = text(id);
    c.title = text("Title of " + std::string(id));
    c.guard = guard;
    for (const ir::NodeId root : roots) c.requires_.push_back({0, root, 0, 0});
    program_.controls.push_back(std::move(c));
    return static_cast<std::uint32_t>(program_.controls.size() - 1);
  }

 private:
  ir::Program program_;
};

/// `registry(key, name)` as canonical address.
inline value::Address registry_address(std::string key, std::string name) {
  return {value::ResourceKind::Registry,
          0,
          {value::text(std::move(key)), value::text(std::move(name)), value::Value(), value::Value()}};
}

inline value::Value dword(std::uint64_t v) {
  return value::Value(value::RegistryData{value::RegistryType::Dword, 0, v});
}

}  // namespace polc::test
