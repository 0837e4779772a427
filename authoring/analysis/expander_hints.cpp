// What conditions compare locations with: where the regions of a location have their borders.
#include <algorithm>

#include "authoring/analysis/expander.hpp"
#include "runtime/ir/op_info.hpp"

namespace polc::analysis {

using ir::Comparison;
using ir::Node;
using ir::NodeId;
using ir::Op;
using value::RegistryData;
using value::RegistryType;
using value::ResourceKind;
using value::Value;

namespace {

constexpr std::string_view kComputed = "computed values are not followed";
constexpr std::string_view kNumberOfPattern = "the number of a text that matches a pattern is not followed";
constexpr std::string_view kNumberOfText = "the number that a text spells and the text are both asked for";
constexpr std::string_view kTwoFacts = "facts that are compared with one another are not followed";

bool has_text(const Hints& hints) {
  return std::any_of(hints.values.begin(), hints.values.end(),
                     [](const Value& value) { return value.get<std::string>() != nullptr; });
}

void add_to(Hints& to, const Hints& from) {
  const bool two_ways = to.as_number != from.as_number && has_text(to) && has_text(from);
  if (to.inexact.empty() && two_ways) to.inexact = kNumberOfText;
  const auto append = [](auto& target, const auto& source) {
    for (const auto& item : source) {
      if (std::find(target.begin(), target.end(), item) == target.end()) target.push_back(item);
    }
  };
  append(to.values, from.values);
  append(to.patterns, from.patterns);
  append(to.elements, from.elements);
  append(to.element_patterns, from.element_patterns);
  append(to.masks, from.masks);
  for (const auto& [name, field] : from.fields) add_to(to.fields[name], field);
  to.field_types.insert(from.field_types.begin(), from.field_types.end());
  to.counted = to.counted || from.counted;
  to.as_number = to.as_number || from.as_number;
  if (to.inexact.empty()) to.inexact = from.inexact;
  if (to.inexact.empty() && to.as_number && !to.patterns.empty()) to.inexact = kNumberOfPattern;
}

std::optional<std::uint64_t> number_of(const Value& value) {
  if (const auto* data = value.get<RegistryData>()) {
    const auto* number = std::get_if<std::uint64_t>(&data->data);
    return number != nullptr ? std::optional(*number) : std::nullopt;
  }
  const auto* number = value.get<value::Number>();
  return number != nullptr ? number->low.as_unsigned() : std::nullopt;
}

/// Constants as data of the registry type that a conversion asks for.
Hints as_registry_type(Hints hints, RegistryType type) {
  for (Value& value : hints.values) {
    const auto number = number_of(value);
    const auto* text = value.get<std::string>();
    if (type == RegistryType::Qword && number) value = Value(RegistryData{type, 0, *number});
    if (type == RegistryType::ExpandSz && text != nullptr) value = Value(RegistryData{type, 0, *text});
  }
  return hints;
}

/// Texts that are numbers around those that int() is compared with.
Hints as_texts(const Hints& hints) {
  Hints texts;
  texts.inexact = hints.inexact;
  texts.as_number = true;
  for (const Value& value : hints.values) {
    const auto* number = value.get<value::Number>();
    if (number == nullptr) continue;
    for (const std::int64_t step : {0, -1, 1}) {
      const auto near = value::add(number->low, value::Integer::of(step));
      if (near && !near->is_infinite()) texts.values.push_back(value::text(near->text()));
    }
  }
  texts.values.push_back(value::text("18446744073709551615"));
  texts.values.push_back(value::text("-9223372036854775808"));
  return texts;
}

Hints only(Value value) {
  Hints hints;
  hints.values.push_back(std::move(value));
  return hints;
}

bool is_collection(const Value& value) {
  return value.get<value::SetValue>() != nullptr || value.get<value::ListValue>() != nullptr;
}

/// What a collection's elements are compared with, where `hints` are those of one element.
Hints of_elements(Hints hints) {
  const auto move_to = [](auto& to, auto& from) {
    to.insert(to.end(), from.begin(), from.end());
    from.clear();
  };
  move_to(hints.elements, hints.values);
  move_to(hints.element_patterns, hints.patterns);
  return hints;
}

Hints inexact(std::string_view why) {
  Hints hints;
  hints.inexact = why;
  return hints;
}

/// All that hints name, as single elements.
std::vector<Value> named_elements(const Hints& hints) {
  std::vector<Value> all = hints.elements;
  for (const Value& value : hints.values) {
    const auto* set = value.get<value::SetValue>();
    const auto* list = value.get<value::ListValue>();
    const std::vector<Value>* elements = set != nullptr    ? &set->low
                                         : list != nullptr ? &list->items
                                                           : nullptr;
    if (elements != nullptr)
      all.insert(all.end(), elements->begin(), elements->end());
    else
      all.push_back(value);
  }
  return all;
}

/// Hints of a set that is made of something else, as hints of what it is made of: good for examples, not for proofs.
Hints at_source(const value::Address& address, const Hints& hints) {
  const std::string_view attribute =
      value::resource_info(address.resource).attributes[address.attribute].name;
  const bool process = address.resource == ResourceKind::Port && attribute == "process";
  if (!process && attribute != "trustees") return hints;
  Hints parts = inexact("sets that are made of other facts are not followed");
  if (!process) {
    parts.values = named_elements(hints);
    return parts;
  }
  Hints& names = parts.fields["process"];
  parts.field_types["process"] = value::simple(value::TypeKind::Name);
  names.values = named_elements(hints);
  names.patterns = hints.patterns;
  names.patterns.insert(names.patterns.end(), hints.element_patterns.begin(), hints.element_patterns.end());
  return parts;
}

}  // namespace

FormulaId Expander::host_name(const std::string& pattern) {
  const Use use = use_of(host_address("name"), value::simple(value::TypeKind::Name));
  Hints hints;
  hints.patterns.push_back(pattern);
  add_to(question_.place(use.sources.front()).hints, hints);
  question_.atoms_.push_back({Atom::Kind::HostName, subject_, 0, 0, 0, use.sources, {}});
  return question_.add({Formula::Kind::Atom, {}, static_cast<AtomId>(question_.atoms_.size() - 1)});
}

/// Of the atoms in a condition that stays whole.
void Expander::leave_hints(NodeId id, BindingId binding) {
  const Node& n = node(id);
  switch (n.op) {
    case Op::Compare:
      return hint_comparison(operand(id, 0), operand(id, 1), n.comparison, binding);
    case Op::Holds:
    case Op::IsPresent:
      return hint(operand(id, 0), binding, {});
    case Op::IsResolved:
      return hint(operand(id, 0), binding, inexact("whether a name is known is not followed"));
    case Op::All:
    case Op::Any: {
      std::vector<Use> collections;
      reads(operand(id, 0), binding, collections);
      for (const Use& use : collections) {
        for (const LocationId source : use.sources) ++question_.place(source).hints.quantifiers;
      }
      hint(operand(id, 0), binding, {});
      open_.emplace_back(n.data, operand(id, 0));
      leave_hints(operand(id, 1), binding);
      open_.pop_back();
      return;
    }
    default:
      for (std::uint32_t i = 0; i < n.operand_count; ++i) {
        if (ir::is_boolean(node(operand(id, i)).op)) leave_hints(operand(id, i), binding);
      }
  }
}

void Expander::hint_comparison(NodeId left, NodeId right, Comparison comparison, BindingId binding) {
  const bool left_known = is_constant(left, binding);
  const bool right_known = is_constant(right, binding);
  if (left_known && right_known) return;
  if (!left_known && !right_known) {
    hint(left, binding, inexact(kTwoFacts));
    return hint(right, binding, inexact(kTwoFacts));
  }
  Hints hints = hints_of(left_known ? left : right, binding, comparison);
  const bool of_one_element =
      left_known ? comparison == Comparison::In || comparison == Comparison::NotIn
                 : comparison == Comparison::Contains || comparison == Comparison::NotContains;
  if (of_one_element && std::none_of(hints.values.begin(), hints.values.end(), is_collection))
    hints = of_elements(std::move(hints));
  hint(left_known ? right : left, binding, hints);
}

Hints Expander::hints_of(NodeId side, BindingId binding, Comparison comparison) {
  Hints hints;
  const Node& n = node(side);
  if (n.op == Op::Range) {
    for (std::uint32_t i = 0; i < 2; ++i) {
      if (auto end = constant(operand(side, i), binding)) hints.values.push_back(std::move(*end));
    }
    return hints;
  }
  const auto known = constant(side, binding);
  if (!known) return hints;
  const auto* text = known->get<std::string>();
  if (text != nullptr && (comparison == Comparison::Like || comparison == Comparison::NotLike)) {
    hints.patterns.push_back(*text);
  } else if (comparison == Comparison::HasBits || comparison == Comparison::NotHasBits) {
    if (const auto mask = number_of(*known)) hints.masks.push_back(*mask);
    if (known->get<RegistryData>() != nullptr) hints.values.push_back(*known);
  } else if (const auto* set = known->get<value::SetValue>();
             set != nullptr && (comparison == Comparison::In || comparison == Comparison::NotIn)) {
    hints.values = set->low;  // one of these: the set itself is compared with nothing
  } else {
    hints.values.push_back(*known);
  }
  return hints;
}

/// Hands what one side of a comparison is compared with down to the locations that it is made of.
void Expander::hint(NodeId side, BindingId binding, const Hints& hints) {
  const Node& n = node(side);
  switch (n.op) {
    case Op::Fact:
    case Op::Read: {
      std::vector<Use> found;
      if (!reads(side, binding, found)) return;
      for (const Use& use : found) {
        for (const LocationId source : use.sources)
          add_to(question_.place(source).hints, at_source(use.address, hints));
      }
      return;
    }
    case Op::Variable:
      return hint_element(n, binding, hints, nullptr);
    case Op::Field:
      if (node(operand(side, 0)).op == Op::Variable)
        return hint_element(node(operand(side, 0)), binding, hints, &n);
      return hint(operand(side, 0), binding, inexact(kComputed));
    case Op::RegistryAs:
      return hint(operand(side, 0), binding, as_registry_type(hints, static_cast<RegistryType>(n.data)));
    case Op::IntOf:
      return hint(operand(side, 0), binding, as_texts(hints));
    case Op::Count: {
      Hints sizes = hints;
      sizes.counted = true;
      return hint(operand(side, 0), binding, sizes);
    }
    case Op::Lookup: {
      Hints entries = hints;
      if (const auto key = constant(operand(side, 1), binding))
        entries.values.push_back(*key);
      else
        entries.inexact = kComputed;
      return hint(operand(side, 0), binding, entries);
    }
    case Op::Union:
    case Op::Intersection:
    case Op::Difference: {
      Hints both = hints;
      int computed = 0;
      for (std::uint32_t i = 0; i < 2; ++i) {
        const auto known = constant(operand(side, i), binding);
        if (known) both.values.push_back(*known);
        computed += known ? 0 : 1;
      }
      if (computed == 2) both.inexact = kTwoFacts;
      for (std::uint32_t i = 0; i < 2; ++i) hint(operand(side, i), binding, both);
      return;
    }
    default: {
      Hints computed = hints;
      computed.inexact = kComputed;
      for (std::uint32_t i = 0; i < n.operand_count; ++i) hint(operand(side, i), binding, computed);
    }
  }
}

/// Of an element, or of one of its fields, to the collection.
void Expander::hint_element(const Node& variable, BindingId binding, const Hints& hints, const Node* field) {
  const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                  [&](const auto& open) { return open.first == variable.data; });
  if (found == open_.rend()) return;
  std::vector<Use> collections;
  reads(found->second, binding, collections);
  for (const Use& use : collections) {
    for (const LocationId source : use.sources) {
      Hints& at = question_.place(source).hints;
      if (field == nullptr) {
        add_to(at, at_source(use.address, of_elements(hints)));
        continue;
      }
      const std::string name(program_.text(field->data));
      add_to(at.fields[name], hints);
      at.field_types[name] = field->type;
    }
  }
}

