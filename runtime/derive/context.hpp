// What a derivation may look at: one host's evidence, the program that asks, the clock, the names.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "runtime/derive/names.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::derive {

/// The program's settings by their whole path, as gpo addresses spell it.
using SettingIndex = std::unordered_map<std::string_view, const ir::Setting*>;

struct Context {
  const value::Evidence& evidence;
  const ir::Program& program;
  const Names& names;
  const SettingIndex& settings;
  std::int64_t as_of = 0;  ///< seconds since 1970, UTC
};

inline constexpr std::int64_t kSecondsOfDay = 86'400;

/// The UTC day of the clock, in days since 1970.
inline std::int64_t today(const Context& context) {
  const std::int64_t as_of = context.as_of;
  return as_of >= 0 ? as_of / kSecondsOfDay : -((-as_of + kSecondsOfDay - 1) / kSecondsOfDay);
}

}  // namespace polc::derive
