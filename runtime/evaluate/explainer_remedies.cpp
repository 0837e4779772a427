// What would make a failing expression pass.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "runtime/evaluate/comparison.hpp"
#include "runtime/evaluate/explainer.hpp"

namespace polc::evaluate {

using ir::Comparison;
using ir::Node;
using ir::NodeId;
using ir::Op;
using value::ResourceKind;
using value::Truth;
using value::Value;

namespace {

constexpr std::size_t kSubjectBytes = 60;
constexpr std::string_view kPassesWhen = "passes when ";

/// What one element of a set-valued attribute is called.
struct ElementNoun {
  std::string_view attribute;
  std::string_view noun;
};
constexpr std::array kElementNouns{
    ElementNoun{"allowed_from", "allowed source"},
    ElementNoun{"blocked_from", "blocked source"},
    ElementNoun{"reachable_from", "source in reach"},
    ElementNoun{"holders", "holder"},
    ElementNoun{"members", "member"},
    ElementNoun{"trustees", "trustee"},
    ElementNoun{"process", "process"},
    ElementNoun{"subkeys", "subkey"},
    ElementNoun{"values", "value"},
    ElementNoun{"classes", "class"},
    ElementNoun{"outcomes", "outcome"},
};

std::string_view element_noun(std::string_view attribute) {
  const auto* const found = std::find_if(kElementNouns.begin(), kElementNouns.end(),
                                         [&](const ElementNoun& n) { return n.attribute == attribute; });
  return found != kElementNouns.end() ? found->noun : "element";
}

bool is_collection(const Value& v) {
  return v.get<value::SetValue>() != nullptr || v.get<value::AddressSet>() != nullptr ||
         v.get<value::ListValue>() != nullptr;
}

void append(std::vector<std::string>& to, std::vector<std::string> from) {
  for (std::string& text : from) {
    if (!text.empty() && std::find(to.begin(), to.end(), text) == to.end()) to.push_back(std::move(text));
  }
}

}  // namespace

/// Of the parts of an expression that are false.
std::vector<std::string> Explainer::remedies(NodeId id) {
  if (!step()) return {};
  if (evaluator_.judge(id).truth != Truth::False) return {};
  const Node& n = node(id);
  switch (n.op) {
    case Op::And: {
      std::vector<std::string> all;
      for (std::uint32_t i = 0; i < n.operand_count; ++i) append(all, remedies(operand(n, i)));
      return all;
    }
    case Op::Or:
      return alternatives(n);
    case Op::All:
    case Op::Any:
      return element_remedies(n);
    case Op::Select: {
      const auto branch = branch_of(n);
      return branch ? remedies(*branch) : std::vector<std::string>();
    }
    case Op::Compare:
    case Op::Holds:
    case Op::IsPresent:
    case Op::IsResolved: {
      std::string text = atom_remedy(n);
      return text.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(text)};
    }
    default:
      return {};
  }
}

/// One sentence with what each alternative lacks. What stands left of `=>` is a condition, nothing to repair.
std::vector<std::string> Explainer::alternatives(const Node& n) {
  std::string sentence;
  std::vector<std::string> said;
  for (std::uint32_t i = 0; i < n.operand_count; ++i) {
    if (node(operand(n, i)).guard) continue;
    std::vector<std::string> parts = remedies(operand(n, i));
    if (parts.empty()) continue;
    std::string text = parts.front();
    for (std::size_t k = 1; k < parts.size(); ++k) {
      const bool same_form = parts[k].starts_with(kPassesWhen);
      text += " and " + (same_form ? parts[k].substr(kPassesWhen.size()) : parts[k]);
    }
    const bool goes_on = !sentence.empty() && text.starts_with(kPassesWhen);
    if (std::find(said.begin(), said.end(), text) != said.end()) continue;
    said.push_back(text);
    sentence += (sentence.empty() ? "" : ", or ") + (goes_on ? text.substr(kPassesWhen.size()) : text);
  }
  return sentence.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(sentence)};
}

