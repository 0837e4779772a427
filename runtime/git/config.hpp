// A repository's own `config` file. Nothing that it includes or names is opened.
// Source: git's Documentation/config.txt, "Syntax".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/git/result.hpp"

namespace polc::git {

/// `[section "subsection"] key = value`; section and key in lower case. A key without a value has "true".
struct ConfigEntry {
  std::string section, subsection, key, value;
};

class Config {
 public:
  static Result<Config> parse(std::string_view text);

  /// All in the order of the file.
  const std::vector<ConfigEntry>& entries() const { return entries_; }

  /// The last value of a key without a subsection.
  std::optional<std::string> value(std::string_view section, std::string_view key) const;

 private:
  std::vector<ConfigEntry> entries_;
};

}  // namespace polc::git
