#include "tests/cases/case_file.hpp"

#include <yaml-cpp/yaml.h>

#include <array>
#include <sstream>
#include <stdexcept>

namespace polc::cases {
namespace {

constexpr std::array kVerdicts{"pass", "fail", "unknown", "notApplicable", "review", "waived", "error"};

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string::npos ? std::string()
                                    : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

bool begins_with_clause(const std::string& body) {
  for (const char* clause : {"when ", "require ", "manual "}) {
    if (body.rfind(clause, 0) == 0) return true;
  }
  return false;
}

Row row_of(const std::string& line) {
  std::istringstream words(line);
  Row row;
  words >> row.expected;
  bool known = false;
  for (const char* verdict : kVerdicts) known = known || row.expected == verdict;
  if (!known) throw std::runtime_error("not a verdict: " + line);
  if (row.expected == "error") {
    std::string code;
    words >> code;
    row.expected += " " + code;
  }
  std::getline(words, row.body);
  row.body = trimmed(row.body);
  if (!begins_with_clause(row.body)) row.body = "require " + row.body;
  return row;
}

std::vector<Row> rows_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    const std::string content = trimmed(line.substr(0, line.find(" # ")));
    if (content.empty() || content[0] == '#') continue;
    if (line[0] == ' ' && !lines.empty()) {
      lines.back() += "\n" + content;
    } else {
      lines.push_back(content);
    }
  }
  std::vector<Row> rows;
  for (const std::string& line : lines) rows.push_back(row_of(line));
  return rows;
}

}  // namespace

std::vector<Block> read_case_file(const std::string& path) {
  std::vector<Block> blocks;
  for (const YAML::Node& node : YAML::LoadFile(path)) {
    Block block;
    block.title = node["title"].as<std::string>();
    block.host = "polc_snapshot: 1\n" + node["host"].as<std::string>("");
    block.policy = node["policy"].as<std::string>("");
    block.rows = rows_of(node["cases"].as<std::string>());
    blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace polc::cases
