// Regions: the values of a location that no condition at hand can tell apart, each with one representative. A condition
// compares a location with finitely many constants, so finitely many regions cover everything the location can hold:
//
//   numbers           the constants, and the intervals between them; with has_bits, each interval by bit pattern
//   texts             the constants, and all others; with patterns, by which of them match
//   sets, addresses   the constants cut the universe into cells, of which a set has none, some or all
//   rights            likewise, bit by bit
//   maps              entry by entry
//   rows of a list    row by row, and lists with as many rows as quantifiers can ask for
//   registry data     the regions of each type that is compared with, and one of every other type
//
// Where a condition does more than the regions can follow (arithmetic, two facts beside one another), they say so and
// nothing is proved from them; representatives are still good for finding a witness.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runtime/value/fact.hpp"
#include "runtime/value/fact_table.hpp"
#include "runtime/value/type.hpp"

namespace polc::analysis {

/// What conditions compare a location with.
struct Hints {
  std::vector<value::Value> values;    ///< constants, with their principals assumed
  std::vector<std::string> patterns;   ///< of `like`
  std::vector<value::Value> elements;  ///< constants that its elements are compared with, one by one
  std::vector<std::string> element_patterns;
  std::vector<std::uint64_t> masks;     ///< of has_bits
  std::map<std::string, Hints> fields;  ///< of the rows of a list
  std::map<std::string, value::Type> field_types;
  std::uint32_t quantifiers = 0;  ///< that run over it
  bool counted = false;           ///< its size is asked for
  std::string inexact;            ///< why regions cannot follow what is asked; "" = they can
  bool as_number = false;         ///< the number that a text spells is asked for
};

/// Representatives, the most telling first.
struct Regions {
  std::vector<value::Fact> facts;
  std::string incomplete;  ///< why the regions do not cover everything; "" = they do
};

/// `type` is that of the fact at the location; `may_be_absent` adds the region of absence.
Regions regions_of(const value::Address& location, value::Type type, bool may_be_absent, const Hints& hints);

}  // namespace polc::analysis
