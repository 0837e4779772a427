#include "authoring/analysis/question.hpp"

#include <algorithm>

#include "authoring/analysis/coherence.hpp"
#include "authoring/analysis/expander.hpp"
#include "authoring/limits.hpp"
#include "runtime/evaluate/comparison.hpp"
#include "runtime/evaluate/evaluate.hpp"
#include "runtime/value/addresses.hpp"
#include "runtime/value/glob.hpp"

namespace polc::analysis {

using evaluate::Evaluator;
using value::Fact;
using value::Truth;

namespace {

std::optional<value::Integer> number_of(const Fact& fact) {
  if (const auto* data = fact.value.get<value::RegistryData>()) {
    const auto* number = std::get_if<std::uint64_t>(&data->data);
    return number != nullptr ? std::optional(value::Integer::of_unsigned(*number)) : std::nullopt;
  }
  const auto* number = fact.value.get<value::Number>();
  return number != nullptr ? std::optional(number->low) : std::nullopt;
}

Truth truth_of(bool b) {
  return b ? Truth::True : Truth::False;
}

}  // namespace

std::uint32_t Question::add_program(const ir::Program& program) {
  subjects_.push_back(std::make_unique<Subject>(program, locations_));
  return static_cast<std::uint32_t>(subjects_.size() - 1);
}

FormulaId Question::add(Formula formula) {
  formulas_.push_back(std::move(formula));
  return static_cast<FormulaId>(formulas_.size() - 1);
}

FormulaId Question::conjunction(std::vector<FormulaId> parts) {
  std::erase(parts, kTrue);
  if (std::find(parts.begin(), parts.end(), kFalse) != parts.end()) return kFalse;
  if (parts.empty()) return kTrue;
  return parts.size() == 1 ? parts.front() : add({Formula::Kind::And, std::move(parts), 0});
}

FormulaId Question::disjunction(std::vector<FormulaId> parts) {
  std::erase(parts, kFalse);
  if (std::find(parts.begin(), parts.end(), kTrue) != parts.end()) return kTrue;
  if (parts.empty()) return kFalse;
  return parts.size() == 1 ? parts.front() : add({Formula::Kind::Or, std::move(parts), 0});
}

FormulaId Question::negation(FormulaId part) {
  if (part == kTrue) return kFalse;
  return part == kFalse ? kTrue : add({Formula::Kind::Not, {part}, 0});
}

FormulaId Question::add_condition(std::uint32_t program, ir::NodeId root) {
  return Expander(*this, program).expand(root, 0);
}

FormulaId Question::add_guard(std::uint32_t program, std::uint32_t control) {
  const ir::NodeId guard = subjects_[program]->program->controls[control].guard;
  return guard == ir::kNone ? kTrue : add_condition(program, guard);
}

FormulaId Question::add_body(std::uint32_t program, std::uint32_t control) {
  const ir::Control& c = subjects_[program]->program->controls[control];
  std::vector<FormulaId> parts;
  for (const ir::Require& require : c.requires_) parts.push_back(add_condition(program, require.root));
  if (c.manual) parts.push_back(Expander(*this, program).attested(control));
  return conjunction(std::move(parts));
}

FormulaId Question::add_host_name(std::uint32_t program) {
  return scope_.host_name == "*" ? kTrue : Expander(*this, program).host_name(scope_.host_name);
}

Place& Question::place(LocationId location) {
  if (location >= places_.size()) places_.resize(locations_.size());
  return places_[location];
}

/// Of a collection that stands for all others: nothing may tell its elements apart.
std::string why_examples_are_not_all(const Hints& hints) {
  const bool asked = !hints.values.empty() || !hints.patterns.empty() || !hints.elements.empty() ||
                     !hints.element_patterns.empty() || !hints.fields.empty() || hints.counted;
  if (!hints.inexact.empty() || !asked) return hints.inexact;
  return "a collection is asked about, and facts are read about each of its elements";
}

const std::vector<Fact>& Question::regions(LocationId location) {
  Place& p = place(location);
  if (!p.regions) {
    p.regions = p.fixed.empty() ? regions_of(locations_.address(location), p.type, p.may_be_absent, p.hints)
                                : Regions{p.fixed, why_examples_are_not_all(p.hints)};
    std::erase_if(p.regions->facts, [&](const Fact& fact) {
      const auto number = p.bounds ? number_of(fact) : std::nullopt;
      return number && !p.bounds->contain(*number);
    });
  }
  return p.regions->facts;
}

std::string Question::doubt() const {
  for (const Place& place : places_) {
    if (place.fixed.empty()) continue;
    std::string why = why_examples_are_not_all(place.hints);
    if (!why.empty()) return why;
  }
  return {};
}

/// One lies inside the other, so both are cut at the same addresses: at those that either is compared with, and at those
/// that are always allowed.
void Question::share_addresses(LocationId first, LocationId second) {
  std::vector<value::Value> addresses{value::Value(value::AddressSet::exactly(value::loopback_addresses()))};
  for (const LocationId location : {first, second}) {
    const Hints& hints = place(location).hints;
    for (const auto* constants : {&hints.values, &hints.elements})
      std::copy_if(constants->begin(), constants->end(), std::back_inserter(addresses),
                   [](const value::Value& value) { return value.get<value::AddressSet>() != nullptr; });
  }
  for (const LocationId location : {first, second}) {
    std::vector<value::Value>& values = place(location).hints.values;
    for (const value::Value& value : addresses) {
      if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
    }
    place(location).regions.reset();
  }
}

std::vector<FormulaId> Question::relations() {
  std::vector<FormulaId> all;
  for (const auto& [first, second] : related_locations(locations_)) {
    if (hold_addresses(location(first), location(second))) share_addresses(first, second);
    atoms_.push_back({Atom::Kind::Together, 0, 0, 0, 0, {first, second}, {}});
    all.push_back(add({Formula::Kind::Atom, {}, static_cast<AtomId>(atoms_.size() - 1)}));
  }
  return all;
}

const std::string& Question::incomplete(LocationId location) {
  regions(location);
  return place(location).regions->incomplete;
}

std::optional<Truth> Question::truth(AtomId id, const std::vector<std::size_t>& chosen) {
  Atom& atom = atoms_[id];
  std::size_t index = 0;
  std::size_t combinations = 1;
  for (std::size_t k = 0; k < atom.locations.size(); ++k) {
    const std::size_t size = regions(atom.locations[k]).size();
    index = index * size + chosen[k];
    combinations *= std::max<std::size_t>(size, 1);
    if (combinations > limits::kAnalysisRelation) return std::nullopt;
  }
  atom.table.resize(combinations);
  std::optional<Truth>& known = atom.table[index];
  if (known) return known;
  if (atom.kind == Atom::Kind::Together) {
    const auto fact = [&](std::size_t k) -> const Fact& { return regions(atom.locations[k])[chosen[k]]; };
    return known = truth_of(
               can_be_together(location(atom.locations[0]), fact(0), location(atom.locations[1]), fact(1)));
  }
  if (atom.kind == Atom::Kind::Region) return known = truth_of(chosen.front() == atom.detail);
  AssumedFacts& facts = subjects_[atom.program]->facts;
  facts.forget_all();
  for (std::size_t k = 0; k < chosen.size(); ++k)
    facts.assume(atom.locations[k], &regions(atom.locations[k])[chosen[k]]);
  known = judge(atom);
  return known;
}

/// Under the assumption that the program's facts hold now.
Truth Question::judge(const Atom& atom) {
  const Subject& s = *subjects_[atom.program];
  if (atom.kind == Atom::Kind::Attested) {
    const auto address = evaluate::attestation_address(*s.program, *s.program->controls[atom.node].manual);
    const Fact fact = s.facts.read(address);
    const bool* yes = fact.status == value::FactStatus::Present ? fact.value.get<bool>() : nullptr;
    return yes != nullptr ? truth_of(*yes) : Truth::Unknown;
  }
  if (atom.kind == Atom::Kind::HostName) {
    const auto glob = value::Glob::parse(scope_.host_name);
    const Fact fact = s.facts.read(host_address("name"));
    const auto* name = fact.value.get<std::string>();
    return name != nullptr && glob ? truth_of(glob->matches(*name)) : Truth::Unknown;
  }
  Truth truth = Truth::Unknown;
  under(atom.program, atom.binding, [&](Evaluator& evaluator) { truth = judge_here(atom, evaluator); });
  return truth;
}

void Question::under(std::uint32_t program, BindingId binding, const std::function<void(Evaluator&)>& act) {
  Evaluator evaluator(*subjects_[program]->program, subjects_[program]->facts);
  if (scope_.no_defaults) evaluator.take_defaults(Evaluator::Defaults::Nowhere);
  bind(evaluator, binding, act);
}

/// A quantifier's body may use the variables of those around it, so the order of the bindings is free.
void Question::bind(Evaluator& evaluator, BindingId id, const std::function<void(Evaluator&)>& act) {
  if (id == 0) return act(evaluator);
  const Binding& binding = bindings_[id];
  const Evaluator::Binding bound(evaluator, evaluator.program().nodes[binding.quantifier], binding.value);
  bind(evaluator, binding.outer, act);
}

Truth Question::judge_here(const Atom& atom, Evaluator& evaluator) {
  const ir::Program& program = evaluator.program();
  const ir::Node& node = program.nodes[atom.node];
  if (atom.kind == Atom::Kind::Condition) return evaluator.judge(atom.node).truth;
  const ir::NodeId first = program.operands_of(node)[0];
  if (atom.kind == Atom::Kind::NoCollection) {
    const bool there = evaluator.elements(first).collection().present();
    return there ? Truth::False : evaluator.judge(atom.node).truth;
  }
  const evaluate::Outcome subject = evaluator.compute(first);
  const auto is_case = [&](std::uint32_t index) {
    const ir::NodeId label = program.operands_of(node)[index];
    return subject.present() &&
           evaluate::compare_values(ir::Comparison::Equal, subject.value(), program.nodes[first].type,
                                    evaluator.compute(label).value(), program.nodes[label].type)
               .is_true();
  };
  if (atom.kind == Atom::Kind::Case) return truth_of(is_case(atom.detail));
  for (std::uint32_t i = 1; i < node.operand_count; i += 2) {
    if (is_case(i)) return Truth::False;
  }
  return evaluator.judge(atom.node).truth;
}

}  // namespace polc::analysis
