// What the files of this folder share. Of no use elsewhere.
#pragma once

#include <string>
#include <vector>

#include "authoring/evidence/assume.hpp"

namespace polc::evidence {

// The plain content of values; a default where a value is of another kind.
std::string text_of(const value::Value& value);
std::string text_of(const value::Address& address, std::size_t argument);
std::string symbol_of(const value::Value& value);
bool bool_of(const value::Value& value);
value::Integer integer_of(const value::Value& value);
value::PrincipalEvidence principal_of(const value::Value& value);

/// Elements of a set or list.
std::vector<value::Value> elements_of(const value::Value& value);

template <class T, class Convert>
value::Reading<T> reading(const value::Fact& fact, Convert convert) {
  if (fact.status != value::FactStatus::Present) return value::Reading<T>::absent();
  return value::Reading<T>::of(convert(fact.value));
}

/// The key as evidence stores it: the 32-bit view and a user's hive have paths of their own.
value::RegistryKeyEvidence& key_row(value::Evidence& evidence, const value::Address& address,
                                    std::size_t view_argument);

}  // namespace polc::evidence
