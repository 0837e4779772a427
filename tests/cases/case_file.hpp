// Case files: blocks of a host and rows of expected verdicts (tests/cases/README.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace polc::cases {

struct Row {
  std::string expected;  ///< "pass", "unknown", "error 2301"
  std::string body;      ///< clauses of a control
};

struct Block {
  std::string title;
  std::string host;    ///< a whole snapshot
  std::string policy;  ///< declarations
  std::vector<Row> rows;
};

/// Throws std::runtime_error with the reason when the file has another form.
std::vector<Block> read_case_file(const std::string& path);

}  // namespace polc::cases
