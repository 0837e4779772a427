// A hive as lines: what two readers must agree on.
#pragma once

#include <string>
#include <vector>

#include "runtime/formats/regf.hpp"

namespace polc::formats {

struct HiveDump {
  std::vector<std::string> lines;   ///< sorted: "a\b" for a key, "a\b: name = type data" for a value
  std::vector<std::string> errors;  ///< "0x1020: what"
  std::size_t keys = 0;
  std::size_t values = 0;
};

/// Every key and value that can be reached; data in hexadecimal.
HiveDump dump(const Hive& hive);

std::string key_line(const std::string& path);
std::string value_line(const std::string& path, const std::string& name, std::uint32_t type,
                       std::string_view data);

}  // namespace polc::formats
