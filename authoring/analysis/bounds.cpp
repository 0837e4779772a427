#include "authoring/analysis/bounds.hpp"

#include <algorithm>

namespace polc::analysis {

bool Bounds::contain(value::Integer number) const {
  if (number.is_infinite()) return endless;
  return (!min || *min <= number) && (!max || number <= *max);
}

/// A setting is endless whose default is: Windows shows "never" as one of the numbers.
std::optional<Bounds> bounds_of(const ir::Program& program, const ir::Setting& setting,
                                const std::optional<value::Integer>& min,
                                const std::optional<value::Integer>& max) {
  if (!min && !max) return std::nullopt;
  const auto& rows = program.defaults[setting.defaults];
  const bool endless = std::any_of(rows.begin(), rows.end(), [&](const ir::DefaultRow& row) {
    const auto* number = program.constants[row.value].get<value::Number>();
    return number != nullptr && number->low.is_infinite();
  });
  return Bounds{min, max, endless};
}

}  // namespace polc::analysis
