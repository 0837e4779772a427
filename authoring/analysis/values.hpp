// Representatives of values by type; what regions.cpp puts together.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "authoring/analysis/regions.hpp"

namespace polc::analysis {

/// Values of one type, one a region.
struct Representatives {
  std::vector<value::Value> values;
  std::string incomplete;

  void add(value::Value value);  ///< once

 private:
  struct Precedes {
    bool operator()(const value::Value& a, const value::Value& b) const { return value::precedes(a, b); }
  };
  std::set<value::Value, Precedes> seen_;
};

struct NumberRegions {
  std::vector<value::Integer> points;
  std::string incomplete;
};

/// Whole numbers within bounds: constants, their neighbours, the ends, and every bit pattern between them.
NumberRegions number_regions(const std::vector<value::Integer>& constants,
                             const std::vector<std::uint64_t>& masks, value::Integer max);

/// The constants, texts that none of them is, and with patterns one for every way to match them.
Representatives text_regions(const std::vector<std::string>& constants,
                             const std::vector<std::string>& patterns);

/// Principals that no constant is.
std::vector<value::Value> other_principals(const Hints& hints, std::size_t count);

/// Sets of elements of a type, and of addresses. `all` of an enumeration are its members.
Representatives set_regions(value::Type type, const Hints& hints);
Representatives address_regions(const Hints& hints, bool with_loopback);
Representatives map_regions(value::Type type, const Hints& hints);
Representatives list_regions(value::Type type, const Hints& hints);
Representatives rights_regions(const Hints& hints);

/// Of any type; lists, maps and sets through the functions above.
Representatives value_regions(value::Type type, const Hints& hints);

/// Registry data: by registry type.
Representatives registry_regions(const Hints& hints);

/// Ways to choose some of each part: calls `choose` with one option index a part, until there are more than `cap`.
/// False where there were.
bool for_each_choice(const std::vector<std::size_t>& options, std::size_t cap,
                     const std::function<void(const std::vector<std::size_t>&)>& choose);

}  // namespace polc::analysis
