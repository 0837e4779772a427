#include "cli/arguments.hpp"

namespace polc::cli {
std::optional<ir::Severity> parse_severity(std::string_view text) {
  using ir::Severity;
  for (const Severity s :
       {Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
    if (ir::severity_name(s) == text) return s;
  }
  return std::nullopt;
}

std::optional<std::pair<std::string, std::string>> split_assignment(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  return std::pair(std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)));
}

}  // namespace polc::cli
