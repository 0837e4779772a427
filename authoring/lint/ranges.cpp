// Comparisons with settings that say the same of every number in the setting's range.
#include <algorithm>

#include "authoring/lint/findings.hpp"
#include "runtime/base/diagnostics/lint.hpp"
#include "runtime/evaluate/evaluator.hpp"
#include "runtime/evaluate/no_facts.hpp"

namespace polc::lint {
namespace {

using analysis::Bounds;
using ir::Comparison;
using ir::Node;
using ir::NodeId;
using ir::Op;
using value::Integer;
using value::ResourceKind;
using value::TypeKind;
using value::Value;

/// A host of which every fact holds the same.
class OneFact final : public evaluate::NoFacts {
 public:
  explicit OneFact(value::Fact fact) : fact_(std::move(fact)) {}
  const value::Fact& at(value::AddressId) const override { return fact_; }

 private:
  value::Fact fact_;
};

void gather(const Value& value, std::vector<Integer>& numbers) {
  if (const auto* duration = value.get<value::Duration>()) numbers.push_back(duration->seconds.low);
  if (const auto* number = value.get<value::Number>()) numbers.push_back(number->low);
  if (const auto* set = value.get<value::SetValue>()) {
    for (const Value& element : set->low) gather(element, numbers);
  }
}

class Ranges {
 public:
  Ranges(Findings& findings, std::uint32_t control)
      : findings_(findings), program_(findings.program()), control_(control), derivation_(program_) {}

  /// Each case of a choice answers for itself: one may well ask for nothing.
  void look(NodeId id) {
    const Node& node = program_.nodes[id];
    if (node.op == Op::Select) return;
    if (node.op == Op::Compare) return compare(id);
    for (std::uint32_t i = 0; i < node.operand_count; ++i) look(program_.operands_of(node)[i]);
  }

 private:
  void compare(NodeId id) {
    const Node& node = program_.nodes[id];
    const NodeId left = program_.operands_of(node)[0];
    const NodeId right = program_.operands_of(node)[1];
    const NodeId fact = program_.nodes[left].op == Op::Fact ? left : right;
    const NodeId other = fact == left ? right : left;
    const bool in_order = node.comparison <= Comparison::NotIn;
    if (!in_order || program_.nodes[fact].op != Op::Fact || !is_constant(program_, other)) return;
    const auto bounds = bounds_at(program_.nodes[fact]);
    if (!bounds) return;
    std::optional<value::Truth> common;
    for (const Integer number : candidates(other, *bounds)) {
      const value::Truth truth = judge(id, number, program_.nodes[fact].type.kind);
      if (common && *common != truth) return;
      common = truth;
    }
    if (common && *common != value::Truth::Unknown)
      report(node, fact, *bounds, *common == value::Truth::True);
  }

  /// Numbers that a fact can be; nullopt of what is no number of a policy.
  std::optional<Bounds> bounds_at(const Node& fact) const {
    const value::Address& address = program_.addresses[fact.data];
    const bool number = fact.type.kind == TypeKind::Int || fact.type.kind == TypeKind::Duration;
    const bool policy =
        address.resource == ResourceKind::Gpo || address.resource == ResourceKind::PasswordPolicy;
    if (!number || !policy) return std::nullopt;
    const ir::Setting* setting = derivation_.setting_of(address);
    const auto declared = setting != nullptr && fact.type.kind == TypeKind::Int
                              ? analysis::bounds_of(program_, *setting, setting->min, setting->max)
                              : std::nullopt;
    return declared ? declared : Bounds{Integer::of(0), std::nullopt, true};
  }

  /// Enough of them: where the answer changes, it changes beside a constant or not at all.
  std::vector<Integer> candidates(NodeId constant, const Bounds& bounds) {
    const evaluate::NoFacts no_facts;
    evaluate::Evaluator evaluator(program_, no_facts);
    const Node& node = program_.nodes[constant];
    std::vector<Integer> constants;
    if (node.op == Op::Range) {
      for (std::uint32_t i = 0; i < 2; ++i)
        gather(evaluator.compute(program_.operands_of(node)[i]).value(), constants);
    } else {
      gather(evaluator.compute(constant).value(), constants);
    }
    std::vector<Integer> numbers{Integer::infinity(), bounds.min.value_or(Integer::of(0)),
                                 bounds.max.value_or(Integer::of_unsigned(UINT64_MAX))};
    for (const Integer number : constants) {
      for (const std::int64_t step : {-1, 0, 1}) {
        if (const auto near = value::add(number, Integer::of(step))) numbers.push_back(*near);
      }
    }
    std::erase_if(numbers, [&](Integer number) { return !bounds.contain(number); });
    return numbers;
  }

  value::Truth judge(NodeId id, Integer number, TypeKind kind) const {
    const value::Number exact = value::Number::exactly(number);
    const OneFact facts(
        value::Fact::present(kind == TypeKind::Duration ? Value(value::Duration{exact}) : Value(exact)));
    return evaluate::Evaluator(program_, facts).judge(id).truth;
  }

  void report(const Node& node, NodeId fact, const Bounds& bounds, bool truth) {
    const value::Address& address = program_.addresses[program_.nodes[fact].data];
    const std::string low = bounds.min ? bounds.min->text() : "";
    const std::string parameters = parameters_in(node);
    base::Diagnostic diagnostic =
        diag::RangeDecides{
            .truth = truth ? "true" : "false",
            .what = address.resource == ResourceKind::Gpo ? "the setting" : value::to_text(address),
            .range = bounds.max ? low + ".." + bounds.max->text() : low + " and more",
            .hint = !parameters.empty() ? "it depends on " + parameters
                    : truth             ? "write `is present` if any value will do"
                                        : ""}
            .at(findings_.span(node.range));
    if (node.expansion != 0)
      diagnostic.labels.push_back({findings_.span(program_.expansions[node.expansion].call), "called here"});
    findings_.add(std::move(diagnostic), {control_});
  }

  /// Those that are named in the comparison, in what it is made of, and where the helpers around it are called.
  std::string parameters_in(const Node& node) const {
    const NodeId* operands = program_.operands_of(node);
    std::vector<std::string_view> texts{findings_.text(node.range)};
    for (std::uint32_t e = node.expansion; e != 0; e = program_.expansions[e].caller)
      texts.push_back(findings_.text(program_.expansions[e].call));
    return parameters_text(program_, analysis::mentions_of(program_, texts, {operands[0], operands[1]}));
  }

  Findings& findings_;
  const ir::Program& program_;
  std::uint32_t control_;
  analysis::Derivation derivation_;
};

}  // namespace

void lint_ranges(Findings& findings, std::uint32_t control) {
  Ranges ranges(findings, control);
  const ir::Control& c = findings.program().controls[control];
  if (c.guard != ir::kNone) ranges.look(c.guard);
  for (const ir::Require& require : c.requires_) ranges.look(require.root);
}

}  // namespace polc::lint
