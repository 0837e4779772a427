// One golden case: a policy, its overrides, and the block of comments that says what is expected.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/compile.hpp"

namespace polc::golden {

/// The texts below the golden folder, by path relative to it, as compilation sees them: without their blocks.
using Texts = std::map<std::string, std::string>;

struct Case {
  std::string name;      ///< "types/fail_mixed.pol"
  std::string policy;    ///< text in front of the block
  std::string expected;  ///< lines of the block, without the `// `
};

/// Splits the text of a case at its `// EXPECT` line.
Case split_case(std::string name, std::string_view text);

/// What the compiler says about a case, in the form of a block.
std::string actual_block(const Case& golden, const Texts& texts);

/// The whole file with `block` as its block.
std::string with_block(const Case& golden, std::string_view block);

/// One line for each condition, parameter and waiver of a program.
std::string program_text(const ir::Program& program);

}  // namespace polc::golden
