// Numbers that a Group Policy setting, or an input of one, can be configured to.
#pragma once

#include <optional>

#include "runtime/ir/program.hpp"

namespace polc::analysis {

struct Bounds {
  std::optional<value::Integer> min, max;
  bool endless = false;  ///< "never", too

  bool contain(value::Integer number) const;
};

/// Of a range `min..max` of the setting or of one of its elements; nullopt without any end.
std::optional<Bounds> bounds_of(const ir::Program& program, const ir::Setting& setting,
                                const std::optional<value::Integer>& min,
                                const std::optional<value::Integer>& max);

}  // namespace polc::analysis
