#include "authoring/analysis/values.hpp"

#include <algorithm>
#include <set>

#include "authoring/limits.hpp"
#include "runtime/value/rights.hpp"

namespace polc::analysis {

using value::Integer;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

/// The constant itself, and one on each side.
void add_point(std::vector<Integer>& points, Integer point, Integer max) {
  const bool inside = !point.is_negative() && !point.is_infinite() && point <= max;
  if (inside && std::find(points.begin(), points.end(), point) == points.end()) points.push_back(point);
}

/// Bits that always occur together, so that only "all of them" and "not all" can be told apart.
std::vector<std::uint64_t> bit_classes(const std::vector<std::uint64_t>& masks) {
  std::map<std::vector<bool>, std::uint64_t> by_membership;
  for (unsigned bit = 0; bit < 64; ++bit) {
    std::vector<bool> in;
    for (const std::uint64_t mask : masks) in.push_back(((mask >> bit) & 1U) != 0);
    if (std::find(in.begin(), in.end(), true) != in.end()) by_membership[in] |= std::uint64_t{1} << bit;
  }
  std::vector<std::uint64_t> classes;
  for (const auto& [in, bits] : by_membership) classes.push_back(bits);
  return classes;
}

/// Least number from `low` on that has the classes of `pattern` whole and no other one.
std::optional<std::uint64_t> least_with(std::uint64_t low, const std::vector<std::uint64_t>& classes,
                                        std::uint64_t pattern) {
  std::uint64_t must = 0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (((pattern >> i) & 1U) != 0) must |= classes[i];
  }
  const auto fits = [&](std::uint64_t v) {
    for (std::size_t i = 0; i < classes.size(); ++i) {
      if (((v & classes[i]) == classes[i]) != (((pattern >> i) & 1U) != 0)) return false;
    }
    return true;
  };
  if (fits(low)) return low;
  // Keep the head of `low`, raise one of its zeros, and have the rest as small as the pattern allows.
  for (unsigned bit = 0; bit < 64; ++bit) {
    const std::uint64_t one = std::uint64_t{1} << bit;
    if ((low & one) != 0) continue;
    const std::uint64_t head = (low | one) & ~(one - 1);
    const std::uint64_t candidate = head | (must & (one - 1));
    if (fits(candidate)) return candidate;
  }
  return std::nullopt;
}

std::optional<Integer> number_in(const Value& value) {
  if (const auto* duration = value.get<value::Duration>()) return duration->seconds.low;
  const auto* number = value.get<value::Number>();
  return number != nullptr ? std::optional(number->low) : std::nullopt;
}

void gather(const Value& value, std::vector<Value>& elements) {
  if (const auto* set = value.get<value::SetValue>()) {
    for (const Value& element : set->low) gather(element, elements);
  } else if (const auto* list = value.get<value::ListValue>()) {
    for (const Value& element : list->items) gather(element, elements);
  } else {
    elements.push_back(value);
  }
}

/// Constants, those of collections that a scalar is looked for in included.
std::vector<Value> scalars(const Hints& hints) {
  std::vector<Value> all;
  for (const Value& value : hints.values) gather(value, all);
  return all;
}

std::vector<std::string> texts(const Hints& hints) {
  std::vector<std::string> all;
  for (const Value& value : scalars(hints)) {
    if (const auto* text = value.get<std::string>()) all.push_back(*text);
  }
  return all;
}

Representatives numbers(const Hints& hints, bool durations, bool endless) {
  std::vector<Integer> constants;
  for (const Value& value : scalars(hints)) {
    if (const auto number = number_in(value)) constants.push_back(*number);
  }
  Representatives result;
  const auto put = [&](Integer n) {
    result.add(durations ? Value(value::Duration{value::Number::exactly(n)})
                         : Value(value::Number::exactly(n)));
  };
  const NumberRegions regions = number_regions(constants, hints.masks, Integer::of_unsigned(UINT64_MAX));
  for (const Integer n : regions.points) put(n);
  result.incomplete = regions.incomplete;
  if (endless) put(Integer::infinity());
  return result;
}

Representatives dates(const Hints& hints) {
  Representatives result;
  for (const Value& value : scalars(hints)) {
    const auto* date = value.get<value::Date>();
    if (date == nullptr) continue;
    for (const int step : {0, -1, 1}) result.add(Value(value::Date{date->days + step}));
  }
  result.add(Value(value::Date{20000}));
  return result;
}

Representatives versions(const Hints& hints) {
  Representatives result;
  for (const std::string& text : texts(hints)) {
    result.add(value::text(text));
    result.add(value::text(text + ".0.0.0.1"));
  }
  result.add(value::text("0"));
  result.add(value::text("4294967295"));
  return result;
}

Representatives principals(const Hints& hints) {
  Representatives result;
  for (const Value& value : scalars(hints)) {
    if (value.get<value::Principal>() != nullptr) result.add(value);
  }
  value::Principal other = *other_principals(hints, 1).front().get<value::Principal>();
  other.name = "someone";
  result.add(Value(std::move(other)));
  return result;
}

