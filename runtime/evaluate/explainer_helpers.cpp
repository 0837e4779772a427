// Values inside helpers: each `let` and `def` that a clause names is explained in its own words, once for each call.
#include <algorithm>
#include <utility>

#include "runtime/evaluate/explainer.hpp"
#include "runtime/evaluate/outcome_text.hpp"
#include "runtime/ir/op_info.hpp"

namespace polc::evaluate {

using ir::Node;
using ir::NodeId;
using ir::Op;

Excerpt Explainer::excerpt_of(std::uint32_t expansion) const {
  return expansion == 0 ? clause_ : Excerpt(program_, expansion);
}

/// Whether a body is `caller`, or expanded somewhere in it.
bool Explainer::is_within(std::uint32_t expansion, std::uint32_t caller) const {
  while (expansion > caller) expansion = program_.expansions[expansion].caller;
  return expansion == caller;
}

Assertion& Explainer::part(std::uint32_t expansion) {
  if (expansion == 0) return explanation_;
  return helper(expansion);
}

ExplainedHelper& Explainer::helper(std::uint32_t expansion) {
  const auto known = std::find(expansions_.begin(), expansions_.end(), expansion);
  if (known != expansions_.end())
    return explanation_.helpers[static_cast<std::size_t>(known - expansions_.begin())];
  const ir::Expansion& e = program_.expansions[expansion];
  ExplainedHelper helper;
  helper.excerpt = program_.text(e.excerpt);
  helper.call = program_.text(e.title);
  helper.offset = e.caller == 0 ? clause_.begin(e).value_or(0) : this->helper(e.caller).offset;
  expansions_.push_back(expansion);
  return explanation_.helpers.emplace_back(std::move(helper));
}

/// Follows a node into the helpers around it, and shows what they come to where they are called. Returns the place
/// to go back to.
std::uint32_t Explainer::enter(NodeId id, bool decides, bool whole) {
  const Node& n = node(id);
  const std::uint32_t from = std::exchange(frame_, n.expansion);
  if (witness_ != nullptr) return from;
  std::vector<std::uint32_t> called;  // innermost first
  for (std::uint32_t at = n.expansion; !is_within(from, at); at = program_.expansions[at].caller)
    called.push_back(at);
  // An argument of a helper may itself come from another one, which is not called here.
  const bool called_here = !called.empty() && program_.expansions[called.back()].caller == from;
  for (auto at = called.rbegin(); at != called.rend(); ++at) {
    const ir::Expansion& e = program_.expansions[*at];
    ExplainedHelper& entered = helper(*at);
    entered.decides = entered.decides || decides;
    const auto place = excerpt_of(e.caller).begin(e);
    std::string text = whole && called_here && place ? call_text(id, e.negated) : std::string();
    if (!text.empty()) show(e.caller, {id, *place, std::move(text), {}, {}});
  }
  return from;
}

/// What a helper comes to; "" for collections that are only gone through.
std::string Explainer::call_text(NodeId id, bool negated) {
  const Op op = node(id).op;
  if (ir::is_boolean(op)) return truth_text({evaluator_.judge(id).truth}, negated);
  if (op != Op::Constant && !is_shown(id)) return {};
  return outcome_text(evaluator_.compute(id));
}

void Explainer::show(std::uint32_t expansion, ExplainedNode shown) {
  (witness_ != nullptr ? *witness_ : part(expansion).nodes).push_back(std::move(shown));
}

/// Without those that have nothing to show (constants), and calls that say the same as one before.
void Explainer::tidy_helpers() {
  std::vector<ExplainedHelper> all = std::exchange(explanation_.helpers, {});
  for (ExplainedHelper& helper : all) {
    tidy(helper.nodes);
    if (helper.nodes.empty()) continue;
    const auto same = std::find_if(
        explanation_.helpers.begin(), explanation_.helpers.end(), [&](const ExplainedHelper& other) {
          const auto is_same = [](const ExplainedNode& a, const ExplainedNode& b) {
            return a.offset == b.offset && a.value == b.value && a.address == b.address;
          };
          return other.call == helper.call && other.excerpt == helper.excerpt &&
                 std::equal(other.nodes.begin(), other.nodes.end(), helper.nodes.begin(), helper.nodes.end(),
                            is_same);
        });
    if (same == explanation_.helpers.end()) {
      explanation_.helpers.push_back(std::move(helper));
    } else {
      same->decides = same->decides || helper.decides;
    }
  }
}

}  // namespace polc::evaluate
