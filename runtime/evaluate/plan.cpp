#include "runtime/evaluate/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "runtime/base/escape.hpp"
#include "runtime/evaluate/bound_walk.hpp"
#include "runtime/evaluate/evaluate.hpp"
#include "runtime/evaluate/evaluator.hpp"
#include "runtime/evaluate/no_facts.hpp"

namespace polc::evaluate {
namespace {

using ir::Node;
using ir::NodeId;
using ir::Op;
using value::ResourceKind;
using value::Value;

constexpr std::size_t kShownCollection = 60;  // columns of a constant collection in a pattern
constexpr std::uint16_t kRun = 3;             // consecutive ports worth a range

class Planner {
 public:
  explicit Planner(const ir::Program& program)
      : program_(program), walk_(program), constants_(program, no_facts_) {}

  void control(const ir::Control& control) {
    walk_.walk(control, [&](const Node& node, const Bindings& bindings) { visit(node, bindings); });
    if (control.manual) fact(attestation_address(program_, *control.manual));
  }

  Plan take() {
    for (const auto& [key, numbers] : ports_) add_ports(std::get<0>(key), std::get<1>(key), numbers);
    Plan plan;
    for (const value::ResourceInfo& resource : value::resource_catalogue()) {
      const auto found = facts_.find(resource.kind);
      if (found == facts_.end()) continue;
      PlannedResource planned{resource.kind, resource.name, resource.privilege, resource.evidence, {}};
      for (const auto& [text, depends] : found->second) planned.facts.push_back({text, depends});
      plan.resources.push_back(std::move(planned));
    }
    return plan;
  }

 private:
  struct Described {
    Value placeholder;
    bool depends_on_host = false;
  };

  void visit(const Node& node, const Bindings& bindings) {
    if (node.op == Op::Fact) fact(program_.addresses[node.data]);
    if (node.op == Op::Read) read(node, bindings);
    if (node.absence == ir::AbsenceRule::Default) needs_host_traits();
  }

  void fact(const value::Address& address) {
    const auto* port =
        address.resource == ResourceKind::Port ? address.arguments[0].get<value::Port>() : nullptr;
    if (port != nullptr) {
      ports_[{address.attribute, port->protocol}].insert(port->number);
    } else {
      facts_[address.resource].emplace(value::to_text(address), false);
    }
  }

  void read(const Node& node, const Bindings& bindings) {
    const ir::ReadPattern& pattern = program_.reads[node.data];
    value::Address address{pattern.resource, pattern.attribute, {}};
    bool depends_on_host = false;
    for (std::uint32_t i = 0; i < node.operand_count; ++i) {
      Described argument = describe(program_.operands_of(node)[i], bindings);
      depends_on_host = depends_on_host || argument.depends_on_host;
      address.arguments.push_back(std::move(argument.placeholder));
    }
    facts_[pattern.resource].emplace(value::to_text(address), depends_on_host);
  }

  /// A default row is chosen by build and role.
  void needs_host_traits() {
    const value::ResourceInfo& host = value::resource_info(ResourceKind::Host);
    for (const std::string_view name : {"build", "role"}) {
      fact({ResourceKind::Host, *value::find_attribute(host, name), {}});
    }
  }

  /// An argument of a computed address: its value where it is known now, else what it ranges over.
  Described describe(NodeId id, const Bindings& bindings) {
    const Node& node = program_.nodes[id];
    if (walk_.is_closed(id)) {
      constants_.start();
      const Outcome outcome = constants_.compute(id);
      if (outcome.present()) return {outcome.value()};
    }
    switch (node.op) {
      case Op::Variable: {
        auto [text, depends] = collection(bindings[node.data], bindings);
        return {bare("<" + text + ">"), depends};
      }
      case Op::Field: {
        Described record = describe(program_.operands_of(node)[0], bindings);
        const std::string name(program_.text(node.data));
        return {bare(value::to_text(record.placeholder) + "." + name), record.depends_on_host};
      }
      case Op::MakePort: {
        Described number = describe(program_.operands_of(node)[0], bindings);
        return {bare(value::to_text(number.placeholder) + (node.data == 0 ? "/tcp" : "/udp")),
                number.depends_on_host};
      }
      default:
        return {bare("<...>"), true};
    }
  }

  /// How a collection reads in a pattern, and whether it is the host's.
  std::pair<std::string, bool> collection(NodeId id, const Bindings& bindings) {
    const Node& node = program_.nodes[id];
    if (walk_.is_closed(id)) {
      constants_.start();
      const Elements elements = constants_.elements(id);
      if (elements.is_interval()) return {interval_text(elements.interval()), false};
      if (elements.collection().present()) return {constant_text(elements.collection().value()), false};
    }
    if (node.op == Op::Fact) return {value::to_text(program_.addresses[node.data]), true};
    if (node.op == Op::Read) {
      value::Address address{program_.reads[node.data].resource, program_.reads[node.data].attribute, {}};
      for (std::uint32_t i = 0; i < node.operand_count; ++i) {
        address.arguments.push_back(describe(program_.operands_of(node)[i], bindings).placeholder);
      }
      return {value::to_text(address), true};
    }
    return {"...", true};
  }

  static std::string interval_text(const Interval& interval) {
    const std::string first = interval.first.text();
    const std::string last = interval.last.text();
    if (!interval.ports) return first + ".." + last;
    return first + ".." + last + (interval.protocol == value::Protocol::Tcp ? "/tcp" : "/udp");
  }

  static std::string constant_text(const Value& v) {
    std::string text = value::to_text(v);
    if (text.size() >= 2 && text.front() == '{' && text.back() == '}') text = text.substr(1, text.size() - 2);
    return base::shorten(text, kShownCollection);
  }

  static Value bare(std::string text) { return Value(value::Symbol{std::move(text)}); }

  void add_ports(value::AttributeId attribute, value::Protocol protocol,
                 const std::set<std::uint16_t>& numbers) {
    const std::string_view suffix = protocol == value::Protocol::Tcp ? "/tcp" : "/udp";
    for (auto first = numbers.begin(); first != numbers.end();) {
      auto last = first;
      while (std::next(last) != numbers.end() && *std::next(last) == *last + 1) ++last;
      if (*last - *first + 1 < kRun) last = first;
      const std::string text = last == first ? fmt::format("{}{}", *first, suffix)
                                             : fmt::format("<{}..{}>{}", *first, *last, suffix);
      facts_[ResourceKind::Port].emplace(
          value::to_text(value::Address{ResourceKind::Port, attribute, {bare(text)}}), false);
      first = std::next(last);
    }
  }

  const ir::Program& program_;
  BoundWalk walk_;
  NoFacts no_facts_;
  Evaluator constants_;  ///< with no facts at all, what it computes is known now
  std::map<ResourceKind, std::map<std::string, bool>> facts_;
  std::map<std::tuple<value::AttributeId, value::Protocol>, std::set<std::uint16_t>> ports_;
};

}  // namespace

Plan plan(const ir::Program& program, const std::vector<std::uint32_t>& controls) {
  Planner planner(program);
  if (controls.empty()) {
    for (const ir::Control& control : program.controls) planner.control(control);
  }
  for (const std::uint32_t index : controls) planner.control(program.controls[index]);
  return planner.take();
}

}  // namespace polc::evaluate
