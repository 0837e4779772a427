#include "runtime/ir/verify.hpp"

#include <functional>
#include <string>

#include "runtime/base/limits.hpp"
#include "tests/support/sample_program.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using value::TypeKind;

namespace {

std::string problem_after(const std::function<void(ir::Program&)>& damage) {
  ir::Program program = test::sample_program();
  damage(program);
  const auto result = ir::verify(program, "p.polc");
  return result ? std::string() : base::message_of(result.error());
}

ir::Node& first(ir::Program& p, ir::Op op) {
  for (ir::Node& node : p.nodes) {
    if (node.op == op) return node;
  }
  throw std::logic_error("no such node");
}

/// A quantifier in a quantifier, `levels` deep, over the bare collection {}.
ir::Program nested(std::size_t levels) {
  test::ProgramBuilder b;
  ir::NodeId body = b.truth_node(ir::Op::True, {});
  for (std::size_t i = 0; i < levels; ++i) body = b.truth_node(ir::Op::And, {body});
  b.control("C", {body});
  return b.program();
}

}  // namespace

TEST_CASE("the sample program is well formed") {
  CHECK(problem_after([](ir::Program&) {}).empty());
}

TEST_CASE("what the verifier finds") {
  struct Row {
    const char* problem;
    std::function<void(ir::Program&)> damage;
  };
  const auto row = GENERATE(values<Row>({
      {"a text that does not exist in control 0", [](auto& p) { p.controls[0].title = 9999; }},
      {"a text that does not exist in the policy header", [](auto& p) { p.policy.id = 9999; }},
      {"a text that does not exist in waiver 0", [](auto& p) { p.waivers[0].owner = 9999; }},
      {"a node that does not exist in control 1", [](auto& p) { p.controls[1].requires_[0].root = 9999; }},
      {"an expression that is not boolean in control 1",
       [](auto& p) { p.controls[1].requires_[0].root = 0; }},
      {"a control that asks for nothing in control 1", [](auto& p) { p.controls[1].requires_.clear(); }},
      {"a group that does not exist in control 0", [](auto& p) { p.controls[0].group = 7; }},
      {"a control that does not exist in waiver 0", [](auto& p) { p.waivers[0].controls = {2}; }},
      {"controls that are not in order in waiver 0",
       [](auto& p) {
         p.waivers[0].controls = {1, 0};
       }},
      {"controls that are not in order in waiver 0",
       [](auto& p) {
         p.waivers[0].controls = {1, 1};
       }},
      {"a text that does not exist in waiver 0", [](auto& p) { p.waivers[0].target = 9999; }},
      {"a constant that does not exist in parameter 0",
       [](auto& p) { p.parameters[0].sources[1].value = 9999; }},
      {"a text that does not exist in the profile", [](auto& p) { p.profile.extends[0] = 9999; }},
      {"a text that does not exist in the profile", [](auto& p) { p.profile.loosened[0].because = 9999; }},
      {"a control that does not exist in the profile", [](auto& p) { p.profile.regraded[0].control = 2; }},
      {"a constant that does not exist in parameter 0", [](auto& p) { p.parameters[0].value = 9999; }},
      {"a constant that does not exist in default 1", [](auto& p) { p.defaults[1][0].value = 9999; }},
      {"builds in the wrong order in default 1", [](auto& p) { p.defaults[1][0].max_build = 1; }},
      {"an unknown attribute in address 0", [](auto& p) { p.addresses[0].attribute = 200; }},
      {"a wrong number of arguments in address 0", [](auto& p) { p.addresses[0].arguments.pop_back(); }},
      {"an argument of the wrong type in address 0",
       [](auto& p) { p.addresses[0].arguments[0] = value::integer(1); }},
      {"an argument of the wrong type in address 0",
       [](auto& p) { p.addresses[0].arguments[1] = value::Value(); }},
      {"a place outside the policy's files in source range 1", [](auto& p) { p.ranges[1].file = 3; }},
      {"a place outside the policy's files in source range 1", [](auto& p) { p.ranges[1].begin = 1000; }},
      {"an empty table in the program", [](auto& p) { p.ranges.clear(); }},
      {"an empty table in the program", [](auto& p) { p.expansions.clear(); }},
      {"a caller that comes later in expansion 1", [](auto& p) { p.expansions[1].caller = 2; }},
      {"a caller that comes later in expansion 2", [](auto& p) { p.expansions[2].caller = 2; }},
      {"a text that does not exist in expansion 1", [](auto& p) { p.expansions[1].title = 9999; }},
      {"a text that does not exist in expansion 1", [](auto& p) { p.expansions[1].excerpt = 9999; }},
      {"a source range that does not exist in expansion 2", [](auto& p) { p.expansions[2].call = 9999; }},
      {"a source range that does not exist in expansion 2", [](auto& p) { p.expansions[2].body = 9999; }},
      {"too many variables in the program", [](auto& p) { p.variable_count = 65; }},
  }));
  CAPTURE(row.problem);
  CHECK(problem_after(row.damage) == "p.polc is not a valid program: " + std::string(row.problem));
}

