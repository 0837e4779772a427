// The elements that decided a quantifier: the first few, consecutive ones with the same values as one.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/base/escape.hpp"
#include "runtime/evaluate/explainer.hpp"

namespace polc::evaluate {

using ir::Node;
using ir::NodeId;
using ir::Op;
using value::Truth;
using value::Value;

namespace {

constexpr std::size_t kWitnesses = 5;
constexpr std::size_t kElementColumns = 80;

/// Consecutive integers or ports, of which the texts are "first..last".
class Run {
 public:
  Run(const Value& first, std::vector<ExplainedNode> nodes)
      : first_(first), last_(first), nodes_(std::move(nodes)) {}

  /// Takes an element that follows the last one and looks the same.
  bool extend(const Value& next, const std::vector<ExplainedNode>& nodes) {
    if (!follows(next) || !same_values(nodes)) return false;
    last_ = next;
    ++length_;
    return true;
  }

  std::string element_text() const {
    const std::string first = value::to_text(first_);
    if (length_ == 1) return first;
    const auto* port = first_.get<value::Port>();
    return port != nullptr ? fmt::format("{}..{}", port->number, value::to_text(last_))
                           : fmt::format("{}..{}", first, value::to_text(last_));
  }

  /// The values, their addresses naming the whole run.
  std::vector<ExplainedNode> nodes() const {
    std::vector<ExplainedNode> all = nodes_;
    if (length_ == 1) return all;
    const std::string first = value::to_text(first_);
    for (ExplainedNode& node : all) {
      const std::size_t at = node.address.find(first);
      if (at != std::string::npos) node.address.replace(at, first.size(), element_text());
    }
    return all;
  }

 private:
  bool follows(const Value& next) const {
    const auto* port = next.get<value::Port>();
    const auto* last_port = last_.get<value::Port>();
    if (port != nullptr && last_port != nullptr) {
      return port->protocol == last_port->protocol && port->number == last_port->number + 1;
    }
    const auto* number = next.get<value::Number>();
    const auto* last_number = last_.get<value::Number>();
    return number != nullptr && last_number != nullptr &&
           value::add(last_number->low, value::Integer::of(1)) == number->low;
  }

  bool same_values(const std::vector<ExplainedNode>& nodes) const {
    return std::equal(nodes.begin(), nodes.end(), nodes_.begin(), nodes_.end(),
                      [](const ExplainedNode& a, const ExplainedNode& b) {
                        return a.node == b.node && a.value == b.value && a.evidence == b.evidence;
                      });
  }

  Value first_, last_;
  std::size_t length_ = 1;
  std::vector<ExplainedNode> nodes_;
};

}  // namespace

std::string Explainer::variable_name(const Node& quantifier) const {
  const std::string_view name = excerpt_of(quantifier).variable(quantifier);
  return name.empty() ? "element" : std::string(name);
}

/// An element with this truth explains the quantifier's own.
void Explainer::witnesses(std::uint32_t expansion, const Node& quantifier, Truth truth,
                          const std::string& outer) {
  const bool all = quantifier.op == Op::All;
  if (all && truth == Truth::True) return;
  const NodeId body = operand(quantifier, 1);
  const bool nested = all && node(body).op == Op::All;
  Elements elements = evaluator_.elements(operand(quantifier, 0));
  Assertion& to = part(expansion);
  std::optional<Run> run;
  const auto close_run = [&] {
    if (!run) return;
    const std::string binding = fmt::format("{}{} = {}", outer, variable_name(quantifier),
                                            base::shorten(run->element_text(), kElementColumns));
    to.witnesses.push_back({binding, run->nodes()});
    run.reset();
  };
  for (std::uint64_t i = 0; i < elements.size() && i < limits::kCollection; ++i) {
    const Value element = elements.at(i);
    const Evaluator::Binding binding(evaluator_, quantifier, element);
    if (evaluator_.judge(body).truth != truth) continue;
    if (nested) {
      witnesses(expansion, node(body), truth,
                fmt::format("{}{} = {}, ", outer, variable_name(quantifier),
                            base::shorten(value::to_text(element), kElementColumns)));
      continue;
    }
    if (to.witnesses.size() >= kWitnesses) {
      ++to.more_witnesses;
      continue;
    }
    std::vector<ExplainedNode> nodes;
    witness_ = &nodes;
    boolean(body, false);
    witness_ = nullptr;
    if (run && run->extend(element, nodes)) continue;
    close_run();
    if (to.witnesses.size() >= kWitnesses) {
      ++to.more_witnesses;
      continue;
    }
    run.emplace(element, std::move(nodes));
    if (!all && truth == Truth::True) break;
  }
  close_run();
}

}  // namespace polc::evaluate
