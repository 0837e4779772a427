#include "authoring/analysis/expander.hpp"

#include <algorithm>

#include "authoring/limits.hpp"
#include "runtime/evaluate/evaluate.hpp"
#include "runtime/evaluate/no_facts.hpp"
#include "runtime/ir/op_info.hpp"

namespace polc::analysis {

using ir::Node;
using ir::NodeId;
using ir::Op;
using value::Fact;
using value::ResourceKind;
using value::TypeKind;
using value::Value;

namespace {

/// Two elements that no policy knows by name, for quantifiers that read further facts about each.
std::vector<Value> example_elements(ResourceKind resource, value::Type collection) {
  if (resource == ResourceKind::IisPaths)
    return {value::text("Default Web Site"), value::text("Default Web Site/Application")};
  const value::Type element = element_type(collection);
  if (element.kind == TypeKind::Principal) {
    return {Value(value::Principal{value::Principal::Form::Sid, 0, "S-1-5-21-3-4-5-1105", "someone"}),
            Value(value::Principal{value::Principal::Form::Sid, 0, "S-1-5-21-3-4-5-1106", "somebody else"})};
  }
  if (element.kind == TypeKind::Name || element.kind == TypeKind::Path || element.kind == TypeKind::Text)
    return {value::text("Example"), value::text("Another")};
  return {};
}

Fact collection_fact(value::Type type, std::vector<Value> elements) {
  if (type.kind == TypeKind::List) return Fact::present(Value(value::ListValue{std::move(elements), true}));
  return Fact::present(Value(value::SetValue::exactly(std::move(elements))));
}

}  // namespace

Expander::Expander(Question& question, std::uint32_t program)
    : question_(question), subject_(program), program_(*question.subjects_[program]->program) {}

void Expander::refuse(std::string why) {
  if (question_.refused_.empty()) question_.refused_ = std::move(why);
}

FormulaId Expander::expand(NodeId id, BindingId binding) {
  const Node& n = node(id);
  switch (n.op) {
    case Op::True:
      return kTrue;
    case Op::False:
      return kFalse;
    case Op::And:
    case Op::Or: {
      std::vector<FormulaId> parts;
      for (std::uint32_t i = 0; i < n.operand_count; ++i) parts.push_back(expand(operand(id, i), binding));
      return n.op == Op::And ? question_.conjunction(std::move(parts))
                             : question_.disjunction(std::move(parts));
    }
    case Op::All:
    case Op::Any:
      return quantifier(id, binding);
    case Op::Select:
      return select(id, binding);
    default:
      leave_hints(id, binding);
      return atom(Atom::Kind::Condition, id, 0, binding);
  }
}

/// An atom over what its node reads. Without anything to read its truth is known now.
FormulaId Expander::atom(Atom::Kind kind, NodeId id, std::uint32_t detail, BindingId binding) {
  if (question_.atoms_.size() >= limits::kAnalysisAtoms) {
    refuse("the condition has too many parts");
    return kFalse;
  }
  Atom atom{kind, subject_, id, detail, binding, {}, {}};
  const NodeId read = kind == Atom::Kind::Condition ? id : operand(id, 0);
  for (const Use& use : uses(read, binding))
    atom.locations.insert(atom.locations.end(), use.sources.begin(), use.sources.end());
  add_host_traits(id, atom.locations);
  std::sort(atom.locations.begin(), atom.locations.end());
  atom.locations.erase(std::unique(atom.locations.begin(), atom.locations.end()), atom.locations.end());
  if (atom.locations.empty()) {
    const value::Truth truth = question_.judge(atom);
    if (truth == value::Truth::True) return kTrue;
    if (truth == value::Truth::False) return kFalse;
  }
  question_.atoms_.push_back(std::move(atom));
  return question_.add({Formula::Kind::Atom, {}, static_cast<AtomId>(question_.atoms_.size() - 1)});
}

FormulaId Expander::attested(std::uint32_t control) {
  const ir::Manual& manual = *program_.controls[control].manual;
  const Use use = use_of(evaluate::attestation_address(program_, manual), value::simple(TypeKind::Bool));
  question_.atoms_.push_back({Atom::Kind::Attested, subject_, control, 0, 0, use.sources, {}});
  return question_.add({Formula::Kind::Atom, {}, static_cast<AtomId>(question_.atoms_.size() - 1)});
}

/// Over what is known now: element by element. Over a fact: as a whole, where the body looks at nothing else that depends
/// on the element; else over examples.
FormulaId Expander::quantifier(NodeId id, BindingId binding) {
  const NodeId collection = operand(id, 0);
  if (is_constant(collection, binding)) {
    const auto elements = known_elements(collection, binding);
    if (elements) return unrolled(id, binding, *elements);
    refuse("a range has too many elements");
    return kFalse;
  }
  open_.emplace_back(node(id).data, collection);
  std::vector<Use> body;
  const bool closed = reads(operand(id, 1), binding, body);
  if (closed) leave_hints(id, binding);
  open_.pop_back();
  if (closed) return atom(Atom::Kind::Condition, id, 0, binding);
  const std::vector<Use> collections = uses(collection, binding);
  const bool direct = node(collection).op == Op::Fact || node(collection).op == Op::Read;
  if (direct && collections.size() == 1 && collections.front().sources.size() == 1)
    return over_examples(id, binding, collections.front());
  refuse("a quantifier over computed elements reads facts about each of them");
  return kFalse;
}

FormulaId Expander::unrolled(NodeId id, BindingId binding, const std::vector<Value>& elements) {
  std::vector<FormulaId> parts;
  for (const Value& element : elements) {
    if (question_.bindings_.size() >= limits::kAnalysisAtoms) {
      refuse("the condition has too many parts");
      return kFalse;
    }
    question_.bindings_.push_back({binding, id, element});
    parts.push_back(expand(operand(id, 1), static_cast<BindingId>(question_.bindings_.size() - 1)));
    if (!question_.refused_.empty()) return kFalse;
  }
  return node(id).op == Op::All ? question_.conjunction(std::move(parts))
                                : question_.disjunction(std::move(parts));
}

/// Whether a condition asks for more of a variable than facts about it.
bool Expander::looks_at(NodeId id, std::uint32_t variable) const {
  const Node& n = node(id);
  if (n.op == Op::Variable) return n.data == variable;
  if (n.op == Op::Read) return false;
  for (std::uint32_t i = 0; i < n.operand_count; ++i) {
    if (looks_at(operand(id, i), variable)) return true;
  }
  return false;
}

/// The collection has none, one or two elements, all alike to the policy. Two are enough for two conditions that each
/// want an element of their own.
FormulaId Expander::over_examples(NodeId id, BindingId binding, const Use& collection) {
  constexpr std::uint32_t kFollowedQuantifiers = 2;
  const LocationId location = collection.sources.front();
  const auto elements = example_elements(collection.address.resource, collection.type);
  if (elements.empty()) {
    refuse("rows that further facts are read about are not followed");
    return kFalse;
  }
  Place& place = question_.place(location);
  if (++place.hints.quantifiers > kFollowedQuantifiers)
    place.hints.inexact = "a collection with so many quantifiers over it is not followed";
  if (looks_at(operand(id, 1), node(id).data))
    place.hints.inexact =
        "elements that are looked at while facts are read about each of them are not followed";
  place.fixed = {collection_fact(collection.type, {elements[0]}), collection_fact(collection.type, {}),
                 collection_fact(collection.type, elements)};
  if (place.may_be_absent) place.fixed.push_back(Fact::absent(value::AbsentLevel::Object));
  const bool may_be_absent = place.may_be_absent;
  const auto is_region = [&](std::uint32_t region) {
    question_.atoms_.push_back({Atom::Kind::Region, subject_, id, region, binding, {location}, {}});
    return question_.add({Formula::Kind::Atom, {}, static_cast<AtomId>(question_.atoms_.size() - 1)});
  };
  std::vector<FormulaId> cases{
      question_.conjunction({is_region(0), unrolled(id, binding, {elements[0]})}),
      question_.conjunction({is_region(1), unrolled(id, binding, {})}),
      question_.conjunction({is_region(2), unrolled(id, binding, elements)}),
  };
  if (may_be_absent)
    cases.push_back(question_.conjunction({is_region(3), atom(Atom::Kind::NoCollection, id, 0, binding)}));
  return question_.disjunction(std::move(cases));
}

FormulaId Expander::select(NodeId id, BindingId binding) {
  std::vector<FormulaId> cases;
  const Node& n = node(id);
  for (std::uint32_t i = 1; i + 1 < n.operand_count; i += 2) {
    hint_comparison(operand(id, 0), operand(id, i), ir::Comparison::Equal, binding);
    cases.push_back(
        question_.conjunction({atom(Atom::Kind::Case, id, i, binding), expand(operand(id, i + 1), binding)}));
  }
  cases.push_back(atom(Atom::Kind::NoCase, id, 0, binding));
  return question_.disjunction(std::move(cases));
}

}  // namespace polc::analysis
