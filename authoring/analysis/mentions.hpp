// What the clauses of a control name, directly or in the helpers that they are expanded from.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/ir/program.hpp"

namespace polc::analysis {

struct Mentions {
  std::vector<std::uint32_t> parameters;  ///< indices into Program::parameters, ascending
  std::vector<std::uint32_t> expansions;  ///< indices into Program::expansions, ascending
  std::vector<std::uint32_t> settings;    ///< indices into Program::settings, ascending
  std::vector<value::Value> principals;   ///< each with the SID that the analysis assumes it to have
};

/// By the words of the policy: a parameter that is only part of another name is not meant.
Mentions mentions_of(const ir::Program& program, const ir::Control& control);

/// The same of some conditions, and of what is written there.
Mentions mentions_of(const ir::Program& program, const std::vector<std::string_view>& texts,
                     const std::vector<ir::NodeId>& roots);

}  // namespace polc::analysis
