#include "runtime/evaluate/explainer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/base/escape.hpp"
#include "runtime/evaluate/outcome_text.hpp"

namespace polc::evaluate {

using ir::Node;
using ir::NodeId;
using ir::Op;
using value::FactStatus;
using value::Truth;
using value::Value;

namespace {

constexpr std::size_t kNotedBytes = 1000;  // of a value inside a note

bool is_fact(const ir::Program& /*program*/, const Node& n) {
  return n.op == Op::Fact || n.op == Op::Read;
}

bool is_sensitive_fact(const ir::Program& program, const Node& n) {
  const auto sensitive = [](value::ResourceKind kind, value::AttributeId id) {
    return value::resource_info(kind).attributes[id].sensitive;
  };
  if (n.op == Op::Fact)
    return sensitive(program.addresses[n.data].resource, program.addresses[n.data].attribute);
  return n.op == Op::Read && sensitive(program.reads[n.data].resource, program.reads[n.data].attribute);
}

std::string redacted_text(Truth truth) {
  switch (truth) {
    case Truth::True:
      return "met";
    case Truth::False:
      return "unmet";
    case Truth::Unknown:
      break;
  }
  return "unknown";
}

bool begins_with_word(std::string_view text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  return text.size() == word.size() || text[word.size()] == ' ' || text[word.size()] == '{' ||
         text[word.size()] == '\n' || text[word.size()] == '\t' || text[word.size()] == '\r';
}

}  // namespace

void tidy(std::vector<ExplainedNode>& nodes) {
  std::stable_sort(nodes.begin(), nodes.end(),
                   [](const ExplainedNode& a, const ExplainedNode& b) { return a.offset < b.offset; });
  const auto is_same = [](const ExplainedNode& a, const ExplainedNode& b) {
    return a.offset == b.offset && a.value == b.value && a.address == b.address;
  };
  nodes.erase(std::unique(nodes.begin(), nodes.end(), is_same), nodes.end());
}

Explainer::Explainer(Evaluator& evaluator, NodeId root, ir::RangeId range, std::string_view excerpt)
    : evaluator_(evaluator), program_(evaluator.program()), clause_(program_, range, excerpt), root_(root) {
  explanation_.excerpt = excerpt;
  explanation_.range = range;
}

Explanation Explainer::run() {
  evaluator_.start();
  const Judgement judgement = evaluator_.judge(root_);
  explanation_.truth = judgement.truth;
  boolean(root_, true);
  tidy(explanation_.nodes);
  tidy_helpers();
  if (judgement.vacuous) note("true only because there is nothing to check: the collection is empty");
  if (judgement.truth == Truth::False) explanation_.remedies = remedies(root_);
  return std::move(explanation_);
}

// --- truth

void Explainer::boolean(NodeId id, bool decides) {
  if (!step()) return;
  const std::uint32_t caller = enter(id, decides, true);
  condition(node(id), decides);
  frame_ = caller;
}

void Explainer::condition(const Node& n, bool decides) {
  switch (n.op) {
    case Op::True:
    case Op::False:
      return literal(n);
    case Op::And:
    case Op::Or:
      return connective(n, decides);
    case Op::All:
    case Op::Any:
      return quantifier(n, decides);
    case Op::Select:
      return select(n, decides);
    case Op::Compare:
    case Op::Holds:
    case Op::IsPresent:
    case Op::IsResolved:
      return atom(n, decides);
    default:
      return;
  }
}

/// Of a boolean parameter.
void Explainer::literal(const Node& n) {
  if (is_parameter(n)) show_truth(n, place_of(n), truth_text({evaluator_.judge(id_of(n)).truth}, n.negated));
}

/// Its truth rests on the operands that have the same one. `a == b` between conditions is an Or of two Ands, of
/// which only the Or is in the source.
void Explainer::connective(const Node& n, bool decides) {
  const Truth truth = evaluator_.judge(id_of(n)).truth;
  const bool half_of_equality = n.op == Op::And && n.range != 0 && n.range == or_;
  const ir::RangeId outer = std::exchange(or_, n.op == Op::Or ? n.range : 0);
  for (std::uint32_t i = 0; i < n.operand_count; ++i) {
    const bool same = evaluator_.judge(operand(n, i)).truth == truth;
    boolean(operand(n, i), decides && same);
  }
  or_ = outer;
  if (n.operand_count < 2 || half_of_equality) return;
  if (const auto at = truth_place(n)) show_truth(n, *at, truth_text({truth}, n.negated));
}

void Explainer::quantifier(const Node& n, bool decides) {
  const Truth truth = evaluator_.judge(id_of(n)).truth;
  if (is_sensitive(id_of(n))) return show_redacted(id_of(n), truth);
  values(operand(n, 0), decides);
  show_truth(n, place_of(n), truth_text({truth}, n.negated));
  if (witness_ == nullptr) witnesses(n.expansion, n, truth, {});
}

/// The case that the subject's value chooses.
std::optional<NodeId> Explainer::branch_of(const Node& select) {
  const Outcome subject = evaluator_.compute(operand(select, 0));
  if (!subject.present()) return std::nullopt;
  for (std::uint32_t i = 1; i + 1 < select.operand_count; i += 2) {
    if (evaluator_.compute(operand(select, i)).value() == subject.value()) return operand(select, i + 1);
  }
  return std::nullopt;
}

void Explainer::select(const Node& n, bool decides) {
  values(operand(n, 0), decides, node(operand(n, 0)).expansion == n.expansion);
  if (const auto branch = branch_of(n)) boolean(*branch, decides);
}

void Explainer::atom(const Node& n, bool decides) {
  const AtomResult result = evaluator_.judge_atom(id_of(n));
  if (is_sensitive(id_of(n))) return show_redacted(id_of(n), result.truth);
  for (std::uint32_t i = 0; i < n.operand_count; ++i) values(operand(n, i), decides);
  notes(n, result);
  // A boolean fact shows its own truth.
  if (n.op == Op::Holds) return;
  const auto at = truth_place(n);
  show_truth(n, at.value_or(place_of(n)), truth_text(result, shows_opposite(n, at)));
}

/// Whether the source says the opposite of the node. Tests of presence are written either way round.
bool Explainer::shows_opposite(const Node& n, std::optional<std::uint32_t> at) const {
  if (n.op != Op::IsPresent && n.op != Op::IsResolved) return n.negated;
  const std::string_view written = at ? excerpt_of(n).text().substr(*at) : std::string_view();
  const bool written_negative = written.starts_with("is absent") || written.starts_with("is not") ||
                                written.starts_with("== NotConfigured");
  return n.negated != written_negative;
}

void Explainer::show_truth(const Node& n, std::uint32_t offset, std::string text) {
  show(n.expansion, {id_of(n), offset, std::move(text), {}, {}});
}

/// Where the operator stands: the word or sign behind the operand that is written first, or the word before a
/// block.
std::optional<std::uint32_t> Explainer::truth_place(const Node& n) const {
  const Excerpt excerpt = excerpt_of(n);
  const std::string_view text = excerpt.text(n);
  if (begins_with_word(text, "all") || begins_with_word(text, "any")) return excerpt.begin(n);
  const bool mirrored =
      n.op == Op::Compare && excerpt.begin(node(operand(n, 1))) < excerpt.begin(node(operand(n, 0)));
  const Node* first = &node(operand(n, mirrored ? 1 : 0));
  while (first->range == n.range && first->operand_count > 0) first = &node(operand(*first, 0));
  return excerpt.after(*first, n);
}

// --- values

void Explainer::values(NodeId id, bool decides, bool whole) {
  if (!step()) return;
  const Node& n = node(id);
  const std::uint32_t caller = enter(id, decides, whole);
  // The arguments of a fact are in its address already.
  if (n.op != Op::Fact && n.op != Op::Read && n.op != Op::Field) {
    for (std::uint32_t i = 0; i < n.operand_count; ++i) values(operand(n, i), decides);
  }
  if (is_shown(id)) show_value(id, value_place(n));
  frame_ = caller;
}

void Explainer::show_value(NodeId id, std::uint32_t offset) {
  const Node& n = node(id);
  const Outcome outcome = evaluator_.compute(id);
  ExplainedNode shown{id, offset, outcome_text(outcome), {}, {}};
  if (is_fact(program_, n)) shown.address = evaluator_.address_text(id);
  if (n.op == Op::Field) {
    shown.address = fmt::format("{}.{}", evaluator_.address_text(id), program_.text(n.data));
  }
  if (const value::Fact* fact = outcome.fact()) {
    if (fact->origin != 0) shown.evidence.push_back(fact->origin);
    shown.evidence.insert(shown.evidence.end(), fact->related.begin(), fact->related.end());
    if (!fact->note.empty()) note(fact->note);
  }
  show(n.expansion, std::move(shown));
}

/// Of a sensitive fact nothing is shown but whether the requirement is met, or why that is not known.
void Explainer::show_redacted(NodeId id, Truth truth) {
  if (!step()) return;
  const Node& n = node(id);
  const std::uint32_t caller = enter(id, true, false);
  for (std::uint32_t i = 0; i < n.operand_count; ++i) show_redacted(operand(n, i), truth);
  frame_ = caller;
  if (!is_sensitive_fact(program_, n)) return;
  const Outcome outcome = evaluator_.compute(id);
  const bool readable = outcome.present() || outcome.status() == FactStatus::Mistyped;
  ExplainedNode shown{id, place_of(n), readable ? redacted_text(truth) : outcome_text(outcome), {}, {}};
  shown.address = evaluator_.address_text(id);
  if (outcome.fact() != nullptr && outcome.fact()->origin != 0)
    shown.evidence.push_back(outcome.fact()->origin);
  show(n.expansion, std::move(shown));
}

bool Explainer::is_shown(NodeId id) const {
  const Node& n = node(id);
  switch (n.op) {
    case Op::Fact:
    case Op::Read:
    case Op::Field:
      return true;
    case Op::Constant:
      return is_parameter(n);
    case Op::Variable:
    case Op::RegistryAs:
    case Op::Range:
    case Op::MakePort:
    case Op::MakeSet:
    case Op::MakeList:
    case Op::MakeMap:
      return false;
    default:
      return any_below(id, is_fact);
  }
}

/// A parameter reads as a word in the source; its value does not.
bool Explainer::is_parameter(const Node& n) const {
  const std::string_view text = excerpt_of(n).text(n);
  return !text.empty() && std::any_of(program_.parameters.begin(), program_.parameters.end(),
                                      [&](const ir::Parameter& p) { return program_.text(p.name) == text; });
}

std::uint32_t Explainer::value_place(const Node& n) const {
  const bool infix = n.op == Op::Add || n.op == Op::Subtract || n.op == Op::Multiply || n.op == Op::Union ||
                     n.op == Op::Intersection || n.op == Op::Difference || n.op == Op::Lookup;
  if (infix) {
    if (const auto place = excerpt_of(n).after(node(operand(n, 0)), n)) return *place;
  }
  return place_of(n);
}

bool Explainer::any_below(NodeId id, bool (*test)(const ir::Program&, const Node&)) const {
  std::vector<NodeId> open{id};
  for (std::size_t looked = 0; !open.empty() && looked < limits::kExplainedNodes; ++looked) {
    const Node& n = node(open.back());
    open.pop_back();
    if (test(program_, n)) return true;
    open.insert(open.end(), program_.operands_of(n), program_.operands_of(n) + n.operand_count);
  }
  return !open.empty();
}

bool Explainer::is_sensitive(NodeId id) const {
  return any_below(id, is_sensitive_fact);
}

// --- notes

void Explainer::note(std::string text) {
  auto& notes = explanation_.notes;
  if (std::find(notes.begin(), notes.end(), text) == notes.end()) notes.push_back(std::move(text));
}

void Explainer::notes(const Node& n, const AtomResult& result) {
  if (result.settlement == Settlement::Mistyped) mistyped_note(n);
  if (result.settlement != Settlement::Absent) return;
  if (result.by_default) return note("not configured: the OS default was judged");
  if (result.truth != Truth::False || n.defaults == 0) return;
  evaluator_.take_defaults(Evaluator::Defaults::Everywhere);
  const bool satisfied = evaluator_.judge_atom(id_of(n)).truth == Truth::True;
  evaluator_.take_defaults(Evaluator::Defaults::AsWritten);
  if (satisfied) note("not configured; the OS default would satisfy it");
}

/// What was found, and the type that was compared with.
void Explainer::mistyped_note(const Node& n) {
  for (std::uint32_t i = 0; i < n.operand_count; ++i) {
    const Node& side = node(operand(n, i));
    const Outcome outcome = evaluator_.compute(operand(n, i));
    const bool found = outcome.present() || outcome.status() == FactStatus::Mistyped;
    if (side.op == Op::Constant || !found) continue;
    const Node& other = n.operand_count == 2 ? node(operand(n, 1 - i)) : side;
    const auto* data = outcome.value().get<value::RegistryData>();
    const std::string text = base::shorten_bytes(value::to_text(outcome.value()), kNotedBytes);
    if (data != nullptr) {
      note(fmt::format("found {} ({}), compared with {}", text, registry_type_text(data->type),
                       expected_text(other)));
    } else {
      note(fmt::format("found {}, where {} belongs", text, value::type_name(side.type)));
    }
  }
}

/// The registry type that a side of a comparison stands for.
std::string Explainer::expected_text(const Node& n) const {
  const Value* constant = n.op == Op::Constant ? &program_.constants[n.data] : nullptr;
  const auto* data = constant != nullptr ? constant->get<value::RegistryData>() : nullptr;
  if (data != nullptr) return std::string(registry_type_text(data->type));
  const bool collection = n.type.kind == value::TypeKind::Set || n.type.kind == value::TypeKind::List;
  const value::TypeKind kind = collection ? n.type.element : n.type.kind;
  if (kind == value::TypeKind::Int) return "REG_DWORD";
  if (kind == value::TypeKind::Text) return collection ? "REG_SZ or REG_MULTI_SZ" : "REG_SZ";
  return value::type_name(n.type);
}

}  // namespace polc::evaluate
