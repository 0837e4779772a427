// One row of a case file, from policy text to verdict.
#pragma once

#include <string>

#include "tests/cases/case_file.hpp"

namespace polc::cases {

/// Empty when the row gives what it expects, else what it gives and why; ends with a line feed.
std::string problem_of(const Block& block, const Row& row);

}  // namespace polc::cases
