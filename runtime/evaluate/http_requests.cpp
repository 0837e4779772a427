#include "runtime/evaluate/http_requests.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/base/limits.hpp"
#include "runtime/evaluate/bound_walk.hpp"
#include "runtime/evaluate/evaluator.hpp"
#include "runtime/evaluate/no_facts.hpp"

namespace polc::evaluate {
namespace {

using value::ResourceKind;
using value::Value;

class RequestFinder {
 public:
  explicit RequestFinder(const ir::Program& program)
      : program_(program), walk_(program), constants_(program, no_facts_) {}

  std::set<value::HttpRequest> run() {
    for (const value::Address& address : program_.addresses) {
      if (address.resource == ResourceKind::Http) add(address.arguments);
    }
    for (const ir::Control& control : program_.controls) {
      walk_.walk(control, [&](const ir::Node& node, const Bindings& bindings) {
        const bool asks = node.op == ir::Op::Read && program_.reads[node.data].resource == ResourceKind::Http;
        if (asks) add_combinations(node, bindings);
      });
    }
    return std::move(found_);
  }

 private:
  bool full() const { return found_.size() > limits::kHttpRequests; }

  void add(const std::vector<Value>& arguments) {
    const auto text = [&](std::size_t i) {
      return i < arguments.size() ? arguments[i].get<std::string>() : nullptr;
    };
    if (text(0) != nullptr && !full())
      found_.insert(value::http_request(*text(0), text(1), text(2), text(3)));
  }

  /// One request for each choice of the arguments' values.
  void add_combinations(const ir::Node& node, const Bindings& bindings) {
    std::vector<std::vector<Value>> choices;
    for (std::uint32_t i = 0; i < node.operand_count; ++i)
      choices.push_back(values_of(program_.operands_of(node)[i], bindings));
    std::vector<Value> chosen;
    choose(choices, chosen);
  }

  void choose(const std::vector<std::vector<Value>>& choices, std::vector<Value>& chosen) {
    if (chosen.size() == choices.size()) return add(chosen);
    for (const Value& value : choices[chosen.size()]) {
      if (full()) return;
      chosen.push_back(value);
      choose(choices, chosen);
      chosen.pop_back();
    }
  }

  /// What an argument may be; nothing where that is not known now.
  std::vector<Value> values_of(ir::NodeId id, const Bindings& bindings) {
    const ir::Node& node = program_.nodes[id];
    if (node.op == ir::Op::Constant) return {program_.constants[node.data]};
    if (node.op != ir::Op::Variable || !walk_.is_closed(bindings[node.data])) return {};
    constants_.start();
    Elements elements = constants_.elements(bindings[node.data]);
    std::vector<Value> values;
    const std::uint64_t count = std::min<std::uint64_t>(elements.size(), limits::kHttpRequests + 1);
    for (std::uint64_t i = 0; i < count; ++i) values.push_back(elements.at(i));
    return values;
  }

  const ir::Program& program_;
  BoundWalk walk_;
  NoFacts no_facts_;
  Evaluator constants_;  ///< with no facts at all, what it computes is known now
  std::set<value::HttpRequest> found_;
};

}  // namespace

std::set<value::HttpRequest> http_requests(const ir::Program& program) {
  const auto about_http = [](const auto& asked) { return asked.resource == ResourceKind::Http; };
  const bool any = std::any_of(program.addresses.begin(), program.addresses.end(), about_http) ||
                   std::any_of(program.reads.begin(), program.reads.end(), about_http);
  return any ? RequestFinder(program).run() : std::set<value::HttpRequest>();
}

}  // namespace polc::evaluate
