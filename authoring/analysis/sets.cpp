// Sets of elements, sets of addresses and access rights: the constants cut the universe into cells, of which a value has
// none, some or all. Equality, inclusion, union, intersection and difference with the constants cannot tell more.
#include <algorithm>
#include <array>
#include <map>

#include "authoring/analysis/values.hpp"
#include "authoring/limits.hpp"
#include "runtime/value/addresses.hpp"
#include "runtime/value/glob.hpp"
#include "runtime/value/operations.hpp"

namespace polc::analysis {
namespace {

using value::Addresses;
using value::Type;
using value::TypeKind;
using value::Value;

bool is_same(const Value& a, const Value& b, Type type) {
  return value::compare(value::Relation::Equal, a, b, type).is_true();
}

/// The constants as sets of elements.
std::vector<std::vector<Value>> constant_sets(const Hints& hints) {
  std::vector<std::vector<Value>> sets;
  for (const Value& value : hints.values) {
    if (const auto* set = value.get<value::SetValue>()) {
      sets.push_back(set->low);
    } else if (const auto* list = value.get<value::ListValue>()) {
      sets.push_back(list->items);
    } else if (value.get<value::Number>() == nullptr) {
      sets.push_back({value});
    }
  }
  return sets;
}

/// Elements that no constant has: two, so that a set can have some of the others and not all.
Representatives other_elements(Type element, const Hints& hints) {
  switch (element.kind) {
    case TypeKind::Enum:
      return value_regions(element, {});
    case TypeKind::Principal: {
      Representatives two;
      for (const Value& other : other_principals(hints, 2)) two.add(other);
      return two;
    }
    default: {
      Hints matched;
      matched.patterns = hints.patterns;
      if (!hints.patterns.empty()) matched.values = hints.values;
      return value_regions(element, matched);
    }
  }
}

std::vector<Value> universe(Type element, const std::vector<std::vector<Value>>& sets,
                            const std::vector<Value>& others) {
  std::vector<Value> all;
  const auto add = [&](const Value& value) {
    const bool known = std::any_of(all.begin(), all.end(),
                                   [&](const Value& other) { return is_same(value, other, element); });
    if (!known) all.push_back(value);
  };
  for (const auto& set : sets) std::for_each(set.begin(), set.end(), add);
  std::for_each(others.begin(), others.end(), add);
  return all;
}

/// Elements by the constants that have them and the patterns that match them.
std::vector<std::vector<Value>> cells(Type element, const Hints& hints, const std::vector<Value>& others) {
  const auto sets = constant_sets(hints);
  std::vector<value::Glob> patterns;
  for (const std::string& pattern : hints.patterns) {
    if (auto glob = value::Glob::parse(pattern)) patterns.push_back(std::move(*glob));
  }
  std::map<std::vector<bool>, std::vector<Value>, std::greater<>> by_membership;
  for (const Value& value : universe(element, sets, others)) {
    std::vector<bool> in;
    for (const auto& set : sets) {
      in.push_back(std::any_of(set.begin(), set.end(),
                               [&](const Value& other) { return is_same(value, other, element); }));
    }
    const auto* text = value.get<std::string>();
    for (const value::Glob& pattern : patterns) in.push_back(text != nullptr && pattern.matches(*text));
    by_membership[in].push_back(value);
  }
  std::vector<std::vector<Value>> all;
  for (auto& [in, elements] : by_membership) all.push_back(std::move(elements));
  return all;
}

/// Sets of every size up to one more than is asked for.
void add_sizes(Representatives& result, Type type, const Hints& hints) {
  constexpr std::uint64_t kMost = 64;
  std::uint64_t most = 0;
  for (const Value& value : hints.values) {
    const auto* number = value.get<value::Number>();
    const auto size = number != nullptr ? number->low.as_unsigned() : std::nullopt;
    if (size && *size > kMost) result.incomplete = "sets of this size are not followed";
    if (size) most = std::max(most, std::min(*size, kMost));
  }
  std::vector<Value> elements;
  for (std::uint64_t i = 0; i <= most + 1; ++i) {
    result.add(Value(value::SetValue::exactly(elements)));
    if (type.element == TypeKind::Principal) {
      elements.emplace_back(
          value::Principal{value::Principal::Form::Sid, 0, "S-1-5-21-3-4-5-" + std::to_string(1105 + i), {}});
    } else if (type.element == TypeKind::Text || type.element == TypeKind::Name ||
               type.element == TypeKind::Path) {
      elements.push_back(value::text("item" + std::to_string(i + 1)));
    } else {
      result.incomplete = "the size of this set is not followed";
      return;
    }
  }
}

/// The least of a cell that is not all of it; nothing where it has one address.
std::optional<Addresses> part_of(const Addresses& cell) {
  static const Addresses kExample = *value::parse_addresses("203.0.113.0/24");
  if (value::is_subset(kExample, cell) && !(kExample == cell)) return kExample;
  value::AddressRange first = cell.ranges.front();
  if (cell.ranges.size() == 1 && first.first == first.last) return std::nullopt;
  first.last = first.first;
  return Addresses{{first}};
}

std::vector<Addresses> address_cells(const Hints& hints, bool with_loopback) {
  std::vector<Addresses> constants;
  for (const Value& value : hints.values) {
    if (const auto* set = value.get<value::AddressSet>()) constants.push_back(set->low);
  }
  if (with_loopback) constants.push_back(value::loopback_addresses());
  std::vector<Addresses> all{value::all_addresses()};
  for (const Addresses& constant : constants) {
    std::vector<Addresses> finer;
    for (const Addresses& cell : all) {
      for (Addresses part : {value::intersect(cell, constant), value::subtract(cell, constant)}) {
        if (!part.ranges.empty()) finer.push_back(std::move(part));
      }
    }
    all = std::move(finer);
    if (all.size() > limits::kAnalysisRegions) break;
  }
  return all;
}

constexpr std::uint32_t kFullControl = 0x001F01FF & ~0x00100000U;

/// Bits of the three scopes by the constants that have them.
std::vector<value::Rights> rights_cells(const std::vector<value::Rights>& constants) {
  std::map<std::vector<bool>, value::Rights, std::greater<>> by_membership;
  const auto put = [&](std::uint32_t value::Rights::*scope) {
    for (unsigned bit = 0; bit < 32; ++bit) {
      const std::uint32_t one = std::uint32_t{1} << bit;
      std::vector<bool> in;
      for (const value::Rights& constant : constants) in.push_back((constant.*scope & one) != 0);
      const bool used = std::find(in.begin(), in.end(), true) != in.end();
      if (used || (kFullControl & one) != 0) by_membership[in].*scope |= one;
    }
  };
  put(&value::Rights::self);
  put(&value::Rights::subfolders);
  put(&value::Rights::files);
  std::vector<value::Rights> all;
  for (const auto& [in, rights] : by_membership) all.push_back(rights);
  return all;
}

/// One bit of a cell in every scope that has any: less than the cell where it has more.
value::Rights some_rights(const value::Rights& cell) {
  const auto lowest = [](std::uint32_t mask) { return mask & (~mask + 1U); };
  return {lowest(cell.self), lowest(cell.subfolders), lowest(cell.files)};
}

}  // namespace

Representatives set_regions(Type type, const Hints& hints) {
  Representatives result;
  if (hints.counted) {
    add_sizes(result, type, hints);
    if (hints.values.size() > 1 || hints.quantifiers > 0)
      result.incomplete = "its size and its elements are both asked for";
  }
  for (const Value& value : hints.values) {
    if (value.get<value::SetValue>() != nullptr) result.add(value);
  }
  const Representatives others = other_elements(element_type(type), hints);
  if (!others.incomplete.empty()) result.incomplete = others.incomplete;
  const auto parts = cells(element_type(type), hints, others.values);
  std::vector<std::size_t> options;
  for (const auto& part : parts) options.push_back(part.size() == 1 ? 2 : 3);
  const bool all =
      for_each_choice(options, limits::kAnalysisRegions, [&](const std::vector<std::size_t>& choice) {
        std::vector<Value> elements;
        for (std::size_t i = 0; i < parts.size(); ++i) {
          if (choice[i] == 1) elements.push_back(parts[i].front());
          if (choice[i] == 2) elements.insert(elements.end(), parts[i].begin(), parts[i].end());
        }
        result.add(Value(value::SetValue::exactly(std::move(elements))));
      });
  if (!all) result.incomplete = "the sets that it is compared with overlap too much";
  return result;
}

Representatives address_regions(const Hints& hints, bool with_loopback) {
  Representatives result;
  const Addresses floor = with_loopback ? value::loopback_addresses() : Addresses{};
  const auto put = [&](const Addresses& addresses) {
    result.add(Value(value::AddressSet::exactly(value::unite(addresses, floor))));
  };
  for (const Value& value : hints.values) {
    if (const auto* set = value.get<value::AddressSet>()) put(set->low);
  }
  put(value::all_addresses());
  const auto parts = address_cells(hints, with_loopback);
  std::vector<std::size_t> options;
  for (const Addresses& part : parts) options.push_back(part_of(part) ? 3 : 2);
  const bool all =
      for_each_choice(options, limits::kAnalysisRegions, [&](const std::vector<std::size_t>& choice) {
        Addresses sum;
        for (std::size_t i = 0; i < parts.size(); ++i) {
          if (choice[i] == 1) sum = value::unite(sum, parts[i]);
          if (choice[i] == 2) sum = value::unite(sum, *part_of(parts[i]));
        }
        put(sum);
      });
  if (!all) result.incomplete = "the address sets that it is compared with overlap too much";
  return result;
}

Representatives rights_regions(const Hints& hints) {
  Representatives result;
  std::vector<value::Rights> constants;
  for (const Value& value : hints.values) {
    if (const auto* rights = value.get<value::Rights>()) constants.push_back(*rights);
  }
  for (const value::Rights& constant : constants) result.add(Value(constant));
  result.add(Value(value::Rights{kFullControl, kFullControl, kFullControl}));
  const auto parts = rights_cells(constants);
  const auto join = [](value::Rights& to, const value::Rights& from) {
    to.self |= from.self;
    to.subfolders |= from.subfolders;
    to.files |= from.files;
  };
  const bool all = for_each_choice(std::vector<std::size_t>(parts.size(), 3), limits::kAnalysisRegions,
                                   [&](const std::vector<std::size_t>& choice) {
                                     value::Rights sum;
                                     for (std::size_t i = 0; i < parts.size(); ++i) {
                                       if (choice[i] == 1) join(sum, parts[i]);
                                       if (choice[i] == 2) join(sum, some_rights(parts[i]));
                                     }
                                     result.add(Value(sum));
                                   });
  if (!all) result.incomplete = "the rights that it is compared with overlap too much";
  return result;
}

}  // namespace polc::analysis