/// Where the scope is in range: the ends of the range of a setting or of one of its elements.
void Expander::leave_bounds(LocationId location, const ir::Setting& setting,
                            const std::optional<value::Integer>& min,
                            const std::optional<value::Integer>& max) {
  const auto bounds = bounds_of(program_, setting, min, max);
  if (!question_.scope_.in_range || !bounds) return;
  Place& place = question_.place(location);
  for (const auto& end : {min, max}) {
    if (end) add_to(place.hints, only(Value(value::Number::exactly(*end))));
  }
  place.bounds = bounds;
}

/// What a setting writes into its registry values.
void Expander::leave_setting_hints(const Use& use) {
  const Derivation& derivation = question_.subjects_[subject_]->derivation;
  if (use.address.resource == ResourceKind::Tls) {
    for (std::size_t i = 0; i < 2 && i < use.sources.size(); ++i) {
      for (const std::int64_t flag : {0, 1})
        add_to(question_.place(use.sources[i]).hints, only(value::integer(flag)));
    }
    return;
  }
  const ir::Setting* setting = derivation.setting_of(use.address);
  if (setting == nullptr) return;
  if (setting->key == 0 || setting->value_name != 0)
    leave_bounds(use.sources.front(), *setting, setting->min, setting->max);
  if (setting->key == 0) return;
  std::size_t next = 0;
  const auto add = [&](Hints& hints, ir::ConstantId id) {
    if (id == ir::kNone) return;
    const Value& data = program_.constants[id];
    if (std::find(hints.values.begin(), hints.values.end(), data) == hints.values.end())
      hints.values.push_back(data);
  };
  if (setting->value_name != 0) {
    Hints& hints = question_.place(use.sources[next++]).hints;
    add(hints, setting->enabled);
    add(hints, setting->disabled);
    if (setting->registry_type == RegistryType::Qword) hints = as_registry_type(hints, RegistryType::Qword);
  }
  for (const ir::SettingElement& element : setting->elements) {
    leave_bounds(use.sources[next], *setting, element.min, element.max);
    Hints& hints = question_.place(use.sources[next++]).hints;
    for (const ir::SettingOption& option : element.options) add(hints, option.value);
    if (setting->value_name == 0) add(hints, setting->disabled);
    std::vector<Value> chosen;
    for (const Value& value : hints.values) {
      const auto* state = value.get<value::PolicyState>();
      if (state == nullptr || !state->option) continue;
      const auto number = value::Integer::parse(*state->option);
      chosen.push_back(number ? Value(value::Number::exactly(*number)) : value::text(*state->option));
    }
    for (Value& value : chosen) add_to(hints, only(std::move(value)));
    if (element.type == RegistryType::Dword || element.type == RegistryType::Qword) {
      for (const auto& bound : {element.min, element.max}) {
        if (bound) add_to(hints, only(Value(value::Number::exactly(*bound))));
      }
    }
    if (element.type == RegistryType::Qword) hints = as_registry_type(hints, RegistryType::Qword);
  }
}

}  // namespace polc::analysis
