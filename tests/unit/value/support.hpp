// Short ways to build values for tests.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "runtime/value/addresses.hpp"
#include "runtime/value/operations.hpp"
#include "runtime/value/principals.hpp"
#include "runtime/value/rights.hpp"

namespace polc::value::testing {

inline Value number(std::int64_t v) {
  return integer(v);
}
inline Value interval(std::int64_t low, std::int64_t high) {
  return Value(Number{Integer::of(low), Integer::of(high), false});
}
inline Value at_least(std::int64_t low) {
  return Value(Number::at_least(Integer::of(low)));
}
inline Value never() {
  return Value(Number::exactly(Integer::infinity()));
}

/// A principal by alias or SID; "?name" has no SID.
inline Value who(const std::string& name) {
  if (name.front() == '?') {
    Principal unresolved;
    unresolved.form = Principal::Form::Name;
    unresolved.name = "CORP\\" + name.substr(1);
    return Value(unresolved);
  }
  if (name == "nobody") {
    Principal nobody;
    nobody.sid = kNobody;
    nobody.name = "Domain Admins";
    return Value(nobody);
  }
  return Value(principal_from_text(name).value());
}

inline std::vector<Value> each(std::initializer_list<const char*> names) {
  std::vector<Value> values;
  for (const char* name : names) values.push_back(who(name));
  return values;
}

inline Value people(std::initializer_list<const char*> names) {
  return Value(SetValue::exactly(each(names)));
}

/// Surely the first, nothing but the second.
inline Value between(std::initializer_list<const char*> low, std::initializer_list<const char*> high) {
  SetValue set;
  set.low = each(low);
  set.high = each(high);
  return Value(set);
}

/// Surely these, and perhaps others.
inline Value partly(std::initializer_list<const char*> low) {
  SetValue set;
  set.low = each(low);
  return Value(set);
}

inline std::vector<Value> texts_of(std::initializer_list<const char*> texts) {
  std::vector<Value> values;
  for (const char* t : texts) values.push_back(text(t));
  return values;
}
inline Value texts(std::initializer_list<const char*> items) {
  return Value(SetValue::exactly(texts_of(items)));
}
inline Value list(std::initializer_list<const char*> items, bool complete = true) {
  return Value(ListValue{texts_of(items), complete});
}

inline Value addresses(const char* low, const char* high) {
  return Value(AddressSet{parse_addresses(low).value(), parse_addresses(high).value()});
}
inline Value addresses(const char* exactly) {
  return addresses(exactly, exactly);
}

inline Value dword(std::uint64_t v) {
  return Value(RegistryData{RegistryType::Dword, 0, v});
}
inline Value qword(std::uint64_t v) {
  return Value(RegistryData{RegistryType::Qword, 0, v});
}
inline Value sz(std::string v) {
  return Value(RegistryData{RegistryType::Sz, 0, std::move(v)});
}
inline Value expand_sz(std::string v) {
  return Value(RegistryData{RegistryType::ExpandSz, 0, std::move(v)});
}
inline Value multi_sz(std::vector<std::string> v) {
  return Value(RegistryData{RegistryType::MultiSz, 0, std::move(v)});
}
inline Value binary(std::vector<std::uint8_t> v) {
  return Value(RegistryData{RegistryType::Binary, 0, std::move(v)});
}

inline Value symbol(std::string name) {
  return Value(Symbol{std::move(name)});
}
inline Value rights(std::uint32_t mask) {
  return Value(rights_everywhere(mask));
}

inline Value map(std::vector<std::pair<Value, Value>> entries, bool complete = true) {
  MapValue m;
  for (auto& [key, value] : entries) m.entries.push_back({std::move(key), std::move(value)});
  m.complete = complete;
  return Value(std::move(m));
}

/// "true", "false", "mistyped", "unknown" (open bounds) or "unresolved", "budget".
inline std::string shown(Answer answer) {
  switch (answer.kind) {
    case Answer::Kind::True:
      return "true";
    case Answer::Kind::False:
      return "false";
    case Answer::Kind::Mistyped:
      return "mistyped";
    case Answer::Kind::Unknown:
      break;
  }
  if (answer.reason == UnknownReason::UnresolvedName) return "unresolved";
  return answer.reason == UnknownReason::Budget ? "budget" : "unknown";
}

}  // namespace polc::value::testing