/// Of `all`: what the first failing element lacks. Of `any`: that there should be one.
std::vector<std::string> Explainer::element_remedies(const Node& quantifier) {
  const NodeId collection = operand(quantifier, 0);
  const NodeId body = operand(quantifier, 1);
  Elements elements = evaluator_.elements(collection);
  if (!elements.collection().present() || is_sensitive(collection)) return {};
  if (quantifier.op == Op::Any) {
    const std::string_view wanted = excerpt_of(quantifier).text(node(body));
    const std::string_view in = excerpt_of(quantifier).text(node(collection));
    if (wanted.empty() || in.empty()) return {};
    return {fmt::format("passes when some {} in {} has {}", variable_name(quantifier), in, wanted)};
  }
  for (std::uint64_t i = 0; i < elements.size() && i < limits::kCollection; ++i) {
    const Value element = elements.at(i);
    const Evaluator::Binding binding(evaluator_, quantifier, element);
    std::vector<std::string> found = remedies(body);
    if (!found.empty()) return found;
  }
  return {};
}

std::string Explainer::atom_remedy(const Node& n) {
  const NodeId first = operand(n, 0);
  switch (n.op) {
    case Op::Compare:
      return comparison_remedy(n);
    case Op::Holds:
      return fmt::format("passes when {} is {}", subject_of(first).whole, n.negated ? "false" : "true");
    case Op::IsPresent:
      return fmt::format("passes when {} is {}", subject_of(first).whole, n.negated ? "absent" : "present");
    default:
      return fmt::format("passes when {} {} a name that the host resolves", subject_of(first).whole,
                         n.negated ? "is not" : "is");
  }
}

std::string Explainer::comparison_remedy(const Node& n) {
  const NodeId sides[2] = {operand(n, 0), operand(n, 1)};
  const bool left_has_facts = any_below(sides[0], [](const ir::Program&, const Node& x) {
    return x.op == Op::Fact || x.op == Op::Read || x.op == Op::Variable;
  });
  const bool right_has_facts = any_below(sides[1], [](const ir::Program&, const Node& x) {
    return x.op == Op::Fact || x.op == Op::Read || x.op == Op::Variable;
  });
  if (left_has_facts == right_has_facts) {
    const bool equal = n.comparison == Comparison::Equal;
    return left_has_facts && equal ? std::string("passes when both sides are equal") : std::string();
  }
  const NodeId changeable = sides[left_has_facts ? 0 : 1];
  const NodeId fixed = sides[left_has_facts ? 1 : 0];
  const Outcome actual = evaluator_.compute(changeable);
  const bool shown = actual.present() && !is_sensitive(changeable);
  const Value* actual_value = shown ? &actual.value() : nullptr;
  const Subject subject = subject_of(changeable);
  if (left_has_facts && node(fixed).op == Op::Range) {
    const Outcome first = evaluator_.compute(operand(node(fixed), 0));
    const Outcome last = evaluator_.compute(operand(node(fixed), 1));
    if (!first.present() || !last.present()) return {};
    const Shortfall outside{n.comparison, actual_value, &first.value(), node(changeable).type};
    return remedy(subject, outside, last.value());
  }
  const Outcome wanted = evaluator_.compute(fixed);
  if (!wanted.present()) return {};
  auto comparison = left_has_facts ? std::optional(n.comparison) : flipped(n.comparison);
  if (!comparison) return {};
  if (!left_has_facts && *comparison == Comparison::Within && !is_collection(actual.value()))
    comparison = Comparison::In;
  return remedy(subject, {*comparison, actual_value, &wanted.value(), node(changeable).type});
}

/// Short sources stand for themselves; long ones are called what they are.
Subject Explainer::subject_of(NodeId id) const {
  const Node& n = node(id);
  Subject subject;
  std::optional<value::ResourceKind> kind;
  if (n.op == Op::Fact || n.op == Op::Read) {
    kind = n.op == Op::Fact ? program_.addresses[n.data].resource : program_.reads[n.data].resource;
    const value::AttributeId attribute =
        n.op == Op::Fact ? program_.addresses[n.data].attribute : program_.reads[n.data].attribute;
    subject.element = element_noun(value::resource_info(*kind).attributes[attribute].name);
  }
  // Inside a helper the address says what its parameters stand for.
  const bool has_address = n.expansion != 0 && kind;
  const std::string text = has_address ? evaluator_.address_text(id) : std::string(excerpt_of(n).text(n));
  if (kind == ResourceKind::Registry) {
    subject.whole = "the value";
  } else if (kind == ResourceKind::Gpo) {
    subject.whole = "the setting";
  } else if (!text.empty() && text.size() <= kSubjectBytes && text.find('\n') == std::string::npos) {
    subject.whole = text;
  }
  return subject;
}

}  // namespace polc::evaluate
