#include "runtime/evaluate/remedies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "runtime/ir/op_info.hpp"
#include "runtime/value/addresses.hpp"
#include "runtime/value/operations.hpp"

namespace polc::evaluate {

using ir::Comparison;
using value::Integer;
using value::Number;
using value::Value;

namespace {

std::string plural(std::string_view noun) {
  return std::string(noun) + (noun.ends_with('s') ? "es" : "s");
}

const Number* number_in(const Value* v) {
  if (v == nullptr) return nullptr;
  if (const auto* duration = v->get<value::Duration>()) return &duration->seconds;
  return v->get<Number>();
}

/// The number in a value, with registry data unpacked.
std::optional<Number> numeric(const Value* v) {
  const auto* data = v != nullptr ? v->get<value::RegistryData>() : nullptr;
  if (data != nullptr) {
    const auto* raw = std::get_if<std::uint64_t>(&data->data);
    return raw != nullptr ? std::optional(Number::exactly(Integer::of_unsigned(*raw))) : std::nullopt;
  }
  const Number* number = number_in(v);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::string number_text(const Integer& number, const Value& like) {
  const bool duration = like.get<value::Duration>() != nullptr;
  return value::to_text(duration ? Value(value::Duration{Number::exactly(number)})
                                 : Value(Number::exactly(number)));
}

bool is_nothing(const Value& v) {
  if (const auto* set = v.get<value::SetValue>()) return set->low.empty() && set->high && set->high->empty();
  if (const auto* addresses = v.get<value::AddressSet>()) return addresses->high.ranges.empty();
  return false;
}

/// What is asked for, spelled out: the reader of a remedy wants to type it somewhere.
std::string wanted_text(const Value& wanted) {
  const auto* addresses = wanted.get<value::AddressSet>();
  const bool loopback =
      addresses != nullptr && addresses->exact() && addresses->low == value::loopback_addresses();
  return loopback ? "{127.0.0.0/8, ::1}" : value::to_text(wanted);
}

/// "missing: {a}", "superfluous: {b}"; "" where nothing can be said. What is left of all addresses helps nobody.
std::string difference_text(std::string_view word, const Value& from, const Value& without,
                            value::Type type) {
  const auto* addresses = from.get<value::AddressSet>();
  if (addresses != nullptr && addresses->high == value::all_addresses()) return {};
  const auto rest = value::set_difference(from, without, type);
  return rest && !is_nothing(*rest) ? fmt::format("{}: {}", word, value::to_text(*rest)) : std::string();
}

std::string with_details(std::string sentence, const std::vector<std::string>& details) {
  for (const std::string& detail : details) {
    if (!detail.empty()) sentence += "; " + detail;
  }
  return sentence;
}

bool is_set(const Value& v) {
  return v.get<value::SetValue>() != nullptr || v.get<value::AddressSet>() != nullptr;
}

/// Maps compare entry by entry: which keys are missing, superfluous or have another value.
std::vector<std::string> map_differences(const value::MapValue& actual, const value::MapValue& wanted) {
  const auto find = [](const value::MapValue& map, const Value& key) -> const value::MapEntry* {
    const auto found = std::find_if(map.entries.begin(), map.entries.end(), [&](const value::MapEntry& e) {
      const auto* a = e.key.get<value::Principal>();
      const auto* b = key.get<value::Principal>();
      return a != nullptr && b != nullptr && a->resolved() ? a->sid == b->sid : e.key == key;
    });
    return found != map.entries.end() ? &*found : nullptr;
  };
  std::string missing, superfluous, differing;
  const auto list = [](std::string& to, const std::string& item) { to += (to.empty() ? "" : ", ") + item; };
  for (const value::MapEntry& entry : wanted.entries) {
    const value::MapEntry* there = find(actual, entry.key);
    if (there == nullptr) list(missing, value::to_text(entry.key) + ": " + value::to_text(entry.value));
    if (there != nullptr && !(there->value == entry.value)) {
      list(differing, fmt::format("{} has {} instead of {}", value::to_text(entry.key),
                                  value::to_text(there->value), value::to_text(entry.value)));
    }
  }
  for (const value::MapEntry& entry : actual.entries) {
    if (find(wanted, entry.key) == nullptr) list(superfluous, value::to_text(entry.key));
  }
  std::vector<std::string> details;
  if (!missing.empty()) details.push_back("missing: " + missing);
  if (!superfluous.empty()) details.push_back("superfluous: " + superfluous);
  if (!differing.empty()) details.push_back(differing);
  return details;
}

bool is_everything(const Value& v) {
  const auto* addresses = v.get<value::AddressSet>();
  return addresses != nullptr && addresses->low == value::all_addresses();
}

std::string no_elements(const Subject& subject) {
  return fmt::format("passes when there are no {}", plural(subject.element));
}

std::string equality(const Subject& subject, const Shortfall& s) {
  const Value& wanted = *s.wanted;
  if (is_nothing(wanted)) return no_elements(subject);
  if (is_everything(wanted)) return fmt::format("passes when all addresses are {}", plural(subject.element));
  const bool collection = is_set(wanted) || wanted.get<value::MapValue>() != nullptr;
  const std::string sentence =
      fmt::format("passes when {} is {}{}", subject.whole, collection ? "exactly " : "", wanted_text(wanted));
  if (s.actual == nullptr) return sentence;
  const auto* actual_map = s.actual->get<value::MapValue>();
  const auto* wanted_map = wanted.get<value::MapValue>();
  if (actual_map != nullptr && wanted_map != nullptr) {
    return with_details(sentence, map_differences(*actual_map, *wanted_map));
  }
  if (!is_set(*s.actual) || !is_set(wanted)) return sentence;
  return with_details(sentence, {difference_text("missing", wanted, *s.actual, s.type),
                                 difference_text("superfluous", *s.actual, wanted, s.type)});
}

/// The nearest integer on the right side of a bound; the bound itself where it belongs.
std::string order(const Subject& subject, const Shortfall& s) {
  const auto bound = numeric(s.wanted);
  const bool more = s.comparison == Comparison::Greater || s.comparison == Comparison::GreaterEqual;
  const bool strict = s.comparison == Comparison::Greater || s.comparison == Comparison::Less;
  const std::string text = value::to_text(*s.wanted);
  if (!bound || !bound->exact() || bound->low.is_infinite() || !strict) {
    return fmt::format("passes when {} is {} {}", subject.whole,
                       strict ? (more ? "above" : "below") : (more ? "at least" : "at most"), text);
  }
  const auto nearest =
      more ? value::add(bound->low, Integer::of(1)) : value::subtract(bound->low, Integer::of(1));
  if (!nearest) return fmt::format("no value passes: nothing is {} {}", more ? "above" : "below", text);
  return fmt::format("passes when {} is {} {}", subject.whole, more ? "at least" : "at most",
                     number_text(*nearest, *s.wanted));
}

/// The distance of two integers; nullopt where it cannot be told.
std::optional<Integer> distance(const Integer& a, const Integer& b) {
  return a < b ? value::subtract(b, a) : value::subtract(a, b);
}

/// Of numbers the closest one.
const Value* nearest_element(const Value* actual, const std::vector<Value>& elements) {
  const auto from = numeric(actual);
  if (!from || !from->exact()) return nullptr;
  const Value* best = nullptr;
  std::optional<Integer> best_distance;
  for (const Value& element : elements) {
    const auto to = numeric(&element);
    const auto d = to && to->exact() ? distance(from->low, to->low) : std::nullopt;
    if (!d || (best_distance && *best_distance <= *d)) continue;
    best = &element;
    best_distance = d;
  }
  return best;
}

std::string membership(const Subject& subject, const Shortfall& s) {
  const std::string sentence =
      fmt::format("passes when {} is one of {}", subject.whole, value::to_text(*s.wanted));
  const auto* set = s.wanted->get<value::SetValue>();
  const Value* nearest = set != nullptr ? nearest_element(s.actual, set->low) : nullptr;
  return nearest != nullptr && set->low.size() > 1
             ? fmt::format("{}; the nearest is {}", sentence, value::to_text(*nearest))
             : sentence;
}

std::string containment(const Subject& subject, const Shortfall& s) {
  if (!is_set(*s.wanted)) {
    return fmt::format("passes when {} contains {}", subject.whole, value::to_text(*s.wanted));
  }
  const std::string sentence =
      fmt::format("passes when {} contains all of {}", subject.whole, value::to_text(*s.wanted));
  if (s.actual == nullptr || !is_set(*s.actual)) return sentence;
  return with_details(sentence, {difference_text("missing", *s.wanted, *s.actual, s.type)});
}

std::string subset(const Subject& subject, const Shortfall& s) {
  const std::string sentence = is_nothing(*s.wanted) ? no_elements(subject)
                                                     : fmt::format("passes when every {} is inside {}",
                                                                   subject.element, wanted_text(*s.wanted));
  if (s.actual == nullptr || !is_set(*s.actual) || !is_set(*s.wanted)) return sentence;
  return with_details(sentence, {difference_text("outside", *s.actual, *s.wanted, s.type)});
}

std::string bits(const Subject& subject, const Shortfall& s) {
  const auto mask = numeric(s.wanted);
  const auto actual = numeric(s.actual);
  const auto wanted_bits = mask && mask->exact() ? mask->low.as_unsigned() : std::nullopt;
  const auto actual_bits = actual && actual->exact() ? actual->low.as_unsigned() : std::nullopt;
  if (!wanted_bits)
    return fmt::format("passes when {} has the bits of {}", subject.whole, value::to_text(*s.wanted));
  const std::string sentence =
      fmt::format("passes when {} has all bits of {:#x}", subject.whole, *wanted_bits);
  if (!actual_bits) return sentence;
  return fmt::format("{}; missing: {:#x}", sentence, *wanted_bits & ~*actual_bits);
}

}  // namespace

std::string remedy(const Subject& subject, const Shortfall& s) {
  switch (s.comparison) {
    case Comparison::Equal:
      return equality(subject, s);
    case Comparison::NotEqual:
      return fmt::format("passes when {} is anything but {}", subject.whole, value::to_text(*s.wanted));
    case Comparison::Less:
    case Comparison::LessEqual:
    case Comparison::Greater:
    case Comparison::GreaterEqual:
      return order(subject, s);
    case Comparison::In:
      return membership(subject, s);
    case Comparison::NotIn:
      return fmt::format("passes when {} is none of {}", subject.whole, value::to_text(*s.wanted));
    case Comparison::Contains:
      return containment(subject, s);
    case Comparison::NotContains:
      return fmt::format("passes when {} does not contain {}", subject.whole, value::to_text(*s.wanted));
    case Comparison::Within:
      return subset(subject, s);
    case Comparison::NotWithin:
      return fmt::format("passes when some {} is outside {}", subject.element, value::to_text(*s.wanted));
    case Comparison::Like:
      return fmt::format("passes when {} matches {}", subject.whole, value::to_text(*s.wanted));
    case Comparison::NotLike:
      return fmt::format("passes when {} does not match {}", subject.whole, value::to_text(*s.wanted));
    case Comparison::HasBits:
      return bits(subject, s);
    case Comparison::NotHasBits:
      return fmt::format("passes when {} lacks a bit of {}", subject.whole, value::to_text(*s.wanted));
  }
  return {};
}

std::string remedy(const Subject& subject, const Shortfall& s, const Value& last) {
  const Value& first = *s.wanted;
  if (value::compare(value::Relation::Greater, first, last, s.type).is_true()) {
    return s.comparison == Comparison::NotIn ? std::string()
                                             : std::string("no value passes: the range is empty");
  }
  const std::string range = fmt::format("{}..{}", value::to_text(first), value::to_text(last));
  if (s.comparison == Comparison::NotIn)
    return fmt::format("passes when {} is outside {}", subject.whole, range);
  const std::string sentence = fmt::format("passes when {} is in {}", subject.whole, range);
  const auto number = numeric(s.actual);
  const auto low = numeric(&first);
  if (!number || !number->exact() || !low) return sentence;
  const Value& nearest = number->low < low->low ? first : last;
  return fmt::format("{}; the nearest is {}", sentence, value::to_text(nearest));
}

std::optional<Comparison> flipped(Comparison comparison) {
  switch (comparison) {
    case Comparison::In:
    case Comparison::Within:
      return Comparison::Contains;
    case Comparison::NotIn:
    case Comparison::NotWithin:
      return Comparison::NotContains;
    case Comparison::Contains:
      return Comparison::Within;
    case Comparison::NotContains:
      return Comparison::NotWithin;
    default:
      return ir::mirrored(comparison);
  }
}

std::string_view registry_type_text(value::RegistryType type) {
  switch (type) {
    case value::RegistryType::None:
      return "REG_NONE";
    case value::RegistryType::Sz:
      return "REG_SZ";
    case value::RegistryType::ExpandSz:
      return "REG_EXPAND_SZ";
    case value::RegistryType::Binary:
      return "REG_BINARY";
    case value::RegistryType::Dword:
      return "REG_DWORD";
    case value::RegistryType::Qword:
      return "REG_QWORD";
    case value::RegistryType::MultiSz:
      return "REG_MULTI_SZ";
    case value::RegistryType::Other:
      break;
  }
  return "another registry type";
}

}  // namespace polc::evaluate
