// From readings and sections to facts: the part that every derivation shares. Nothing that was not read becomes
// an answer here, and only a complete section says "absent".
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/value/evidence.hpp"
#include "runtime/value/fact.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::derive {

/// A text argument of an address; "" where it was omitted.
inline std::string_view text_argument(const value::Address& address, std::size_t index) {
  const auto* text = address.argument<std::string>(index);
  return text == nullptr ? std::string_view() : *text;
}

inline value::Fact unknown_fact(value::Unknown why, value::OriginId origin = 0) {
  value::Fact fact;
  fact.status = value::FactStatus::Unknown;
  fact.origin = origin;
  fact.unknowns.push_back(std::move(why));
  return fact;
}

/// A present reading through `convert` (T to Value); the other states stay what they are.
template <class T, class Convert>
value::Fact fact_of(const value::Reading<T>& reading, value::AbsentLevel level, Convert convert) {
  switch (reading.status) {
    case value::FactStatus::Present:
      return value::Fact::present(convert(reading.value), reading.origin);
    case value::FactStatus::Mistyped:
      return value::Fact::mistyped(value::text(reading.unknown.detail), reading.origin);
    case value::FactStatus::Absent:
      return value::Fact::absent(level, reading.origin);
    case value::FactStatus::Unknown:
      break;
  }
  return unknown_fact(reading.unknown, reading.origin);
}

/// Why a section cannot say anything about a row that it does not list.
template <class Row>
value::Unknown not_listed(const value::Section<Row>& section) {
  if (section.unreadable) return *section.unreadable;
  return {value::UnknownReason::NotCollected, {}, section.collected ? "not in the part that was read" : ""};
}

/// A row that a section does not list: absent only where the section is closed.
template <class Row>
value::Fact missing_row(const value::Section<Row>& section, value::AbsentLevel level) {
  if (section.object_missing) return value::Fact::absent(value::AbsentLevel::Object, section.origin);
  if (section.complete) return value::Fact::absent(level, section.origin);
  return unknown_fact(not_listed(section), section.origin);
}

/// All rows as a list; what an incomplete section may hide makes it a partial one.
template <class Row, class Convert>
value::Fact list_of_rows(const value::Section<Row>& section, Convert convert) {
  if (section.object_missing) return value::Fact::absent(value::AbsentLevel::Object, section.origin);
  if (!section.complete && section.rows.empty()) return unknown_fact(not_listed(section), section.origin);
  value::ListValue list;
  list.complete = section.complete;
  list.items.reserve(section.rows.size());
  for (const Row& row : section.rows) list.items.push_back(convert(row));
  value::Fact fact = value::Fact::present(value::Value(std::move(list)), section.origin);
  if (!section.complete) fact.unknowns.push_back(not_listed(section));
  return fact;
}

inline value::Value boolean(bool b) {
  return value::Value(b);
}

inline value::Value unsigned_integer(std::uint64_t n) {
  return value::Value(value::Number::exactly(value::Integer::of_unsigned(n)));
}

inline value::Value symbol(std::string_view name) {
  return value::Value(value::Symbol{std::string(name)});
}

inline value::Value duration(value::Integer seconds) {
  return value::Value(value::Duration{value::Number::exactly(seconds)});
}

/// One row of a list-valued fact.
class RecordBuilder {
 public:
  explicit RecordBuilder(value::OriginId origin) { data_.origin = origin; }

  RecordBuilder& field(std::string_view name, value::Value v) {
    return field(name, value::Fact::present(std::move(v), data_.origin));
  }
  RecordBuilder& field(std::string_view name, value::Fact fact) {
    data_.fields.push_back({std::string(name), std::move(fact)});
    return *this;
  }
  /// Present unless the text is empty, which then means that the host has none.
  RecordBuilder& text_or_absent(std::string_view name, const std::string& text) {
    return text.empty() ? field(name, value::Fact::absent(value::AbsentLevel::Value, data_.origin))
                        : field(name, value::text(text));
  }
  value::Value build() {
    return value::Value(value::Record(std::make_shared<const value::RecordData>(std::move(data_))));
  }

 private:
  value::RecordData data_;
};

}  // namespace polc::derive