Representatives ports(const Hints& hints) {
  Representatives result;
  for (const Value& value : scalars(hints)) {
    const auto* port = value.get<value::Port>();
    if (port == nullptr) continue;
    result.add(value);
    for (const int step : {-1, 1}) {
      const int number = port->number + step;
      if (number > 0 && number <= UINT16_MAX)
        result.add(Value(value::Port{static_cast<std::uint16_t>(number), port->protocol}));
    }
  }
  result.add(Value(value::Port{1, value::Protocol::Tcp}));
  result.add(Value(value::Port{1, value::Protocol::Udp}));
  return result;
}

Representatives members(Type type) {
  Representatives result;
  for (const std::string_view member : value::enumerations()[type.detail].members)
    result.add(Value(value::Symbol{std::string(member)}));
  return result;
}

Representatives constants_only(const Hints& hints) {
  Representatives result;
  for (const Value& value : scalars(hints)) result.add(value);
  result.incomplete = "values of this type are not followed";
  return result;
}

}  // namespace

std::vector<Value> other_principals(const Hints& hints, std::size_t count) {
  const std::vector<Value> known = scalars(hints);
  std::vector<Value> others;
  for (int rid = 1105; others.size() < count; ++rid) {
    const std::string sid = "S-1-5-21-3-4-5-" + std::to_string(rid);
    const bool named = std::any_of(known.begin(), known.end(), [&](const Value& value) {
      const auto* principal = value.get<value::Principal>();
      return principal != nullptr && principal->sid == sid;
    });
    if (!named) others.emplace_back(value::Principal{value::Principal::Form::Sid, 0, sid, {}});
  }
  return others;
}

void Representatives::add(Value value) {
  if (seen_.insert(value).second) values.push_back(std::move(value));
}

NumberRegions number_regions(const std::vector<Integer>& constants, const std::vector<std::uint64_t>& masks,
                             Integer max) {
  constexpr std::size_t kFollowedClasses = 8;
  NumberRegions regions;
  std::vector<Integer>& points = regions.points;
  for (const Integer constant : constants) add_point(points, constant, max);
  for (const Integer constant : constants) {
    if (const auto below = value::subtract(constant, Integer::of(1))) add_point(points, *below, max);
    if (const auto above = value::add(constant, Integer::of(1))) add_point(points, *above, max);
  }
  add_point(points, Integer::of(0), max);
  add_point(points, max, max);
  const std::vector<std::uint64_t> classes = bit_classes(masks);
  if (classes.empty()) return regions;
  if (classes.size() > kFollowedClasses) regions.incomplete = "masks that overlap so much are not followed";
  const std::uint64_t patterns = std::uint64_t{1} << std::min(classes.size(), kFollowedClasses);
  const std::size_t plain = points.size();
  for (std::size_t i = 0; i < plain; ++i) {
    for (std::uint64_t pattern = 0; pattern < patterns; ++pattern) {
      if (const auto v = least_with(points[i].magnitude(), classes, pattern))
        add_point(points, Integer::of_unsigned(*v), max);
    }
  }
  return regions;
}

namespace {

Representatives regions_by_type(Type type, const Hints& hints) {
  switch (type.kind) {
    case TypeKind::None: {
      // Nothing but its presence can be asked for.
      Representatives there;
      there.add(Value(true));
      return there;
    }
    case TypeKind::Bool: {
      Representatives both;
      both.add(Value(true));
      both.add(Value(false));
      return both;
    }
    case TypeKind::Int:
      return numbers(hints, false, true);
    case TypeKind::Duration:
      return numbers(hints, true, true);
    case TypeKind::Text:
    case TypeKind::Name:
    case TypeKind::Path:
      return text_regions(texts(hints), hints.patterns);
    case TypeKind::Version:
      return versions(hints);
    case TypeKind::Date:
      return dates(hints);
    case TypeKind::Port:
      return ports(hints);
    case TypeKind::Principal:
      return principals(hints);
    case TypeKind::Rights:
      return rights_regions(hints);
    case TypeKind::AddressSet:
      return address_regions(hints, false);
    case TypeKind::Enum:
      return members(type);
    case TypeKind::Registry:
      return registry_regions(hints);
    case TypeKind::Set:
      return set_regions(type, hints);
    case TypeKind::List:
      return list_regions(type, hints);
    case TypeKind::Map:
      return map_regions(type, hints);
    default:
      return constants_only(hints);
  }
}

/// Types whose regions follow `like`, themselves or in their parts.
bool follows_patterns(TypeKind kind) {
  switch (kind) {
    case TypeKind::Text:
    case TypeKind::Name:
    case TypeKind::Path:
    case TypeKind::Registry:
    case TypeKind::Set:
    case TypeKind::List:
    case TypeKind::Map:
      return true;
    default:
      return false;
  }
}

}  // namespace

Representatives value_regions(Type type, const Hints& hints) {
  Representatives regions = regions_by_type(type, hints);
  if (!hints.patterns.empty() && !follows_patterns(type.kind))
    regions.incomplete = "patterns of values of this type are not followed";
  return regions;
}

bool for_each_choice(const std::vector<std::size_t>& options, std::size_t cap,
                     const std::function<void(const std::vector<std::size_t>&)>& choose) {
  std::vector<std::size_t> choice(options.size(), 0);
  for (std::size_t made = 0; made < cap; ++made) {
    choose(choice);
    std::size_t part = 0;
    while (part < options.size() && ++choice[part] == options[part]) choice[part++] = 0;
    if (part == options.size()) return true;
  }
  return false;
}

}  // namespace polc::analysis
