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

/// A field of a row; nullptr where the row has no such field or it is absent.
const value::Value* field(const value::Value& record, std::string_view name);

/// The name of the attribute that an address asks for.
std::string_view attribute_of(const value::Address& address);

template <class T, class Convert>
value::Reading<T> reading(const value::Fact& fact, Convert convert) {
  if (fact.status != value::FactStatus::Present) return value::Reading<T>::absent();
  return value::Reading<T>::of(convert(fact.value));
}

/// Nothing is in the table but what is listed.
template <class Row>
void close(value::Section<Row>& section) {
  section.collected = true;
  section.complete = true;
}

/// The key as evidence stores it: the 32-bit view and a user's hive have paths of their own.
value::RegistryKeyEvidence& key_row(value::Evidence& evidence, const value::Address& address,
                                    std::size_t view_argument);

/// The assumptions about one resource, in their order.
using Assumptions = std::vector<const Assumption*>;

// Each of these writes all that is assumed about its resources; false for what has no place.
bool add_object(value::Evidence& evidence, const Assumption& assumption);    // assume_objects.cpp
bool add_statement(value::Evidence& evidence, const Assumption& assumption,  // assume_statements.cpp
                   std::int64_t as_of);
void add_network(value::Evidence& evidence, const Assumptions& assumptions,  // assume_network.cpp
                 std::vector<std::string>& left_out);
void add_access(value::Evidence& evidence, const Assumptions& assumptions,  // assume_access.cpp
                std::vector<std::string>& left_out);
void add_iis(value::Evidence& evidence, const Assumptions& assumptions,  // assume_iis.cpp
             std::vector<std::string>& left_out);

}  // namespace polc::evidence
