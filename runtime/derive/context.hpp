// What a derivation may look at: one host's evidence, the program that asks, the clock, the names.
#pragma once

#include <cstdint>

#include "runtime/derive/names.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::derive {

struct Context {
  const value::Evidence& evidence;
  const ir::Program& program;
  const Names& names;
  std::int64_t as_of = 0;  ///< seconds since 1970, UTC
};

}  // namespace polc::derive
