#include "authoring/analysis/regions.hpp"

#include <algorithm>

#include "authoring/analysis/principals.hpp"
#include "authoring/analysis/values.hpp"
#include "authoring/evidence/assume.hpp"
#include "authoring/limits.hpp"

namespace polc::analysis {
namespace {

using value::Fact;
using value::Integer;
using value::RegistryData;
using value::RegistryType;
using value::ResourceKind;
using value::TypeKind;
using value::Value;

RegistryData data_of(RegistryType type, std::uint64_t number) {
  return {type, 0, number};
}

/// What conditions compare registry data with, by registry type.
struct RegistryConstants {
  std::vector<Integer> dwords, qwords;
  std::vector<std::string> sz, expand_sz;
  std::vector<std::vector<std::string>> lists;
  std::vector<std::vector<std::uint8_t>> binary;
};

std::vector<std::string> strings_of(const std::vector<Value>& values) {
  std::vector<std::string> all;
  for (const Value& value : values) {
    if (const auto* text = value.get<std::string>()) all.push_back(*text);
  }
  return all;
}

/// Collections whose elements are told apart by the same constants as the collections themselves.
Hints elements_as_values(Hints hints) {
  hints.values.insert(hints.values.end(), hints.elements.begin(), hints.elements.end());
  hints.patterns.insert(hints.patterns.end(), hints.element_patterns.begin(), hints.element_patterns.end());
  hints.elements.clear();
  hints.element_patterns.clear();
  return hints;
}

void sort_data(const RegistryData& data, RegistryConstants& to) {
  if (const auto* number = std::get_if<std::uint64_t>(&data.data))
    (data.type == RegistryType::Qword ? to.qwords : to.dwords).push_back(Integer::of_unsigned(*number));
  if (const auto* text = std::get_if<std::string>(&data.data))
    (data.type == RegistryType::ExpandSz ? to.expand_sz : to.sz).push_back(*text);
  if (const auto* list = std::get_if<std::vector<std::string>>(&data.data)) to.lists.push_back(*list);
  if (const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&data.data)) to.binary.push_back(*bytes);
}

void sort_constant(const Value& value, RegistryConstants& to) {
  if (const auto* data = value.get<RegistryData>()) sort_data(*data, to);
  if (const auto* number = value.get<value::Number>()) to.dwords.push_back(number->low);
  if (const auto* duration = value.get<value::Duration>()) to.dwords.push_back(duration->seconds.low);
  if (const auto* text = value.get<std::string>()) to.sz.push_back(*text);
  if (const auto* list = value.get<value::ListValue>()) to.lists.push_back(strings_of(list->items));
  if (const auto* set = value.get<value::SetValue>()) {
    to.lists.push_back(strings_of(set->low));
    for (const Value& element : set->low) sort_constant(element, to);
  }
}

void add_numbers(Representatives& result, RegistryType type, const std::vector<Integer>& constants,
                 const Hints& hints) {
  const std::uint64_t most = type == RegistryType::Dword ? UINT32_MAX : UINT64_MAX;
  const NumberRegions regions = number_regions(constants, hints.masks, Integer::of_unsigned(most));
  if (!regions.incomplete.empty()) result.incomplete = regions.incomplete;
  for (const Integer n : regions.points) result.add(Value(data_of(type, n.magnitude())));
}

void add_texts(Representatives& result, RegistryType type, const std::vector<std::string>& constants,
               const Hints& hints) {
  const Representatives texts = text_regions(constants, hints.patterns);
  if (!texts.incomplete.empty()) result.incomplete = texts.incomplete;
  for (const Value& text : texts.values) result.add(Value(RegistryData{type, 0, *text.get<std::string>()}));
}

void add_lists(Representatives& result, const std::vector<std::vector<std::string>>& constants) {
  const auto put = [&](std::vector<std::string> list) {
    result.add(Value(RegistryData{RegistryType::MultiSz, 0, std::move(list)}));
  };
  for (const auto& list : constants) {
    put(list);
    put({list.rbegin(), list.rend()});
    std::vector<std::string> longer = list;
    longer.emplace_back("something else");
    put(longer);
    if (!list.empty()) put({list.begin() + 1, list.end()});
  }
  put({});
  put({"something else"});
}

/// By the texts that are in them. What asks for one text at a time cannot see order and repetitions; a list as a whole can.
void add_lists_of_elements(Representatives& result, const Hints& hints) {
  Hints sets = hints;
  std::erase_if(sets.values, [&](const Value& value) {
    const bool size = hints.counted && value.get<value::Number>() != nullptr;
    return !size && value.get<value::SetValue>() == nullptr && value.get<value::ListValue>() == nullptr;
  });
  const bool whole_lists = std::any_of(sets.values.begin(), sets.values.end(), [](const Value& value) {
    return value.get<value::ListValue>() != nullptr;
  });
  sets = elements_as_values(std::move(sets));
  const Representatives texts = set_regions({TypeKind::Set, TypeKind::Text}, sets);
  for (const Value& set : texts.values)
    result.add(Value(RegistryData{RegistryType::MultiSz, 0, strings_of(set.get<value::SetValue>()->low)}));
  if (!texts.incomplete.empty()) result.incomplete = texts.incomplete;
  if (whole_lists) result.incomplete = "a list as a whole and its elements are both asked for";
}

bool is_loopback_always_in(const value::Address& location) {
  if (location.resource != ResourceKind::Port) return false;
  const auto name = value::resource_info(ResourceKind::Port).attributes[location.attribute].name;
  return name == "allowed_from";
}

/// Numbers that a place can hold beyond its type, where Windows or the protocol bounds them.
struct Bounded {
  Integer min, max;
  bool endless;  ///< +infinity ("never"), too
};

std::optional<Bounded> bounds_at(const value::Address& location) {
  const auto name = value::resource_info(location.resource).attributes[location.attribute].name;
  if (location.resource == ResourceKind::Http && name == "status")
    return Bounded{Integer::of(100), Integer::of(999), false};
  if (location.resource != ResourceKind::PasswordPolicy) return std::nullopt;
  // What Windows writes as 0 in these is "never".
  const bool endless = name == "max_age" || name == "lockout_threshold" || name == "lockout_duration";
  return Bounded{Integer::of(endless ? 1 : 0), Integer::of_unsigned(UINT32_MAX), endless};
}

bool is_possible(const Bounded& bounds, const Value& value) {
  const auto* duration = value.get<value::Duration>();
  const auto* number = duration != nullptr ? &duration->seconds : value.get<value::Number>();
  if (number == nullptr) return true;
  if (number->low.is_infinite()) return bounds.endless;
  return bounds.min <= number->low && number->low <= bounds.max;
}

void add_ends(Representatives& values, value::Type type, const Bounded& bounds) {
  for (const Integer end : {bounds.min, bounds.max}) {
    if (type.kind == TypeKind::Int) values.add(Value(value::Number::exactly(end)));
    if (type.kind == TypeKind::Duration) values.add(Value(value::Duration{value::Number::exactly(end)}));
  }
}

Regions attestation_regions(const Hints& hints) {
  std::vector<Integer> ages{Integer::of(0)};
  for (const Value& value : hints.values) {
    const auto* within = value.get<value::Duration>();
    if (within == nullptr) continue;
    ages.push_back(within->seconds.low);
    if (const auto later = value::add(within->seconds.low, Integer::of(86'400))) ages.push_back(*later);
  }
  Regions regions;
  for (const bool yes : {true, false}) {
    for (const Integer age : ages) regions.facts.push_back(Fact::present(evidence::to_value({yes, age})));
  }
  return regions;
}

}  // namespace

Representatives registry_regions(const Hints& hints) {
  Representatives result;
  RegistryConstants constants;
  for (const Value& value : hints.values) sort_constant(value, constants);
  // Data that a setting writes comes first: it is what people see.
  for (const Value& value : hints.values) {
    if (value.get<RegistryData>() != nullptr) result.add(value);
  }
  if (!constants.dwords.empty() || !hints.masks.empty())
    add_numbers(result, RegistryType::Dword, constants.dwords, hints);
  if (!constants.sz.empty() || !hints.patterns.empty())
    add_texts(result, RegistryType::Sz, constants.sz, hints);
  if (!constants.sz.empty() || !constants.expand_sz.empty() || !hints.patterns.empty()) {
    std::vector<std::string> texts = constants.expand_sz;
    texts.insert(texts.end(), constants.sz.begin(), constants.sz.end());
    add_texts(result, RegistryType::ExpandSz, texts, hints);
  }
  if (!constants.qwords.empty() || !hints.masks.empty())
    add_numbers(result, RegistryType::Qword, constants.qwords, hints);
  // One of each type that nothing is compared with.
  result.add(Value(data_of(RegistryType::Dword, 1)));
  result.add(Value(RegistryData{RegistryType::Sz, 0, std::string("something else")}));
  result.add(Value(data_of(RegistryType::Qword, 1)));
  result.add(Value(RegistryData{RegistryType::Binary, 0, std::vector<std::uint8_t>{0xFF}}));
  add_lists(result, constants.lists);
  if (!hints.elements.empty() || !hints.element_patterns.empty() || hints.quantifiers > 0 || hints.counted)
    add_lists_of_elements(result, hints);
  for (const auto& bytes : constants.binary) result.add(Value(RegistryData{RegistryType::Binary, 0, bytes}));
  const bool sets = std::any_of(hints.values.begin(), hints.values.end(),
                                [](const Value& value) { return value.get<value::SetValue>() != nullptr; });
  if (sets && constants.lists.size() > 1)
    result.incomplete = "several lists of texts at one place are not followed";
  return result;
}

namespace {

Regions regions_of_values(const value::Address& location, value::Type type, bool may_be_absent,
                          const Hints& asked) {
  const Hints hints = type.kind == TypeKind::Registry ? asked : elements_as_values(asked);
  const auto bounds = bounds_at(location);
  Representatives values =
      is_loopback_always_in(location) ? address_regions(hints, true) : value_regions(type, hints);
  if (bounds) add_ends(values, type, *bounds);
  Regions regions;
  regions.incomplete = !hints.inexact.empty() ? hints.inexact : values.incomplete;
  for (const Value& value : values.values) {
    if (!bounds || is_possible(*bounds, value)) regions.facts.push_back(Fact::present(value));
  }
  if (may_be_absent) regions.facts.push_back(Fact::absent(value::AbsentLevel::Value));
  return regions;
}

}  // namespace

Regions regions_of(const value::Address& location, value::Type type, bool may_be_absent, const Hints& hints) {
  if (location.resource == ResourceKind::Attested) return attestation_regions(hints);
  Regions regions = regions_of_values(location, type, may_be_absent, hints);
  if (regions.incomplete.empty() && has_ambiguous_principals(hints))
    regions.incomplete = "two names of principals that may be one are not followed";
  return regions;
}

}  // namespace polc::analysis