TEST_CASE("expansions are as deep as the compiler makes them, and no deeper") {
  const auto nested = [](std::size_t depth) {
    return problem_after([depth](ir::Program& p) {
      p.expansions.resize(1);
      for (ir::Node& node : p.nodes) node.expansion = 0;
      for (std::uint32_t i = 0; i < depth; ++i) p.expansions.push_back({i, 0, 0, 0, 0, false});
    });
  };
  CHECK(nested(limits::kInlineDepth).empty());
  CHECK(nested(limits::kInlineDepth + 1) == "p.polc is not a valid program: too deep in expansion 65");
}

TEST_CASE("what the verifier finds in nodes") {
  struct Row {
    const char* problem;
    std::function<void(ir::Program&)> damage;
  };
  const auto row = GENERATE(values<Row>({
      {"an operand that does not precede it",
       [](auto& p) { p.operands[first(p, ir::Op::Compare).first_operand] = 5000; }},
      {"operands that do not exist", [](auto& p) { first(p, ir::Op::Compare).first_operand = 5000; }},
      {"operands that do not exist", [](auto& p) { first(p, ir::Op::Compare).first_operand = UINT32_MAX; }},
      {"a wrong number of operands", [](auto& p) { first(p, ir::Op::Compare).operand_count = 1; }},
      {"a wrong number of operands", [](auto& p) { first(p, ir::Op::And).operand_count = 0; }},
      {"types that do not compare",
       [](auto& p) { first(p, ir::Op::Compare).comparison = ir::Comparison::In; }},
      {"truth and value mixed up", [](auto& p) { first(p, ir::Op::Compare).op = ir::Op::And; }},
      {"a value that is not boolean", [](auto& p) { first(p, ir::Op::IsPresent).op = ir::Op::Holds; }},
      {"a value that is no principal", [](auto& p) { first(p, ir::Op::IsPresent).op = ir::Op::IsResolved; }},
      {"a variable that does not exist", [](auto& p) { first(p, ir::Op::Variable).data = 1; }},
      {"a constant that does not exist", [](auto& p) { first(p, ir::Op::Constant).data = 5000; }},
      {"an address that does not exist", [](auto& p) { first(p, ir::Op::Fact).data = 5000; }},
      {"a computed address that does not exist", [](auto& p) { first(p, ir::Op::Read).data = 5000; }},
      {"an unknown attribute", [](auto& p) { p.reads[first(p, ir::Op::Read).data].attribute = 200; }},
      {"an unknown protocol", [](auto& p) { first(p, ir::Op::MakePort).data = 2; }},
      {"OS defaults that do not exist", [](auto& p) { first(p, ir::Op::Compare).defaults = 5000; }},
      {"an expansion that does not exist", [](auto& p) { first(p, ir::Op::Compare).expansion = 5000; }},
      {"an unknown type", [](auto& p) { first(p, ir::Op::Fact).type.kind = static_cast<TypeKind>(99); }},
      {"an unknown enumeration", [](auto& p) { first(p, ir::Op::Fact).type = value::enumeration_type(999); }},
      {"an unknown record", [](auto& p) { first(p, ir::Op::Fact).type = value::record_type(999); }},
      {"an unknown operation", [](auto& p) { first(p, ir::Op::Fact).op = static_cast<ir::Op>(99); }},
      {"a quantifier over something that is no collection",
       [](auto& p) {
         first(p, ir::Op::Range).op = ir::Op::Subtract;
         first(p, ir::Op::Subtract).type = {};
       }},
  }));
  CAPTURE(row.problem);
  const std::string message = problem_after(row.damage);
  CHECK(message.find(row.problem) != std::string::npos);
  CHECK(message.find(" in node ") != std::string::npos);
}

TEST_CASE("a variable must stand inside its quantifier") {
  test::ProgramBuilder b;
  const ir::NodeId variable = b.variable(0, value::simple(TypeKind::Bool));
  b.control("C", {b.truth_node(ir::Op::Holds, {variable})});
  const auto result = ir::verify(b.program(), "p.polc");
  REQUIRE_FALSE(result);
  CHECK(base::message_of(result.error()) ==
        "p.polc is not a valid program: a variable that no quantifier binds in control 0");
}

TEST_CASE("a collection does not see the variable it binds") {
  test::ProgramBuilder b;
  const ir::NodeId variable = b.variable(0, value::set_of(TypeKind::Int));
  b.control("C", {b.truth_node(ir::Op::All, {variable, b.truth_node(ir::Op::True, {})}, 0)});
  CHECK_FALSE(ir::verify(b.program(), "p.polc"));
}

TEST_CASE("so many levels and no more") {
  CHECK(ir::verify(nested(limits::kEvaluationDepth - 1), "p.polc"));
  CHECK_FALSE(ir::verify(nested(limits::kEvaluationDepth), "p.polc"));
}

TEST_CASE("so many operands and no more") {
  const auto with_operands = [](std::size_t count) {
    test::ProgramBuilder b;
    const ir::NodeId truth = b.truth_node(ir::Op::True, {});
    const ir::NodeId all = b.truth_node(ir::Op::And, {});
    b.program().operands.assign(count, truth);
    b.program().nodes[all].first_operand = 0;
    b.program().nodes[all].operand_count = static_cast<std::uint32_t>(count);
    b.control("C", {all});
    return b.program();
  };
  CHECK(ir::verify(with_operands(limits::kOperands), "p.polc"));
  CHECK_FALSE(ir::verify(with_operands(limits::kOperands + 1), "p.polc"));
}
