// What would make a comparison true: the set of passing values in words, and the nearest one.
#pragma once

#include <optional>
#include <string>

#include "runtime/evaluate/elements.hpp"
#include "runtime/ir/program.hpp"

namespace polc::evaluate {

/// How sentences name what is compared.
struct Subject {
  std::string whole = "it";         ///< "the value", "`acl(lt_share).allow`"
  std::string element = "element";  ///< one element of a set: "allowed source"
};

/// A comparison that does not hold, seen from the side that can be changed.
struct Shortfall {
  ir::Comparison comparison = ir::Comparison::Equal;
  const value::Value* actual = nullptr;  ///< nullptr: absent, of another type, or not to be shown
  const value::Value* wanted = nullptr;
  value::Type type;  ///< of `actual`
};

/// "passes when every allowed source is inside {127.0.0.0/8, ::1}", with what is missing, what is superfluous or
/// the nearest value where `actual` is known.
std::string remedy(const Subject& subject, const Shortfall& shortfall);

/// The same for membership in the range from `wanted` to `last`.
std::string remedy(const Subject& subject, const Shortfall& shortfall, const value::Value& last);

/// The comparison as it reads with its sides exchanged: `1 < x` is `x > 1`. nullopt where there is none.
std::optional<ir::Comparison> flipped(ir::Comparison comparison);

/// "REG_DWORD": how Windows names the type.
std::string_view registry_type_text(value::RegistryType type);

}  // namespace polc::evaluate
